import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Emergency, type GrantState } from '../support/break-glass.builder.js';
import { incidentAct, openIncident } from '../support/incident.builder.js';
import { codes, occupantNumbers, type PromotionState } from '../support/promotion.builder.js';
import { registerWorkflow } from '../support/workflow.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

const hour = 3_600_000;
let world: World;
let team: StaffedTeam;
let administrator: Person;
let onCall: Person;
let emergency: Emergency;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  administrator = await world.person({ name: 'Administrator', organisationRoles: ['administrator'] });
  onCall = await world.person({ name: 'On call', organisationRoles: ['responder'] });
}, 120_000);

beforeEach(async () => {
  emergency = await Emergency.create(world, team, administrator);
}, 60_000);

afterAll(() => world.close());

describe('a break-glass grant', () => {
  test('carries a name, an incident and four hours; a day at most', async () => {
    const grant = await emergency.grant();
    expect(new Date(grant.expiresAt).getTime() - new Date(grant.createdAt).getTime()).toBe(4 * hour);
    expect(grant.state).toBe('usable');
    const long = await emergency.tryGrant({ hours: 24 });
    expect(long.userErrors).toEqual([]);
    const longer = await emergency.tryGrant({ hours: 25 });
    expect(longer.userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field: ['input', 'hours'] });
  });

  test('is given by administrators alone, never to themselves, and to whoever may work on it', async () => {
    const tried = async (over: Record<string, unknown>, as = administrator) =>
      codes(await emergency.tryGrant(over, as));
    expect(await tried({ personId: onCall.userId })).toEqual([]);
    expect(await tried({ personId: administrator.userId })).toEqual(['SECOND_PERSON_REQUIRED']);
    const auditor = await world.person({ organisationRoles: ['auditor'] });
    expect(await tried({ personId: auditor.userId })).toEqual(['INVALID_INPUT']);
    const query = 'query ($id: ID!) { incident(id: $id) { breakGlassCandidates { id } } }';
    const { incident } = await world.gql<{ incident: { breakGlassCandidates: { id: string }[] } }>(
      query,
      { id: emergency.incident.id },
      { as: administrator },
    );
    const offered = incident.breakGlassCandidates.map(({ id }) => id);
    expect(offered).toEqual(expect.arrayContaining([onCall.userId, team.member.userId]));
    for (const { userId } of [auditor, administrator]) expect(offered).not.toContain(userId);
    const { errors } = (
      await world.raw(
        'mutation ($input: BreakGlassGrantInput!) { breakGlassGrant(input: $input) { userErrors { code } } }',
        { input: { incidentId: emergency.incident.id, personId: onCall.userId, reason: 'Mine' } },
        { as: team.reviewer },
      )
    ).body;
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  test('is not given for an incident that is resolved, and ends with it', async () => {
    const { id: incidentId } = emergency.incident;
    const grant = await emergency.grant();
    await incidentAct(world, 'incidentResolve', { incidentId, note: 'Over' }, team.member);
    expect(codes(await emergency.tryGrant())).toEqual(['INCIDENT_RESOLVED']);
    const refused = await emergency.use(await emergency.approved(), grant);
    expect(codes(refused)).toEqual(['BREAK_GLASS_GRANT_INVALID']);
  });
});

describe('a promotion past its gates', () => {
  let promotion: PromotionState;
  let grant: GrantState;

  beforeEach(async () => {
    promotion = await emergency.approved();
    grant = await emergency.grant();
  }, 60_000);

  const refusedUse = async (over: Record<string, unknown> = {}, as?: Person) => {
    const { userErrors } = await emergency.use(promotion, grant, over, as);
    expect(await occupantNumbers(emergency.promotions)).toEqual([null, null, null, null]);
    return userErrors;
  };

  test('is made, with what was passed over in its record, its row and the ledger', async () => {
    expect((await emergency.promotions.execute(promotion)).readiness?.complete).toBe(false);
    const executed = await emergency.use(promotion, grant);
    expect(executed).toMatchObject({ userErrors: [], promotion: { state: 'executed' } });
    expect(executed.readiness).toMatchObject({ complete: false });
    expect(await occupantNumbers(emergency.promotions)).toEqual([1, null, null, null]);
    const occupancy = await world.db.occupancy.findFirstOrThrow({ where: { promotionId: promotion.id } });
    const use = await world.db.breakGlassUse.findUniqueOrThrow({ where: { grantId: grant.id } });
    const record = await world.db.readinessRecord.findUniqueOrThrow({ where: { id: use.readinessRecordId } });
    expect(occupancy).toMatchObject({ origin: 'breakGlass', readinessRecordId: record.id });
    expect(record).toMatchObject({ incompleteChecks: 2, stageKey: 'internal' });
    const entry = await world.db.ledgerEntry.findUniqueOrThrow({ where: { id: occupancy.ledgerEntryId } });
    expect(entry.act).toBe('promotion.brokeGlass');
    expect(JSON.parse(entry.canonical)).toMatchObject({
      readiness: record.digest,
      data: {
        checkIds: ['SF-1', 'SF-2'],
        grantId: grant.id,
        incidentId: emergency.incident.id,
        useId: use.id,
      },
    });
    expect(entry.canonical).not.toContain('loses messages');
  });

  test('names exactly what is incomplete; the refusal says what is missing and what is superfluous', async () => {
    const [missing] = await refusedUse({ checkIds: ['SF-1'] });
    expect(missing).toMatchObject({ code: 'BREAK_GLASS_NAMES', field: ['input', 'checkIds'] });
    expect(missing?.message).toBe('Incomplete and not named: SF-2');
    const [superfluous] = await refusedUse({ checkIds: ['SF-1', 'SF-2', 'WF-1'] });
    expect(superfluous?.message).toBe('Named and not incomplete: WF-1');
    const both = await refusedUse({ checkIds: ['SF-1', 'EV-2'] });
    expect(both[0]?.message).toBe('Incomplete and not named: SF-2; named and not incomplete: EV-2');
    expect(codes({ userErrors: await refusedUse({ checkIds: ['SF-1', 'SF-1'] }) })).toEqual([
      'INVALID_INPUT',
    ]);
    expect(codes({ userErrors: await refusedUse({ reason: ' ' }) })).toEqual(['INVALID_INPUT']);
  });

  test('stands on a grant in the own name that is not expired, not revoked and not used', async () => {
    const reviewer = await refusedUse({}, team.reviewer);
    expect(reviewer).toMatchObject([{ code: 'BREAK_GLASS_GRANT_INVALID', field: ['input', 'grantId'] }]);
    expect(codes({ userErrors: await refusedUse({}, onCall) })).toEqual(['BREAK_GLASS_GRANT_INVALID']);
    const elsewhere = await Emergency.create(world, team, administrator);
    const foreign = await elsewhere.grant();
    expect(codes({ userErrors: await refusedUse({ grantId: foreign.id }) })).toEqual(['NOT_FOUND']);
    await emergency.revoke(grant);
    const [revoked] = await refusedUse();
    expect(revoked?.message).toMatch(/was revoked/);
    grant = await emergency.grant({ hours: 1 });
    world.shiftClock(hour);
    const [expired] = await refusedUse();
    world.shiftClock(0);
    expect(expired?.message).toMatch(/has expired/);
    expect((await emergency.use(promotion, await emergency.grant())).userErrors).toEqual([]);
  });

  test('uses the grant up', async () => {
    expect((await emergency.use(promotion, grant)).userErrors).toEqual([]);
    const next = await emergency.promotions.withPrompt(
      emergency.promotions.workflow.release,
      'Mend {{ticket}}',
    );
    const again = await emergency.approved(next);
    const [used] = (await emergency.use(again, grant)).userErrors;
    expect(used).toMatchObject({ code: 'BREAK_GLASS_GRANT_INVALID' });
    expect(used?.message).toMatch(/was used already/);
    expect(codes(await emergency.revoke(grant))).toEqual(['CONFLICT']);
  });

  test('is refused where everything is complete: that is promoted as usual', async () => {
    const { workflowId } = emergency;
    for (const checkId of ['SF-1', 'SF-2']) {
      await world.mustAct(
        ...(['checkAnswer', 'checkAnswer { id }'] as const),
        { workflowId, checkId, answer: 'yes', evidence: [{ kind: 'url', value: 'https://example.com/e' }] },
        team.reviewer,
      );
    }
    expect(codes({ userErrors: await refusedUse() })).toEqual(['BREAK_GLASS_NAMES']);
    expect((await emergency.promotions.execute(promotion)).userErrors).toEqual([]);
  });

  test('of a retired workflow is refused, like one whose release moved on', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(codes({ userErrors: await refusedUse({ expectedDigest: digest }) })).toEqual(['APPROVAL_STALE']);
    await world.db
      .$executeRaw`UPDATE workflow SET retired_at = now() WHERE id = ${emergency.workflowId}::uuid`;
    expect(codes({ userErrors: await refusedUse() })).toEqual(['WORKFLOW_RETIRED']);
  });
});

