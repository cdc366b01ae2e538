import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { History, historyStep } from '../support/history.builder.js';
import { AsOf, type LiveNode } from '../support/as-of.builder.js';
import { LedgerReplay } from '../support/ledger-replay.js';
import { easyPromotions } from '../support/promotion.builder.js';
import { rollbacksOf } from '../support/rollback.builder.js';
import { staffedTeam } from '../support/team.builder.js';
import { thoroughness } from '../support/thoroughness.js';
import { createWorld, type World } from '../support/world.js';

const hour = 3_600_000;
const seed = Number(process.env['HOLDPOINT_SEED'] ?? 20261123);

let world: World;
let asOf: AsOf;
let replay: LedgerReplay;
let end: number;

beforeAll(async () => {
  world = await createWorld();
  const team = await staffedTeam(world);
  asOf = new AsOf(
    world,
    await world.person({ organisationRoles: ['auditor'] }),
    'stageKey since workflow { id } release { id } definitions { revision { revision } } overlaidBy { id segment levers { kind to tool releaseId } }',
  );
  const histories = [];
  const other = await world.person({ organisationRoles: ['responder'] });
  for (let i = 0; i < 3; i += 1) {
    const promotions = await easyPromotions(world, team);
    histories.push(new History(world, promotions, await rollbacksOf(promotions), other));
  }
  const [adopted] = histories;
  await adopted?.adopt(['internal', 'limited']);
  const started = Date.now();
  let elapsed = 0;
  for (const one of fc.sample(fc.array(historyStep, { minLength: 70, maxLength: 70 }), {
    numRuns: 1,
    seed,
  })[0] ?? []) {
    elapsed += one.wait;
    world.shiftClock(elapsed - (Date.now() - started));
    await histories[one.workflow]?.play(one);
  }
  elapsed += 30 * 24 * hour;
  world.shiftClock(elapsed - (Date.now() - started));
  await histories[2]?.retire();
  end = started + elapsed;
  world.shiftClock(elapsed + hour);
  const entries = await world.db.ledgerEntry.findMany({ select: { canonical: true } });
  replay = new LedgerReplay(entries.map((entry) => entry.canonical));
}, 240_000);

afterAll(() => world.close());

/** Any instant of the history, its very boundaries and the milliseconds beside them among them. */
const instant = () => {
  const first = Math.min(...replay.boundaries);
  return fc.oneof(
    fc.integer({ min: first - 24 * hour, max: end }),
    fc
      .tuple(fc.constantFrom(...replay.boundaries), fc.constantFrom(-1, 0, 1))
      .map(([boundary, beside]) => boundary + beside),
  );
};

test('the history has promotions of several workflows in several stages, and revised stages', () => {
  expect(replay.places.length).toBeGreaterThanOrEqual(6);
  expect(replay.boundaries.length).toBeGreaterThan(30);
});

test('and rollbacks, drills, ends of them, restores after them and a retirement', () => {
  const least = {
    'rollback.triggered': 5,
    'drill.started': 2,
    'drill.ended': 1,
    'overlay.ended': 1,
    'a pointer taken back': 1,
    'workflow.retired': 1,
  };
  for (const [act, times] of Object.entries(least))
    expect([act, (replay.acts.get(act) ?? 0) >= times]).toEqual([act, true]);
});

/** An overlay, however it is written down. */
const plain = ({
  id,
  segment,
  levers,
}: Pick<LiveNode['overlaidBy'][number], 'id' | 'segment'> & { levers: object[] }) => ({
  ...{ id, segment },
  levers: levers.map((lever) =>
    Object.fromEntries(Object.entries(lever).filter(([, value]) => value !== null)),
  ),
});

/** Rows without a release that were looked at. */
let bareRows = 0;

test(`as of any of ${String(thoroughness.instants)} instants, the registry says what a replay of the ledger says`, async () => {
  const place = fc.constantFrom(...replay.places);
  await fc.assert(
    fc.asyncProperty(instant(), place, async (at, { workflowId, stageKey }) => {
      const time = new Date(at);
      const { nodes } = await asOf.asOf(time);
      const said = new Map(nodes.map((node) => [`${node.workflow.id} ${String(node.stageKey)}`, node]));
      expect(said.size).toBe(nodes.length);
      for (const one of replay.overlaidPlaces) {
        const laid = replay.overlaysAt(one.workflowId, one.stageKey, at);
        const node = said.get(`${one.workflowId} ${String(one.stageKey)}`);
        expect((node?.overlaidBy ?? []).map(plain)).toEqual(laid.map(plain));
      }
      const bare = nodes.filter(({ release }) => release === null);
      for (const { overlaidBy } of bare) expect(overlaidBy).not.toEqual([]);
      bareRows += bare.length;
      for (const one of replay.places) {
        const node = said.get(`${one.workflowId} ${one.stageKey}`);
        expect(node?.release?.id).toBe(replay.liveAt(one.workflowId, one.stageKey, at)?.releaseId);
        if (node?.release) {
          const revision = replay.revisionAt(one.workflowId, one.stageKey, at);
          expect(node.definitions.map((held) => held.revision.revision)).toEqual([revision]);
        }
      }
      const alone = await asOf.stageAt(workflowId, stageKey, time);
      expect(alone?.release?.id).toBe(replay.liveAt(workflowId, stageKey, at)?.releaseId);
    }),
    { numRuns: thoroughness.instants, seed },
  );
  expect(bareRows).toBeGreaterThan(thoroughness.instants / 10);
}, 400_000);

test('between any two instants, the registry names the intervals that a replay of the ledger has', async () => {
  await fc.assert(
    fc.asyncProperty(instant(), instant(), async (one, two) => {
      fc.pre(one !== two);
      const [from, to] = [Math.min(one, two), Math.max(one, two)];
      const [seen, bare]: [string[], string[]] = [[], []];
      let after: string | null = null;
      do {
        const page = await asOf.between(new Date(from), new Date(to), { after });
        for (const { workflow, stageKey, since, release } of page.nodes)
          if (release) seen.push(`${String(stageKey)} ${since} ${release.id}`);
          else bare.push(`${workflow.id} ${String(stageKey)}`);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(replay.liveBetween(from, to).length);
      const overNothing = replay.overlaidPlaces.filter(({ workflowId, stageKey }) =>
        replay.laidOverNothing(workflowId, stageKey, from, to),
      );
      const named = overNothing.map(({ workflowId, stageKey }) => `${workflowId} ${String(stageKey)}`);
      expect(bare.toSorted()).toEqual(named.toSorted());
    }),
    { numRuns: 150, seed },
  );
}, 200_000);
