import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatedWorkflow } from '../support/gated.builder.js';
import { createRelease } from '../support/release.builder.js';
import { lowTierCore, publishContract } from '../support/workflow.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let flow: GatedWorkflow;
let security: Person;
beforeAll(async () => {
  world = await createWorld();
  flow = await GatedWorkflow.create(world);
  security = await world.person({ name: 'Security', organisationRoles: ['security_reviewer'] });
});
afterAll(() => world.close());

const code = async (given: ReturnType<GatedWorkflow['answer']>) =>
  (await given).userErrors.map((error) => error.code);

describe('an answer', () => {
  test('is bound to exactly what its check names', async () => {
    const { checkAnswer } = await flow.answer('SF-1');
    expect(Object.keys(checkAnswer?.bindings ?? {}).sort()).toEqual(['core', 'models', 'retrieval', 'tools']);
    expect(checkAnswer?.bindings['tools']).toBe('none');
    expect((await flow.check('SF-1', flow.first.id, 'limited')).status).toBe('pass');
  });

  test('needs evidence of a kind that the check takes', async () => {
    expect(await code(flow.answer('OB-5', { evidence: [] }))).toEqual(['EVIDENCE_REQUIRED']);
    expect(await code(flow.answer('OB-5', { evidence: [{ kind: 'comment', value: 'trust me' }] }))).toEqual([
      'EVIDENCE_REQUIRED',
    ]);
    expect(await code(flow.answer('OB-5', { evidence: [{ kind: 'url', value: 'not an address' }] }))).toEqual(
      ['INVALID_INPUT'],
    );
    expect(await code(flow.answer('OB-5', { evidence: [{ kind: 'file', value: 'report.pdf' }] }))).toEqual([
      'INVALID_INPUT',
    ]);
    expect(await code(flow.answer('OB-5', { answer: 'no', evidence: [] }))).toEqual([]);
    expect((await flow.check('OB-5', flow.first.id, 'limited')).status).toBe('fail');
  });

  test('is not taken for a check that a rule answers, nor for one that does not exist', async () => {
    expect(await code(flow.answer('EV-2'))).toEqual(['CHECK_IS_AUTOMATIC']);
    expect(await code(flow.answer('WF-1'))).toEqual(['CHECK_IS_AUTOMATIC']);
    expect(await code(flow.answer('XX-1'))).toEqual(['UNKNOWN_CHECK']);
    expect(await code(flow.answer('AR-1', { releaseId: '00000000-0000-7000-8000-000000000000' }))).toEqual([
      'NOT_FOUND',
    ]);
  });

  test('is given by the role that the check names', async () => {
    expect(await code(flow.answer('AR-3'))).toEqual(['FORBIDDEN']);
    expect(await code(flow.answer('AR-3', {}, security))).toEqual([]);
    const stranger = await GatedWorkflow.create(world);
    expect(await code(flow.answer('AR-1', {}, stranger.team.member))).toEqual(['FORBIDDEN']);
  });

  test('of "does not apply" is an approver\'s, with a reason', async () => {
    const no = { answer: 'not_applicable', evidence: [], comment: 'Nobody outside sees it' };
    expect(await code(flow.answer('OW-3', no))).toEqual(['FORBIDDEN']);
    expect(await code(flow.answer('OW-3', { ...no, comment: '' }, flow.team.reviewer))).toEqual([
      'INVALID_INPUT',
    ]);
    expect(await code(flow.answer('OW-3', no, flow.team.reviewer))).toEqual([]);
    expect((await flow.check('OW-3', flow.first.id, 'limited')).status).toBe('not_applicable');
  });

  test('is kept with its maker, the newest first, and only the newest speaks', async () => {
    await flow.answer('SF-2');
    await flow.answer('SF-2', { answer: 'no' }, flow.lead);
    const { checkAnswers } = await world.gql<{
      checkAnswers: { answer: string; current: boolean; answeredBy: { id: string } }[];
    }>(
      'query ($id: ID!) { checkAnswers(workflowId: $id, checkId: "SF-2") { answer current answeredBy { id } } }',
      { id: flow.id },
      { as: flow.lead },
    );
    expect(checkAnswers).toEqual([
      { answer: 'no', current: true, answeredBy: { id: flow.lead.userId } },
      { answer: 'yes', current: false, answeredBy: { id: flow.team.member.userId } },
    ]);
  });

  test('given twice under one key is one answer', async () => {
    const input = { idempotencyKey: 'the-same-key' };
    const [one, two] = [await flow.answer('SF-4', input), await flow.answer('SF-4', input)];
    expect(two.checkAnswer?.id).toBe(one.checkAnswer?.id);
  });
});

