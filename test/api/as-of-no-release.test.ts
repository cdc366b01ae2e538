import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AsOf } from '../support/as-of.builder.js';
import { codes, easyPromotions, type Promotions } from '../support/promotion.builder.js';
import { rollbacksOf, type Rollbacks, type RollbackState } from '../support/rollback.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';

let world: World;
let team: StaffedTeam;
let auditor: Person;
let promotions: Promotions;
let rollbacks: Rollbacks;
let off: RollbackState;
let asOf: AsOf;

beforeAll(async () => {
  world = await createWorld();
  team = await staffedTeam(world);
  auditor = await world.person({ organisationRoles: ['auditor'] });
  promotions = await easyPromotions(world, team);
  await promotions.bring(promotions.workflow.release);
  rollbacks = await rollbacksOf(promotions);
  const done = await rollbacks.must({ levers: [{ kind: 'disable' }], scope: 'workflow' });
  off = done.rollback;
  asOf = new AsOf(
    world,
    auditor,
    `id stageKey stageName position since until origin workflow { id } release { number } promotion { id } entry { act }
      endedBy { act } definitions { since }
      overlaidBy { rollbackNumber levers { kind } entry { act seq } overruledBy { rollbackNumber } }`,
  );
}, 120_000);
afterAll(() => world.close());

const filter = () => ({ workflowId: promotions.workflow.id });
const places = ['internal', 'limited', 'expanded', 'general', null];

describe('what lay over a workflow where it served no release', () => {
  test('is in the answer stage by stage, and for whoever is in none', async () => {
    const { nodes, totalCount } = await asOf.asOf(null, { filter: filter() });
    expect(totalCount).toBe(5);
    expect(nodes.map(({ stageKey, release }) => [stageKey, release?.number ?? null])).toEqual(
      places.map((key) => [key, key === 'internal' ? 1 : null]),
    );
    expect(nodes.at(-1)).toMatchObject({
      ...{ stageKey: null, stageName: null, position: null, origin: 'overlay', promotion: null, entry: null },
      ...{ endedBy: null, since: off.appliedAt, until: null, definitions: [] },
      overlaidBy: [
        {
          ...{ rollbackNumber: off.number, levers: [{ kind: 'disable' }], overruledBy: [] },
          entry: { act: 'rollback.triggered', seq: nodes[0]?.overlaidBy[0]?.entry.seq },
        },
      ],
    });
    expect(nodes[1]).toMatchObject({ stageKey: 'limited', stageName: 'Limited', position: 1 });
    expect(await asOf.stageAt(promotions.workflow.id, 'limited', off.appliedAt)).toBeNull();
  });

  test('was not there the millisecond before', async () => {
    const before = new Date(Date.parse(off.appliedAt) - 1);
    const { nodes } = await asOf.asOf(before, { filter: filter() });
    expect(nodes.map(({ stageKey }) => stageKey)).toEqual(['internal']);
  });

  test('comes page by page, each place once, and by stage', async () => {
    const seen: (string | null)[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<AsOf['asOf']>> = await asOf.asOf(off.appliedAt, {
        ...{ filter: filter(), first: 2, after },
      });
      seen.push(...page.nodes.map(({ stageKey }) => stageKey));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(places);
    const one = await asOf.between(off.appliedAt, null, { filter: { ...filter(), stageKey: 'general' } });
    expect(one.nodes.map(({ stageKey }) => stageKey)).toEqual(['general']);
  });

  test('costs no statement more than pointers do, however much lay there', async () => {
    const cost = (at: Date | string) =>
      world.database.statements.during(() => asOf.asOf(at, { filter: filter() }));
    const all = (await cost(off.appliedAt)).length;
    const first = await asOf.asOf(off.appliedAt, { filter: filter(), first: 1 });
    expect(first.nodes).toHaveLength(1);
    const one = await world.database.statements.during(() =>
      asOf.asOf(off.appliedAt, { filter: { ...filter(), stageKey: 'internal' } }),
    );
    expect(all).toBeLessThanOrEqual(one.length + 1);
  });

  test('is in the files too, in records without a release', async () => {
    const query = `?at=${encodeURIComponent(off.appliedAt)}&workflowId=${promotions.workflow.id}`;
    const jsonl = await (await world.fetch(`/as-of.jsonl${query}`, { as: auditor })).text();
    const records = jsonl
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.map(({ stage }) => stage)).toEqual(places);
    expect(records.at(-1)).toMatchObject({
      ...{ release: null, entry: null, endedBy: null, origin: 'overlay', readiness: null, definitions: [] },
      ...{ since: off.appliedAt, until: null },
      overlays: [
        { rollback: off.number, levers: [{ kind: 'disable' }], entry: { act: 'rollback.triggered' } },
      ],
    });
    const csv = await (await world.fetch(`/as-of.csv${query}`, { as: auditor })).text();
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toContain(`${promotions.workflow.id},,,,,${off.appliedAt},,overlay,`);
    expect(lines.at(-1)).toContain(`rollback ${String(off.number)}: disable from ${off.appliedAt}`);
  });

  test('is over when the overlay is ended, and when the workflow is retired', async () => {
    const other = await world.person({ organisationRoles: ['responder'] });
    const general = off.overlays.find(({ stageKey }) => stageKey === 'general')!;
    expect(codes(await rollbacks.end(general, other))).toEqual([]);
    const now = await asOf.asOf(null, { filter: filter() });
    expect(now.nodes.map(({ stageKey }) => stageKey)).not.toContain('general');
    const was = await asOf.between(off.appliedAt, null, { filter: filter() });
    expect(was.nodes.find(({ stageKey }) => stageKey === 'general')?.until).not.toBeNull();
    await world.mustAct(
      'workflowRetire',
      'workflow { id }',
      { workflowId: promotions.workflow.id, reason: 'Not used' },
      team.reviewer,
    );
    expect((await asOf.asOf(null, { filter: filter() })).nodes).toEqual([]);
    const until = (await asOf.between(off.appliedAt, null, { filter: filter() })).nodes.map(
      (node) => node.until,
    );
    expect(until).not.toContain(null);
  });
});