describe('no grant passes', () => {
  test('the review by a second person, whether the stage asks the check for it or not', async () => {
    const promotion = await emergency.promotions.request({ release: emergency.promotions.workflow.release });
    const refused = await emergency.use(promotion, await emergency.grant());
    expect(refused.userErrors).toMatchObject([
      { code: 'BREAK_GLASS_NOT_ALLOWED', message: 'No grant passes RO-5' },
    ]);
    const named = await emergency.use(promotion, await emergency.grant(), {
      checkIds: ['SF-1', 'SF-2', 'RO-5'],
    });
    expect(codes(named)).toEqual(['BREAK_GLASS_NOT_ALLOWED']);
    await emergency.promotions.review(promotion, team.reviewer, 'request_changes', 'Not so');
    const asked = await emergency.use(promotion, await emergency.grant());
    expect(codes(asked)).toEqual(['BREAK_GLASS_NOT_ALLOWED']);
  });

  test('a check that cannot be waived', async () => {
    const strict = await Emergency.create(world, team, administrator, ['SF-1', 'OUT-2']);
    const refused = await strict.use(await strict.approved(), await strict.grant(), {
      checkIds: ['SF-1', 'OUT-2'],
    });
    expect(refused.userErrors).toMatchObject([
      { code: 'BREAK_GLASS_NOT_ALLOWED', message: 'No grant passes OUT-2', field: ['input', 'checkIds'] },
    ]);
  });

  test('the order of the rollout, and what is behind live', async () => {
    const { promotions } = emergency;
    const first = promotions.workflow.release;
    const skipping = await emergency.approved(first, 'limited');
    expect(codes(await emergency.use(skipping, await emergency.grant()))).toEqual(['OUT_OF_ORDER']);
    await promotions.withdraw(skipping);
    await emergency.brought(first);
    const [left, right] = [
      await promotions.withPrompt(first, 'Left {{ticket}}'),
      await promotions.withPrompt(first, 'Right {{ticket}}'),
    ];
    await emergency.brought(left);
    const behind = await emergency.approved(right);
    expect(codes(await emergency.use(behind, await emergency.grant()))).toEqual(['BEHIND_LIVE']);
  });

  test('the permission: an auditor with a promotion’s id gets nothing', async () => {
    const auditor = await world.person({ organisationRoles: ['auditor'] });
    const promotion = await emergency.approved();
    await expect(emergency.use(promotion, await emergency.grant(), {}, auditor)).rejects.toThrow(/FORBIDDEN/);
  });
});

describe('a break-glass promotion of a restricted workflow', () => {
  test('is not there for others', async () => {
    const { id } = await registerWorkflow(world, team, { restricted: true });
    const incident = await openIncident(world, id, team.member);
    const security = await world.person({ organisationRoles: ['security_reviewer'] });
    const seen = await world.gql<{ workflow: unknown; incident: unknown }>(
      'query ($id: ID!, $incident: ID!) { workflow(id: $id) { unreviewedBreakGlass { id } } incident(id: $incident) { breakGlassGrants { id } } }',
      { id, incident: incident.id },
      { as: security },
    );
    expect(seen).toEqual({ workflow: null, incident: null });
  });
});
