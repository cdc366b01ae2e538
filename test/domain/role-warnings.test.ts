import { describe, expect, test } from '@jest/globals';
import { checklistFile } from '../../apps/api/src/modules/checklist/checklist-file.js';
import {
  organisationRoleWarnings,
  workflowRoleWarnings,
  type Holders,
  type Needs,
  type RoleWarning,
} from '../../apps/api/src/modules/team/role-warnings.domain.js';

const staffed: Holders = {
  team: { member: ['a'], reviewer: ['b', 'c'], responder: ['a'] },
  organisation: { administrator: ['x', 'y'], risk_reviewer: ['r', 's'], security_reviewer: ['t', 'u'] },
};
const needs = (over: Partial<Needs> = {}): Needs => ({ tier: 'high', hasTools: true, seenBy: null, ...over });
const brief = (warnings: readonly RoleWarning[]) => warnings.map(({ level, role }) => `${level} ${role}`);
const ofTeam = (team: Holders['team']) => ({ ...staffed, team });
const ofOrganisation = (organisation: Holders['organisation']) => ({
  ...staffed,
  organisation: { ...staffed.organisation, ...organisation },
});

describe('a workflow is warned of', () => {
  test('nothing where every role has two people', () => {
    expect(workflowRoleWarnings(staffed, needs())).toEqual([]);
    expect(organisationRoleWarnings(staffed)).toEqual([]);
  });

  test('a team without a reviewer, or with one who cannot approve their own work', () => {
    expect(brief(workflowRoleWarnings(ofTeam({ responder: ['a'] }), needs()))).toEqual(['missing reviewer']);
    const one = ofTeam({ reviewer: ['b'], responder: ['a'] });
    expect(brief(workflowRoleWarnings(one, needs()))).toEqual(['single reviewer']);
  });

  test('a night without a responder, unless the organisation has one', () => {
    const team = ofTeam({ reviewer: ['b', 'c'] });
    expect(brief(workflowRoleWarnings(team, needs()))).toEqual(['missing responder']);
    const covered = { ...team, organisation: { ...staffed.organisation, responder: ['z'] } };
    expect(workflowRoleWarnings(covered, needs())).toEqual([]);
  });

  test('a risk or security reviewer that its tier or its tools ask for, and who has no deputy', () => {
    const nobody = ofOrganisation({ risk_reviewer: [], security_reviewer: [] });
    const both = ['missing risk_reviewer', 'missing security_reviewer'];
    expect(brief(workflowRoleWarnings(nobody, needs({ tier: 'low', hasTools: false })))).toEqual(both);
    expect(brief(workflowRoleWarnings(nobody, needs({ tier: null, hasTools: false })))).toEqual([]);
    const alone = ofOrganisation({ risk_reviewer: ['r'], security_reviewer: ['t'] });
    expect(brief(workflowRoleWarnings(alone, needs({ tier: 'low', hasTools: false })))).toEqual([]);
    expect(brief(workflowRoleWarnings(alone, needs({ tier: 'low' })))).toEqual(['single security_reviewer']);
    expect(brief(workflowRoleWarnings(alone, needs({ tier: 'medium', hasTools: false })))).toEqual([
      ...['single risk_reviewer', 'single security_reviewer'],
    ]);
  });

  test('reviewers who do not see it, where it is restricted', () => {
    expect(brief(workflowRoleWarnings(staffed, needs({ seenBy: ['r', 's', 't'] })))).toEqual([
      'single security_reviewer',
    ]);
    expect(brief(workflowRoleWarnings(staffed, needs({ seenBy: ['b', 'c'] })))).toEqual([
      ...['missing risk_reviewer', 'missing security_reviewer'],
    ]);
  });
});

test('the checklist asks risk and security reviewers at every tier, as the warnings suppose', () => {
  for (const role of ['risk_reviewer', 'security_reviewer']) {
    for (const tier of ['low', 'medium', 'high'] as const) {
      const asked = checklistFile().checks.filter(
        (check) => check.answeredBy === role && check.requiredFrom[tier],
      );
      expect(asked.length).toBeGreaterThan(0);
    }
  }
});

test('an organisation is warned of a single administrator and of roles that nobody holds', () => {
  expect(brief(organisationRoleWarnings({ organisation: { administrator: ['x'] } }))).toEqual([
    ...['single administrator', 'missing risk_reviewer', 'missing security_reviewer'],
  ]);
});
