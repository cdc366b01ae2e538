import type { OrganisationRole, TeamRole } from '../identity/roles.js';

export interface PermissionRule {
  /** What it lets a person do, for the documentation and for the refusal. */
  description: string;
  /** Roles in the team that the subject belongs to. */
  team?: readonly TeamRole[];
  /** Roles for the whole organisation. */
  organisation?: readonly OrganisationRole[];
  /** Everybody who is signed in; `anyone` also those who are not. */
  everyone?: 'signed-in' | 'anyone';
}

const admin = ['administrator'] as const;
const members = ['member', 'reviewer'] as const;

/** The one table that says which role may do what. The guard and `can` read nothing else. */
export const permissions = {
  'breakGlass.grant': {
    description: 'Give somebody, by name, the right to pass incomplete gates once, and take it back',
    organisation: admin,
  },
  'breakGlass.review': {
    description: 'Review a break-glass promotion afterwards, as a different person',
    team: ['reviewer'],
    organisation: ['administrator', 'risk_reviewer', 'security_reviewer'],
  },
  'breakGlass.use': {
    description: 'Use a break-glass grant that carries one’s own name',
    team: ['member', 'reviewer', 'responder'],
    organisation: ['responder'],
  },
  'checkAnswer.give': {
    description: 'Answer a check',
    team: ['member', 'reviewer', 'responder'],
    organisation: ['risk_reviewer', 'security_reviewer'],
  },
  'evalRun.import': { description: 'Import eval results', team: members },
  'evalSuite.edit': { description: 'Define eval suites and their gates', team: members },
  'incident.work': {
    description: 'Open an incident, link to it, hand it over, move it on and resolve it',
    team: ['member', 'reviewer', 'responder'],
    organisation: ['administrator', 'responder'],
  },
  'modelConfig.edit': { description: 'Register model configurations and versions', team: members },
  'organisation.manage': { description: 'Create people and grant organisation roles', organisation: admin },
  'organisationAnswer.give': {
    description: 'Answer a check for the whole organisation',
    organisation: ['administrator', 'risk_reviewer', 'security_reviewer'],
  },
  'promotion.execute': {
    description: 'Move a release into a stage once its gates are complete',
    team: members,
  },
  'promotion.request': { description: 'Ask for a promotion, retarget or withdraw it', team: members },
  'promotion.review': {
    description: 'Review a promotion',
    team: ['reviewer'],
    organisation: ['risk_reviewer', 'security_reviewer'],
  },
  'prompt.edit': { description: 'Register prompts and prompt versions', team: members },
  'registry.read': { description: 'Read the registry', everyone: 'signed-in' },
  'release.create': { description: 'Make a release', team: members },
  'session.self': { description: 'Read who one is', everyone: 'anyone' },
  'stage.approve': {
    description: 'Approve a stage with fewer checks, as a second person',
    team: ['reviewer'],
  },
  'stage.revise': { description: 'Revise a stage of the rollout', team: members },
  'team.create': { description: 'Create a team', organisation: admin },
  'team.manage': { description: 'Change a team and its members', organisation: admin },
  'waiver.approve': {
    description: 'Approve a waiver, as a second person',
    team: ['reviewer'],
    organisation: ['risk_reviewer', 'security_reviewer'],
  },
  'waiver.end': {
    description: 'End a waiver before its date',
    team: members,
    organisation: ['risk_reviewer', 'security_reviewer'],
  },
  'waiver.request': { description: 'Ask that an incomplete check be accepted for a time', team: members },
  'workflow.adopt': { description: 'Record a workflow that is live already', team: ['reviewer'] },
  'workflow.edit': { description: 'Write the contract and the operating record', team: members },
  'workflow.raiseTier': {
    description: 'Raise the risk tier of a workflow',
    team: members,
    organisation: ['risk_reviewer', 'security_reviewer'],
  },
  'workflow.register': { description: 'Register a workflow', team: members },
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof permissions;
