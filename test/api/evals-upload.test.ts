import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EvalsFixture } from '../support/evals.builder.js';
import { passing, plainFile, promptfooFile } from '../support/eval-files.js';
import { createWorld, type World } from '../support/world.js';

describe('uploads of result files', () => {
  let world: World;
  let evals: EvalsFixture;

  beforeAll(async () => {
    world = await createWorld({ HOLDPOINT_UPLOAD_LIMIT_MB: '1' });
    evals = await EvalsFixture.create(world);
  });
  afterAll(() => world.close());

  test('a file that promptfoo wrote becomes a run that meets its gates, with every case', async () => {
    const release = await evals.release();
    const { status, body } = await evals.upload(promptfooFile('gate-pass'), {
      releaseId: release.id,
      fileName: 'nightly.json',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      userErrors: [],
      upload: {
        state: 'committed',
        fileName: 'nightly.json',
        bytesReceived: promptfooFile('gate-pass').length,
        bytesTotal: promptfooFile('gate-pass').length,
        casesStaged: 24,
        runs: [{ cases: 24, counts: true, label: 'support-reply v7 · echo-2026-11-01' }],
      },
    });
    const runId = body.upload?.runs[0]?.id ?? '';
    const data = await world.gql<{
      evalRun: { metrics: { gate: boolean; meets: boolean }[] };
      evalUpload: unknown;
    }>(
      `query ($run: ID!, $upload: ID!) {
        evalRun(id: $run) { evalDigest rawSha256 passed metrics { name gate meets } categories { category cases required }
          caseList(first: 1, filter: { category: "high_trust" }) { totalCount nodes { caseId outcome inputDigest metrics } } }
        evalUpload(id: $upload) { state casesStaged runs { id } error { code } } }`,
      { run: runId, upload: body.upload?.id },
      { as: evals.member },
    );
    expect(data).toMatchObject({
      evalRun: {
        evalDigest: release.evalDigest,
        rawSha256: createHash('sha256').update(promptfooFile('gate-pass')).digest('hex'),
        passed: 24,
        caseList: { totalCount: 4, nodes: [{ caseId: 'high-trust-1', outcome: 'pass' }] },
      },
      evalUpload: { state: 'committed', casesStaged: 24, runs: [{ id: runId }], error: null },
    });
    expect(data.evalRun.metrics.filter((one) => one.gate).map((one) => one.meets)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(await world.db.evalCase.count({ where: { runId } })).toBe(24);
    const entry = await world.db.ledgerEntry.findFirst({
      where: { chain: evals.workflowId, subjectId: runId },
    });
    expect(entry?.act).toBe('eval_run.imported');
  });

  test('nothing of prompts, outputs or the environment in a file reaches the database', async () => {
    const { body } = await evals.upload(promptfooFile('mixed'));
    const runIds = body.upload?.runs.map((run) => run.id) ?? [];
    expect(runIds).toHaveLength(4);
    const [cases, runs] = [
      await world.db.evalCase.findMany({ where: { runId: { in: runIds } } }),
      await world.db.evalRun.findMany({ where: { id: { in: runIds } } }),
    ];
    const kept = JSON.stringify([cases, runs], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const text of ['SUPPORT_DESK_TOKEN', 'not-a-real-token', '{{answer}}', 'Norway', 'Sure! Here'])
      expect(kept).not.toContain(text);
  });

  test('of several prompts only those count that are said to be what was measured', async () => {
    const release = await evals.release();
    const counts = async (prompt?: string[]) => {
      const { body } = await evals.upload(promptfooFile('mixed'), {
        releaseId: release.id,
        prompt,
        idempotencyKey: randomUUID(),
      });
      return body.userErrors[0]?.code ?? body.upload?.runs.map((run) => run.counts);
    };
    expect(await counts()).toEqual([false, false, false, false]);
    const other = await evals.release();
    const { body } = await evals.upload(promptfooFile('mixed'), {
      releaseId: other.id,
      prompt: ['support-reply v7'],
    });
    expect(body.upload?.runs.map((run) => run.counts)).toEqual([true, false, true, false]);
    expect(await counts(['no such prompt'])).toBe('INVALID_INPUT');
  });

  test('a file that names its eval digest needs no release', async () => {
    const { body } = await evals.upload(promptfooFile('redteam'));
    const run = await world.db.evalRun.findUniqueOrThrow({ where: { id: body.upload?.runs[0]?.id ?? '' } });
    expect(run).toMatchObject({
      counts: true,
      evalDigest: `sha256:${'a'.repeat(64)}`,
      releaseId: null,
      kind: 'redteam',
    });
  });

  test('the same file twice is refused naming the first run; with the same key it is the first', async () => {
    const release = await evals.release();
    const query = { releaseId: release.id, idempotencyKey: 'upload-again' };
    const first = await evals.upload(promptfooFile('gate-pass'), query);
    const before = await evals.stored();
    const repeated = await evals.upload(promptfooFile('gate-pass'), query);
    expect([repeated.status, repeated.body.upload?.runs]).toEqual([201, first.body.upload?.runs]);
    expect(repeated.body.upload?.id).not.toBe(first.body.upload?.id);
    const refused = await evals.upload(promptfooFile('gate-pass'), { releaseId: release.id });
    expect([refused.status, refused.body.userErrors[0]?.code]).toEqual([409, 'CONFLICT']);
    expect(refused.body.userErrors[0]?.message).toContain(first.body.upload?.runs[0]?.id);
    const otherInput = await evals.upload(promptfooFile('redteam'), query);
    expect([otherInput.status, otherInput.body.userErrors[0]?.field]).toEqual([
      409,
      ['input', 'idempotencyKey'],
    ]);
    expect(await evals.stored()).toEqual(before);
  });

  test('a client that chose the id sees its upload grow while it sends', async () => {
    const uploadId = randomUUID();
    const cases = Array.from({ length: 3000 }, (_, i) => passing(`grow-${String(i)}`));
    const file = Buffer.from(plainFile(cases));
    const seen: { state: string; casesStaged: number; runs: unknown[] }[] = [];
    const look = async () => {
      const response = await world.fetch(`/api/eval-uploads/${uploadId}`, { as: evals.member });
      if (response.ok) seen.push(((await response.json()) as { upload: (typeof seen)[number] }).upload);
    };
    const slowly = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(file.subarray(0, file.length - 100));
        for (let i = 0; i < 200 && !seen.some((one) => one.casesStaged > 0); i += 1) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          await look();
        }
        controller.enqueue(file.subarray(file.length - 100));
        controller.close();
      },
    });
    const { status, body } = await evals.upload(slowly, { uploadId, format: 'plain' }, { duplex: 'half' });
    await look();
    expect([status, body.upload?.id, body.upload?.casesStaged]).toEqual([201, uploadId, 3000]);
    expect(seen.at(-2)).toMatchObject({ state: 'receiving', runs: [] });
    expect(seen.at(-1)).toMatchObject({ state: 'committed', casesStaged: 3000 });
    expect((await evals.upload(plainFile([passing('x')]), { uploadId, format: 'plain' })).status).toBe(409);
  });
});