test('a reviewer says once that answers which a change touched still hold, and they hold', async () => {
  const other = await GatedWorkflow.create(world);
  for (const id of ['AR-1', 'OUT-2', 'OB-1']) expect(await code(other.answer(id))).toEqual([]);
  expect(await code(other.answer('AR-3', {}, security))).toEqual([]);
  const core = { ...lowTierCore, userJob: 'The same job, said more narrowly' };
  await publishContract(world, other.id, other.team.member, { core });
  const { prompt, model } = other.released;
  const parts = { promptVersionId: prompt.versionId, modelConfigVersionId: model.versionId };
  const next = await createRelease(world, other.id, other.team.member, {
    ...parts,
    parentReleaseId: other.first.id,
  });
  const statuses = async () =>
    Promise.all(
      ['AR-1', 'OUT-2', 'OB-1'].map(async (id) => (await other.check(id, next.id, 'limited')).reason),
    );
  expect((await statuses())[0]).toContain('core changed');
  const { id } = await other.request(next.id, 'internal');
  const input = { promotionId: id, digest: next.digest, verdict: 'approve', confirmsAnswers: true };
  await world.mustAct('promotionReview', 'promotion { id }', input, other.team.reviewer);
  const [architecture, , traffic] = await statuses();
  expect(architecture).toMatch(/^The pattern is .*; Answered yes on/);
  expect(traffic).toContain('the release changed');
});

describe("the organisation's answer", () => {
  const general = (checkId: string, as: Person) => flow.answer(checkId, { workflowId: null }, as);
  test('is inherited by every workflow, where the check takes one', async () => {
    expect(await code(general('OB-5', security))).toEqual(['INVALID_INPUT']);
    expect(await code(general('OB-4', flow.team.member))).toEqual(['FORBIDDEN']);
    expect(await code(general('OB-4', security))).toEqual([]);
    const other = await GatedWorkflow.create(world);
    for (const one of [flow, other]) {
      const { status, inherited } = await one.check('OB-4', one.first.id, 'limited');
      expect([status, inherited]).toEqual(['pass', true]);
    }
  });
});

describe('a waiver', () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  type Waived = { waiver: { id: string; state: string } | null };
  const ask = (over: object = {}, as = flow.team.member) =>
    world.act<Waived>(
      'waiverRequest',
      'waiver { id state }',
      { workflowId: flow.id, checkId: 'AR-1', reason: 'written next week', expiresAt: inDays(10), ...over },
      as,
    );
  const on = (mutation: string, waiverId: string, as: Person) =>
    world.act<Waived>(mutation, 'waiver { id state }', { waiverId }, as);
  const status = async () => (await flow.check('AR-1', flow.first.id, 'limited')).status;

  test('is asked for within what the check allows', async () => {
    expect((await ask({ checkId: 'EV-2' })).userErrors[0]?.code).toBe('WAIVER_NOT_ALLOWED');
    expect((await ask({ expiresAt: inDays(31) })).userErrors[0]).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'expiresAt'],
    });
    expect((await ask({ expiresAt: inDays(-1) })).userErrors[0]?.code).toBe('INVALID_INPUT');
    expect((await ask({ checkId: 'XX-1' })).userErrors[0]?.code).toBe('UNKNOWN_CHECK');
  });

  test('holds once another person approved it, shows as waived, and ends when somebody ends it', async () => {
    const both = (['member', 'reviewer'] as const).map((role) => ({ teamId: flow.team.id, role }));
    const asker = await world.person({ name: 'Asker', teams: both });
    const { waiver } = await ask({}, asker);
    expect([waiver?.state, await status()]).toEqual(['requested', 'pending']);
    const id = waiver?.id ?? '';
    expect((await ask()).userErrors[0]?.code).toBe('CONFLICT');
    expect((await on('waiverApprove', id, asker)).userErrors[0]?.code).toBe('SELF_APPROVAL');
    expect((await on('waiverApprove', id, flow.team.reviewer)).waiver?.state).toBe('active');
    const check = await flow.check('AR-1', flow.first.id, 'limited');
    expect([check.status, check.waiver?.id]).toEqual(['waived', id]);
    expect((await on('waiverApprove', id, flow.team.reviewer)).userErrors[0]?.code).toBe('CONFLICT');
    expect((await on('waiverEnd', id, flow.team.member)).waiver?.state).toBe('ended');
    expect(await status()).toBe('pending');
  });

  test('ends by its date', async () => {
    const { waiver } = await ask({ checkId: 'OB-5', expiresAt: inDays(2) });
    await on('waiverApprove', waiver?.id ?? '', flow.team.reviewer);
    const seen = async () => (await flow.check('OB-5', flow.first.id, 'limited')).status;
    expect(await seen()).toBe('waived');
    world.shiftClock(3 * 86_400_000);
    expect(await seen()).not.toBe('waived');
    world.shiftClock(0);
  });

  test('of a check that security answers is approved by security', async () => {
    const { waiver } = await ask({ checkId: 'OB-4' });
    expect((await on('waiverApprove', waiver?.id ?? '', flow.team.reviewer)).userErrors[0]?.code).toBe(
      'FORBIDDEN',
    );
    expect((await on('waiverApprove', waiver?.id ?? '', security)).waiver?.state).toBe('active');
  });
});

test('the checklist is published once, at the start, as an act in the ledger', async () => {
  const { checklist } = await world.gql<{
    checklist: { version: number; checks: { id: string }[]; areas: unknown[] };
  }>(
    '{ checklist { version digest publishedAt areas { id title question } checks { id mode manualInterim requiresText mappings } } }',
    {},
    { as: flow.lead },
  );
  expect([checklist.version, checklist.checks.length, checklist.areas.length]).toEqual([1, 47, 10]);
  const entries = await world.db.ledgerEntry.findMany({ where: { act: 'checklist.published' } });
  expect(entries).toHaveLength(1);
});
