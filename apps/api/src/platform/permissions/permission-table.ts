import type { PermissionRule } from './permission-rule.js';

const admin = ['administrator'] as const;
const members = ['member', 'reviewer'] as const;
const ci = ['ci'] as const;

/** The one table that says which role may do what. The guard and `can` read nothing else. */
export const permissions = {
  'account.self': {
    description: 'See and change one’s own account',
    everyone: 'signed-in',
    personsOnly: true,
  },
  'breakGlass.grant': {
    description: 'Give somebody, by name, the right to pass incomplete gates once, and take it back',
    organisation: admin,
    personsOnly: true,
  },
  'breakGlass.review': {
    description: 'Review a break-glass promotion afterwards, as a different person',
    team: ['reviewer'],
    organisation: ['administrator', 'risk_reviewer', 'security_reviewer'],
    personsOnly: true,
  },
  'breakGlass.use': {
    description: 'Use a break-glass grant that carries one’s own name',
    team: ['member', 'reviewer', 'responder'],
    organisation: ['responder'],
    personsOnly: true,
  },
  'checkAnswer.give': {
    description: 'Answer a check',
    team: ['member', 'reviewer', 'responder'],
    organisation: ['risk_reviewer', 'security_reviewer'],
    personsOnly: true,
  },
  'console.load': { description: 'Load the console’s pages', everyone: 'anyone' },
  'drill.run': {
    description: 'Rehearse a rollback on a test segment, and end the rehearsal',
    team: ['reviewer', 'responder'],
    organisation: ['responder'],
  },
  'environment.pin': {
    description: 'Choose what an environment other than production serves',
    team: members,
    scopes: ci,
  },
  'evalRun.import': { description: 'Import eval results', team: members, scopes: ci },
  'evalSuite.edit': { description: 'Define eval suites and their gates', team: members },
  'graphql.ask': {
    description: 'Send GraphQL operations, each of which needs its own permission',
    everyone: 'anyone',
  },
  'health.read': { description: 'Ask whether the service is up', everyone: 'anyone' },
  'hold.lift': {
    description: 'Lift the hold that a rollback left, as another person',
    team: ['reviewer'],
    organisation: ['responder'],
    personsOnly: true,
  },
  'incident.work': {
    description: 'Open an incident, link to it, hand it over, move it on and resolve it',
    team: ['member', 'reviewer', 'responder'],
    organisation: ['administrator', 'responder'],
  },
  'instance.report': {
    description: 'Report what a running application serves',
    scopes: ['runtime', 'runtime-public'],
    inMemory: true,
  },
  'key.manage': {
    description: 'Make, rotate and revoke API keys',
    team: ['reviewer'],
    organisation: admin,
    personsOnly: true,
  },
  'key.read': {
    description: 'See which API keys there are; never their secrets',
    team: ['member', 'reviewer', 'responder'],
    organisation: ['administrator', 'auditor'],
    personsOnly: true,
  },
  'ledger.checkpoint': {
    description: 'Take a checkpoint of the ledger now',
    organisation: admin,
    personsOnly: true,
  },
  'ledger.erase': {
    description: 'Erase a person’s name, or the free text beside an entry of the ledger',
    organisation: admin,
    personsOnly: true,
  },
  'ledger.export': {
    description: 'Export the ledger and read its checkpoints',
    organisation: ['administrator', 'auditor'],
  },
  'modelConfig.edit': {
    description: 'Register model configurations and versions',
    team: members,
    scopes: ci,
  },
  'organisation.manage': {
    description: 'Create people and grant organisation roles',
    organisation: admin,
    personsOnly: true,
  },
  'organisationAnswer.give': {
    description: 'Answer a check for the whole organisation',
    organisation: ['administrator', 'risk_reviewer', 'security_reviewer'],
    personsOnly: true,
  },
  'overlay.end': {
    description: 'End what a rollback laid over a stage, through the gates of what is then served',
    team: ['reviewer'],
    organisation: ['responder'],
    personsOnly: true,
  },
  'person.read': { description: 'Look people up', everyone: 'signed-in', personsOnly: true },
  'promotion.execute': {
    description: 'Move a release into a stage once its gates are complete',
    team: members,
    scopes: ci,
    production: true,
  },
  'promotion.request': {
    description: 'Ask for a promotion, retarget or withdraw it',
    team: members,
    scopes: ci,
    production: true,
  },
  'promotion.review': {
    description: 'Review a promotion',
    team: ['reviewer'],
    organisation: ['risk_reviewer', 'security_reviewer'],
    personsOnly: true,
  },
  'prompt.edit': { description: 'Register prompts and prompt versions', team: members, scopes: ci },
  'quarantine.clear': {
    description: 'Clear a release that a rollback left',
    team: ['reviewer'],
    organisation: ['responder'],
    personsOnly: true,
  },
  'registry.read': { description: 'Read the registry', everyone: 'signed-in', scopes: ['ci', 'read'] },
  'release.create': { description: 'Make a release', team: members, scopes: ci },
  'rollback.read': {
    description: 'See what is served, and what a rollback would do or did',
    everyone: 'signed-in',
    scopes: ['ci', 'narrow', 'read'],
  },
  'rollback.review': {
    description: 'Review a rollback afterwards, as a different person',
    team: ['reviewer'],
    organisation: ['administrator', 'risk_reviewer', 'security_reviewer'],
    personsOnly: true,
  },
  'rollback.trigger': {
    description: 'Roll back: narrow what is served, now',
    team: ['responder'],
    organisation: ['administrator', 'responder'],
    scopes: ['narrow'],
    production: true,
  },
  'serve.ask': { description: 'Ask, as browsers do, what another site may send', everyone: 'anyone' },
  'serve.decisions': {
    description: 'Ask what to serve',
    scopes: ['runtime', 'runtime-public'],
    inMemory: true,
  },
  'serve.listen': { description: 'Listen on a channel by its secret address', everyone: 'anyone' },
  'serve.snapshots': { description: 'Fetch and follow whole snapshots', scopes: ['runtime'], inMemory: true },
  'session.self': { description: 'Read who one is, and stop being it', everyone: 'anyone' },
  'session.start': { description: 'Sign in, set up, or set a new password by link', everyone: 'anyone' },
  'stage.approve': {
    description: 'Approve a stage with fewer checks, as a second person',
    team: ['reviewer'],
    personsOnly: true,
  },
  'stage.revise': { description: 'Revise a stage of the rollout', team: members },
  'team.create': { description: 'Create a team', organisation: admin, personsOnly: true },
  'team.manage': { description: 'Change a team and its members', organisation: admin, personsOnly: true },
  'waiver.approve': {
    description: 'Approve a waiver, as a second person',
    team: ['reviewer'],
    organisation: ['risk_reviewer', 'security_reviewer'],
    personsOnly: true,
  },
  'waiver.end': {
    description: 'End a waiver before its date',
    team: members,
    organisation: ['risk_reviewer', 'security_reviewer'],
    personsOnly: true,
  },
  'waiver.request': {
    description: 'Ask that an incomplete check be accepted for a time',
    team: members,
    personsOnly: true,
  },
  'workflow.adopt': {
    description: 'Record a workflow that is live already',
    team: ['reviewer'],
    personsOnly: true,
  },
  'workflow.edit': { description: 'Write the contract and the operating record', team: members },
  'workflow.raiseTier': {
    description: 'Raise the risk tier of a workflow',
    team: members,
    organisation: ['risk_reviewer', 'security_reviewer'],
  },
  'workflow.register': { description: 'Register a workflow', team: members },
  'workflow.retire': {
    description: 'Retire a workflow for good',
    team: ['reviewer'],
    organisation: admin,
    personsOnly: true,
  },
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof permissions;
