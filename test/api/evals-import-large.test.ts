import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LockBudget, lockBudgetMs } from '../../apps/api/src/platform/door/lock-budget.js';
import { EvalsFixture, supportReplySuite } from '../support/evals.builder.js';
import { createWorld, type World } from '../support/world.js';

const cases = 20_000;
const filler = 'the quick answer to a long question '.repeat(40);

const row = (index: number): string =>
  JSON.stringify({
    ...{
      promptIdx: 0,
      testIdx: index,
      success: index % 10 !== 0,
      score: 1,
      failureReason: index % 10 === 0 ? 1 : 0,
    },
    ...{ latencyMs: index % 700, cost: 0.0001, vars: { ticket: filler }, response: { output: filler } },
    namedScores: { groundedness: index % 10 === 0 ? 0.5 : 1 },
    testCase: {
      metadata: { caseId: `case-${String(index)}`, category: index % 2 ? 'success' : 'historical' },
    },
  });

/** The file, made while it is sent. */
function generated(onBatch: (sent: number) => void): ReadableStream<Uint8Array> {
  let next = 0;
  const text = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(
        text.encode(
          '{"results": {"version": 3, "prompts": [{"label": "generated", "provider": "echo"}], "results": [',
        ),
      );
    },
    pull: (controller) => {
      const rows = Array.from({ length: 100 }, (_, i) => row(next + i)).join(',');
      controller.enqueue(text.encode(next === 0 ? rows : `,${rows}`));
      next += 100;
      onBatch(next);
      if (next < cases) return;
      controller.enqueue(text.encode(']}}'));
      controller.close();
    },
  });
}

describe('an import of 20,000 cases', () => {
  let world: World;
  let evals: EvalsFixture;

  beforeAll(async () => {
    world = await createWorld();
    evals = await EvalsFixture.create(world);
  });
  afterAll(() => world.close());

  test('holds no lock for more than 250 ms while other acts of the same workflow go on, and memory stays flat', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held: [string, number][] = [];
    const stop = world.app
      .get(LockBudget, { strict: false })
      .listen((mutation, ms) => held.push([mutation, ms]));
    const heap: number[] = [];
    const release = await evals.release();
    const importing = evals.upload(
      generated((sent) => {
        if (sent % 4000 !== 0) return;
        collect();
        heap.push(process.memoryUsage().heapUsed / 1024 ** 2);
      }),
      { releaseId: release.id },
      { duplex: 'half' },
    );
    const importer = { done: false };
    void importing.finally(() => {
      importer.done = true;
    });
    let versions = 1;
    while (!importer.done) {
      await evals.suiteVersion(
        { ...supportReplySuite, description: `Version ${String(versions)}` },
        versions,
      );
      versions += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { status, body } = await importing;
    stop();

    expect([status, body.userErrors]).toEqual([201, []]);
    expect(body.upload).toMatchObject({
      state: 'committed',
      casesStaged: cases,
      runs: [{ cases, counts: true }],
    });
    const runId = body.upload?.runs[0]?.id ?? '';
    expect(await world.db.evalCase.count({ where: { runId } })).toBe(cases);
    const run = await world.db.evalRun.findUniqueOrThrow({ where: { id: runId } });
    expect(run).toMatchObject({
      passed: 18_000,
      failed: 2_000,
      aggregates: { metrics: { groundedness: { sum: 19_000, count: cases } } },
    });

    expect(versions).toBeGreaterThan(2);
    expect(held.filter(([mutation]) => mutation === 'evalUpload')).toHaveLength(1);
    expect(held.filter(([, ms]) => ms > lockBudgetMs)).toEqual([]);
    expect(heap).toHaveLength(5);
    expect((heap.at(-1) ?? 0) - (heap[0] ?? 0)).toBeLessThan(16);
  }, 180_000);
});
