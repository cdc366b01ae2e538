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

interface Night {
  onCall: { serving: { hold: { id: string } | null }[] };
  workflow: {
    driftFindings: { kind: string; instanceId: string }[];
    overlays: { kind: string; to: string | null }[];
    rollbacks: {
      nodes: { number: number; effect: { stragglers: { instanceId: string; silent: boolean }[] } }[];
    };
  };
  viewer: { waitingForYou: { kind: string; workflow: { fullKey: string } }[] };
}

interface Past {
  support: {
    environmentPins: { environment: string }[];
    rollbacks: {
      nodes: { kind: string; review: { verdict: string } | null; effect: { confirmed: number } }[];
    };
  };
  retired: { retiredAt: string | null };
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

  test('has one that a person on call rolled back last night, held and to be reviewed by somebody else', async () => {
    expect(live('orders.status')).toEqual(['scan-dates', 'scan-dates', null, null]);
    const query = `{ onCall(workflow: "orders.status") { serving { hold { id } } openIncidents { state }
      recommendation { kind reason } lastRollback { kind review { verdict } } }
      workflow(key: "orders.status") { driftFindings { kind instanceId } overlays { kind to } quarantines { clearedAt }
        rollbacks { nodes { number effect { state expected confirmed stragglers { instanceId silent } } } } }
      viewer { waitingForYou { kind title workflow { fullKey } } } }`;
    const data = await world.gql<Night>(query, {}, { as: reviewer });
    expect(data.onCall).toMatchObject({
      openIncidents: [{ state: 'monitoring' }],
      recommendation: { kind: 'fallback', reason: expect.stringContaining('Taken back 9 hours ago already') },
      lastRollback: { kind: 'rollback', review: null },
    });
    expect(data.onCall.serving.map(({ hold }) => hold !== null)).toEqual([true, true, false, false]);
    expect(data.workflow.driftFindings).toMatchObject([{ kind: 'release', instanceId: 'orders-worker-6' }]);
    expect(data.workflow.overlays.map(({ kind }) => kind)).toEqual(['fallback', 'fallback']);
    const first = data.workflow.rollbacks.nodes.find(({ number }) => number === 1);
    expect(first?.effect).toMatchObject({ state: 'applied', expected: 6, confirmed: 5 });
    expect(first?.effect.stragglers).toMatchObject([{ instanceId: 'orders-worker-6', silent: true }]);
    const owed = data.viewer.waitingForYou.filter(({ kind }) => kind === 'rollback_review');
    expect(owed.map(({ workflow }) => workflow.fullKey)).toEqual(['orders.status', 'orders.status']);
  });

  test('has an old rollback, a drill that passed and one that did not, a pinned environment and a retired workflow', async () => {
    const query = `{ support: workflow(key: "support.reply") { environmentPins { environment release { alias } }
        rollbacks { nodes { kind review { verdict } effect { confirmed } } } }
      retired: workflow(key: "returns.label") { retiredAt } }`;
    const data = await world.gql<Past>(query, {}, { as: reviewer });
    const found = data.support.rollbacks.nodes.map(({ kind, review, effect }) => [
      kind,
      review?.verdict,
      effect.confirmed,
    ]);
    expect(found).toEqual([
      ['drill', undefined, 14],
      ['drill', undefined, 0],
      ['rollback', 'justified', 14],
    ]);
    expect(data.support.environmentPins).toMatchObject([
      { environment: 'staging', release: { alias: 'ticket-is-data' } },
    ]);
    expect(data.retired.retiredAt).not.toBeNull();
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
