import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LockBudget, lockBudgetMs } from '../../apps/api/src/platform/door/lock-budget.js';
import { testEngine } from '../support/engine.js';
import { EvalsFixture, type UploadAnswer } from '../support/evals.builder.js';
import { createWorld, type World } from '../support/world.js';

/** The embedded database is one thread beside the test's own: there, a quarter shows the same. */
const cases = testEngine() === 'postgres' ? 20_000 : 5_000;
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

function* rows(): Generator<string> {
  yield '{"results": {"version": 3, "prompts": [{"label": "generated", "provider": "echo"}], "results": [';
  for (let index = 0; index < cases; index += 1) yield index === 0 ? row(index) : `,${row(index)}`;
  yield ']}}';
}

const sender = fileURLToPath(new URL('../support/send-file.mjs', import.meta.url));

/** Work that is underway, and whether it still is. */
function underway<T>(answer: Promise<T>): { answer: Promise<T>; done: boolean } {
  const state = { answer, done: false };
  const end = () => {
    state.done = true;
  };
  answer.then(end, end);
  return state;
}

describe(`an import of ${String(cases)} cases`, () => {
  let world: World;
  let evals: EvalsFixture;
  let folder: string;

  beforeAll(async () => {
    world = await createWorld();
    evals = await EvalsFixture.create(world);
    folder = await mkdtemp(join(tmpdir(), 'holdpoint-evals-'));
    await pipeline(Readable.from(rows()), createWriteStream(join(folder, 'results.json')));
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const send = async (): Promise<UploadAnswer> => {
    const release = await evals.release();
    const url = `${world.url}${evals.uploadPath({ releaseId: release.id })}`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      sender,
      url,
      join(folder, 'results.json'),
      evals.member.cookie,
    ]);
    return JSON.parse(stdout) as UploadAnswer;
  };

  /** A promotion that is asked for, judged under the lock, found incomplete, and withdrawn. */
  const askAndWithdraw = async (release: { id: string; digest: string }): Promise<void> => {
    const { workflowId, member } = evals;
    const { promotion } = await world.mustAct<{ promotion: { id: string } }>(
      'promotionRequest',
      'promotion { id }',
      { workflowId, releaseId: release.id, toStage: 'internal', kind: 'climb' },
      member,
    );
    const blocked = await world.act<{ readiness: { complete: boolean } }>(
      'promotionExecute',
      'readiness { complete }',
      { promotionId: promotion.id, expectedDigest: release.digest },
      member,
    );
    expect(blocked.readiness.complete).toBe(false);
    const withdrawal = { promotionId: promotion.id, reason: 'Only asked' };
    await world.mustAct('promotionWithdraw', 'promotion { state }', withdrawal, member);
  };

  test('holds no lock for more than 250 ms while promotions of the same workflow go on', async () => {
    const release = await evals.release();
    // The first of its kind also compiles and plans; what is measured is what comes with the import.
    await askAndWithdraw(release);
    const held: [string, number][] = [];
    const stop = world.app
      .get(LockBudget, { strict: false })
      .listen((mutation, ms) => held.push([mutation, ms]));
    const importing = underway(send());
    let promotions = 0;
    while (!importing.done) {
      await askAndWithdraw(release);
      promotions += 1;
    }
    const { status, body } = await importing.answer;
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
      passed: cases * 0.9,
      failed: cases * 0.1,
      aggregates: { metrics: { groundedness: { sum: cases * 0.95, count: cases } } },
    });

    expect(promotions).toBeGreaterThan(2);
    const heldBy = (name: string) => held.flatMap(([mutation, ms]) => (mutation === name ? ms : []));
    expect(heldBy('evalUpload')).toEqual([expect.any(Number)]);
    expect(heldBy('evalUpload')[0]).toBeLessThan(lockBudgetMs);
    // A promotion that a busy machine held up once says nothing of the import; most of them would.
    const requests = heldBy('promotionRequest').sort((one, other) => one - other);
    expect(requests[Math.floor(requests.length / 2)]).toBeLessThan(lockBudgetMs);
  }, 180_000);

  test('needs no more memory at its end than at its beginning', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heap: number[] = [];
    const importing = underway(send());
    while (!importing.done) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      collect();
      heap.push(process.memoryUsage().heapUsed / 1024 ** 2);
    }
    expect((await importing.answer).status).toBe(201);
    expect(heap.length).toBeGreaterThan(2);
    expect(Math.max(...heap) - Math.min(...heap)).toBeLessThan(24);
  }, 180_000);
});
