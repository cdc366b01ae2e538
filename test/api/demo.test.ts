import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seedDemo } from '../../apps/api/src/demo/seed-demo.js';
import { demoEmail, demoPassword } from '../../apps/api/src/demo/people.js';
import { createWorld, type Person, type World } from '../support/world.js';

interface WorkflowAnswer {
  id: string;
  fullKey: string;
  stages: { key: string; occupant: { release: { alias: string } } | null }[];
  nextReadiness: {
    complete: boolean;
    gates: { checks: { id: string; status: string; requiredHere: boolean }[] }[];
  } | null;
  openPromotions: { toStageKey: string; currentApprovals: number; requiredApprovals: number }[];
}

describe('the demo', () => {
  let world: World;
  let reviewer: Person;
  let workflows: Map<string, WorkflowAnswer>;

  beforeAll(async () => {
    world = await createWorld({}, ['--demo']);
    const email = demoEmail('reviewer');
    const cookie = await world.signIn(email, demoPassword);
    reviewer = { userId: '', name: '', email, password: demoPassword, cookie };
    const data = await world.gql<{ workflows: { nodes: WorkflowAnswer[] } }>(
      `{ workflows { nodes { id fullKey stages { key occupant { release { alias } } }
         nextReadiness { complete gates { checks { id status requiredHere } } }
         openPromotions { toStageKey currentApprovals requiredApprovals } } } }`,
      {},
      { as: reviewer },
    );
    workflows = new Map(data.workflows.nodes.map((one) => [one.fullKey, one]));
  }, 120_000);

  afterAll(() => world.close());

  const live = (key: string) =>
    workflows.get(key)?.stages.map((stage) => stage.occupant?.release.alias ?? null);
  const blockedBy = (key: string) =>
    workflows
      .get(key)
      ?.nextReadiness?.gates.flatMap((gate) => gate.checks)
      .filter((check) => check.requiredHere && ['fail', 'pending', 'stale', 'error'].includes(check.status))
      .map((check) => check.id);

  test('has a workflow that is live in general on its third release', () => {
    expect(live('support.reply')).toEqual(Array(4).fill('shorter-drafts'));
  });

  test('has one that its evals hold back', () => {
    expect(live('billing.routing')).toEqual([...Array<string>(3).fill('twelve-codes'), null]);
    expect(blockedBy('billing.routing')).toEqual(expect.arrayContaining(['EV-2']));
  });

  test('has one that waits for nothing but a review', () => {
    expect(workflows.get('renewals.summary')?.openPromotions).toMatchObject([
      { toStageKey: 'limited', currentApprovals: 0 },
    ]);
    expect(blockedBy('renewals.summary')).toEqual(['RO-5']);
  });

  test('has a fresh candidate that is live nowhere', () => {
    expect(live('legal.clauses')).toEqual([null, null, null, null]);
    expect(blockedBy('legal.clauses')?.length).toBeGreaterThan(5);
  });

  test('has a break-glass promotion that waits for its review, and one that was found justified', async () => {
    const { viewer, ...shown } = await world.gql<
      Record<string, unknown> & { viewer: { waitingForYou: { kind: string }[] } }
    >(
      `query ($billing: ID!, $renewals: ID!) {
        viewer { waitingForYou { kind } }
        billing: workflow(id: $billing) { unreviewedBreakGlass { checkIds } openIncidents { state } }
        renewals: workflow(id: $renewals) {
          unreviewedBreakGlass { id } incidents { nodes { state breakGlassGrants { use { review { verdict } } } } } } }`,
      { billing: workflows.get('billing.routing')?.id, renewals: workflows.get('renewals.summary')?.id },
      { as: reviewer },
    );
    expect(viewer.waitingForYou.map((item) => item.kind)).toContain('break_glass_review');
    expect(shown).toEqual({
      billing: { unreviewedBreakGlass: [{ checkIds: ['OB-6', 'WF-5'] }], openIncidents: [{ state: 'open' }] },
      renewals: {
        unreviewedBreakGlass: [],
        incidents: {
          nodes: [{ state: 'resolved', breakGlassGrants: [{ use: { review: { verdict: 'justified' } } }] }],
        },
      },
    });
  });

  test('leaves every chain whole, in the order of time', async () => {
    for (const chain of ['organisation', ...[...workflows.values()].map((one) => one.id)]) {
      const { ledgerVerify } = await world.gql<{ ledgerVerify: { ok: boolean } }>(
        'query ($chain: String!) { ledgerVerify(chain: $chain) { ok problem } }',
        { chain },
        { as: reviewer },
      );
      expect(ledgerVerify).toEqual({ ok: true, problem: null });
    }
  });

  test('is made once', async () => {
    expect(await seedDemo(world.app)).toBe(false);
  });
});
