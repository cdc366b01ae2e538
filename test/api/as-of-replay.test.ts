import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AsOf } from '../support/as-of.builder.js';
import { LedgerReplay } from '../support/ledger-replay.js';
import { easyPromotions, type Promotions } from '../support/promotion.builder.js';
import type { CreatedRelease } from '../support/release.builder.js';
import { reviseStage } from '../support/stage.builder.js';
import { staffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';

const stageKeys = ['internal', 'limited', 'expanded', 'general'];
const hour = 3_600_000;
const seed = Number(process.env['HOLDPOINT_SEED'] ?? 20261123);

/** One step of a history: which workflow, what, and how long after the step before. */
const step = fc.record({
  workflow: fc.nat({ max: 2 }),
  what: fc.constantFrom('climb', 'climb', 'climb', 'replace', 'replace', 'narrow'),
  stage: fc.nat({ max: 3 }),
  wait: fc.integer({ min: 1, max: 30 * hour }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

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
    'stageKey since workflow { id } release { id } definitions { revision { revision } }',
  );
  const histories = [];
  for (let i = 0; i < 3; i += 1) histories.push(new History(await easyPromotions(world, team)));
  const [adopted] = histories;
  await adopted?.adopt(['internal', 'limited']);
  const started = Date.now();
  let elapsed = 0;
  for (const one of fc.sample(fc.array(step, { minLength: 40, maxLength: 40 }), { numRuns: 1, seed })[0] ??
    []) {
    elapsed += one.wait;
    world.shiftClock(elapsed - (Date.now() - started));
    await histories[one.workflow]?.play(one);
  }
  end = started + elapsed;
  world.shiftClock(elapsed + hour);
  const entries = await world.db.ledgerEntry.findMany({ select: { canonical: true } });
  replay = new LedgerReplay(entries.map((entry) => entry.canonical));
}, 240_000);

afterAll(() => world.close());

/** Moves releases of one workflow about, wherever the rules let them. */
class History {
  private readonly live = new Map<string, CreatedRelease>();
  private wordings = 0;

  constructor(private readonly promotions: Promotions) {}

  async adopt(keys: string[]): Promise<void> {
    const { workflow, team } = this.promotions;
    await world.mustAct(
      'workflowAdopt',
      'adoption { id }',
      { workflowId: workflow.id, releaseId: workflow.release.id, stageKeys: keys, reason: 'Live' },
      team.reviewer,
    );
    for (const key of keys) this.live.set(key, workflow.release);
  }

  async play({ what, stage }: Step): Promise<void> {
    const stageKey = stageKeys[stage] ?? 'internal';
    if (what === 'narrow') await this.narrow(stageKey);
    else if (what === 'climb') await this.climb();
    else await this.replace(stageKey);
  }

  /** Into the first empty stage whose predecessor is occupied; the newest release enters internal anew at the end. */
  private async climb(): Promise<void> {
    const next = stageKeys.findIndex((key) => !this.live.has(key));
    const from = next > 0 ? this.live.get(stageKeys[next - 1] ?? '') : undefined;
    const stageKey = next === -1 ? 'internal' : (stageKeys[next] ?? 'internal');
    const release = from ?? (next === 0 ? this.promotions.workflow.release : await this.reworded('internal'));
    await this.promotions.bring(release, stageKey);
    this.live.set(stageKey, release);
  }

  /** A new wording of what is live follows it, stage by stage, up to this one. */
  private async replace(stageKey: string): Promise<void> {
    const occupant = this.live.get(stageKey);
    if (!occupant || [...this.live.values()].some((one) => one.id !== occupant.id)) return;
    const release = await this.reworded(stageKey);
    const promotion = await this.promotions.request({ release, toStage: stageKey, kind: 'replace' });
    await this.promotions.review(promotion);
    for (const { stageKey: entered } of promotion.moves) {
      await this.promotions.execute(promotion);
      const found = await this.promotions.read(promotion);
      if (found.moves.find((move) => move.stageKey === entered)?.state !== 'executed') {
        await this.promotions.withdraw(promotion);
        return;
      }
      this.live.set(entered, release);
    }
  }

  private async narrow(stageKey: string): Promise<void> {
    const { workflow, team } = this.promotions;
    await reviseStage(world, workflow.id, team, stageKey, (definition) => ({
      ...definition,
      audience: { ...definition.audience, percentage: Math.max(0.001, definition.audience.percentage / 2) },
    }));
  }

  private reworded(stageKey: string): Promise<CreatedRelease> {
    this.wordings += 1;
    const parent = this.live.get(stageKey) ?? this.promotions.workflow.release;
    return this.promotions.withPrompt(parent, `Wording ${String(this.wordings)} for {{ticket}}`);
  }
}

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

test('as of any of 1,000 instants, the registry says what a replay of the ledger says', async () => {
  const place = fc.constantFrom(...replay.places);
  await fc.assert(
    fc.asyncProperty(instant(), place, async (at, { workflowId, stageKey }) => {
      const time = new Date(at);
      const { nodes } = await asOf.asOf(time);
      const said = new Map(nodes.map((node) => [`${node.workflow.id} ${node.stageKey}`, node]));
      for (const one of replay.places) {
        const node = said.get(`${one.workflowId} ${one.stageKey}`);
        expect(node?.release.id).toBe(replay.liveAt(one.workflowId, one.stageKey, at)?.releaseId);
        if (node) {
          const revision = replay.revisionAt(one.workflowId, one.stageKey, at);
          expect(node.definitions.map((held) => held.revision.revision)).toEqual([revision]);
        }
      }
      const alone = await asOf.stageAt(workflowId, stageKey, time);
      expect(alone?.release.id).toBe(replay.liveAt(workflowId, stageKey, at)?.releaseId);
    }),
    { numRuns: 1000, seed },
  );
}, 400_000);

test('between any two instants, the registry names the intervals that a replay of the ledger has', async () => {
  await fc.assert(
    fc.asyncProperty(instant(), instant(), async (one, two) => {
      fc.pre(one !== two);
      const [from, to] = [Math.min(one, two), Math.max(one, two)];
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await asOf.between(new Date(from), new Date(to), { after });
        seen.push(...page.nodes.map((node) => `${node.stageKey} ${node.since} ${node.release.id}`));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(replay.liveBetween(from, to).length);
    }),
    { numRuns: 150, seed },
  );
}, 200_000);
