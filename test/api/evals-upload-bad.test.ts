import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { UploadLog } from '../../apps/api/src/modules/evals/upload-log.service.js';
import { EvalsFixture } from '../support/evals.builder.js';
import { passing, plainFile, promptfooFile, promptfooText } from '../support/eval-files.js';
import { createWorld, type World } from '../support/world.js';

describe('bad uploads of result files', () => {
  let world: World;
  let evals: EvalsFixture;
  let before: Awaited<ReturnType<EvalsFixture['stored']>>;

  beforeAll(async () => {
    world = await createWorld({ HOLDPOINT_UPLOAD_LIMIT_MB: '1' });
    evals = await EvalsFixture.create(world);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    before = await evals.stored();
  });
  afterEach(async () => {
    expect(await evals.stored()).toEqual(before);
    expect(await world.db.evalUpload.count({ where: { state: { in: ['receiving', 'staging'] } } })).toBe(0);
    expect(world.logs.filter((line) => line.includes('"status":500'))).toEqual([]);
  });

  const gatePass = promptfooFile('gate-pass');
  const many = plainFile(Array.from({ length: 2500 }, (_, i) => passing(`m${String(i)}`)));
  test.each<[string, Buffer | string, Record<string, string>, number, string, string | undefined]>([
    ['truncated', gatePass.subarray(0, -400), {}, 422, 'FILE_INVALID', 'file.metadata'],
    [
      'truncated after cases were staged',
      many.slice(0, -2),
      { format: 'plain' },
      422,
      'FILE_INVALID',
      'file.cases.2499',
    ],
    [
      'wrong only in its last case',
      many.replace('"m2499","outcome":"pass"', '"m2499","outcome":"good"'),
      { format: 'plain' },
      422,
      'FILE_INVALID',
      'file.cases.2499.outcome',
    ],
    ['too large', Buffer.alloc(1_200_000, 32), {}, 413, 'FILE_TOO_LARGE', 'file'],
    ['deep', `{"results": {"results": [{"vars": ${'['.repeat(50_000)}`, {}, 413, 'FILE_TOO_LARGE', undefined],
    ['UTF-16', Buffer.from(promptfooText([{}]), 'utf16le'), {}, 422, 'FILE_INVALID', 'file'],
    [
      'Latin-1',
      Buffer.from(promptfooText([{ testCase: { metadata: { caseId: 'Müller' } } }]), 'latin1'),
      {},
      422,
      'FILE_INVALID',
      'file',
    ],
    ['with a byte-order mark', `\uFEFF${promptfooText([{}])}`, {}, 422, 'FILE_INVALID', 'file'],
    ['of another format', plainFile([passing('a')]), {}, 422, 'FILE_INVALID', 'file.results.version'],
    ['no JSON', '<testsuites/>', {}, 422, 'FILE_INVALID', 'file'],
    ['empty', '', {}, 422, 'FILE_INVALID', 'file'],
    [
      'for a workflow that is not there',
      gatePass,
      { workflowId: randomUUID() },
      404,
      'NOT_FOUND',
      'query.workflowId',
    ],
    [
      'for a workflow that cannot be',
      gatePass,
      { workflowId: "' OR 1=1" },
      400,
      'INVALID_INPUT',
      'query.workflowId',
    ],
    ['for a suite that is not there', gatePass, { suiteId: randomUUID() }, 404, 'NOT_FOUND', 'query.suiteId'],
    [
      'for a release that is not there',
      gatePass,
      { releaseId: randomUUID() },
      404,
      'NOT_FOUND',
      'query.releaseId',
    ],
    ['in a format that is not read', gatePass, { format: 'junit' }, 400, 'INVALID_INPUT', 'query.format'],
    ['of a kind that is none', gatePass, { kind: 'smoke' }, 400, 'INVALID_INPUT', 'query.kind'],
    ['with a parameter that is not known', gatePass, { sweet: '1' }, 400, 'INVALID_INPUT', 'query.sweet'],
    ['named with NUL', gatePass, { fileName: 'a\u0000b' }, 400, 'INVALID_INPUT', 'query.fileName'],
  ])('%s: refused with the place, nothing stored', async (_, file, query, status, code, field) => {
    const answer = await evals.upload(file, query);
    expect([answer.status, answer.body.userErrors[0]?.code]).toEqual([status, code]);
    expect(answer.body.userErrors[0]?.message).toBeTruthy();
    if (field !== undefined) expect(answer.body.userErrors[0]?.field?.join('.')).toBe(field);
    if (answer.body.upload)
      expect(answer.body.upload).toMatchObject({ state: 'refused', runs: [], error: { code } });
  });

  test('without a length are cut at the limit, and the client hears why', async () => {
    let sent = 0;
    const long = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await pause(1);
        controller.enqueue(new Uint8Array(65_536).fill(32));
        sent += 65_536;
        if (sent > 4_000_000) controller.close();
      },
    });
    const answer = await evals.upload(long, {}, { duplex: 'half' });
    expect([answer.status, answer.body.userErrors[0]?.code]).toEqual([413, 'FILE_TOO_LARGE']);
    expect(answer.body.upload).toMatchObject({ state: 'refused', bytesTotal: null });
    expect(answer.body.upload?.bytesReceived).toBeLessThan(1_200_000);
  });

  test.each(['application/x-ndjson', 'text/plain', 'multipart/form-data; boundary=x', 'application/xml', ''])(
    'sent as "%s" are refused for their type',
    async (type) => {
      const response = await world.fetch(
        `/api/eval-uploads?workflowId=${evals.workflowId}&suiteId=${evals.suiteId}&format=plain`,
        {
          ...{
            method: 'POST',
            as: evals.member,
            body: Buffer.from(plainFile([passing('a')])),
            headers: type ? { 'content-type': type } : {},
          },
        },
      );
      expect(response.status).toBe(415);
    },
  );

  test('sent by nobody, or by somebody of another team, are refused', async () => {
    const stranger = await EvalsFixture.create(world);
    expect((await evals.upload(gatePass, {}, { as: null })).status).toBe(401);
    expect((await evals.upload(gatePass, {}, { as: stranger.member })).status).toBe(403);
    const hidden = await EvalsFixture.create(world, { restricted: true });
    expect(
      (await evals.upload(gatePass, { workflowId: hidden.workflowId, suiteId: hidden.suiteId })).status,
    ).toBe(404);
    expect((await world.fetch(`/api/eval-uploads/${randomUUID()}`, { as: evals.member })).status).toBe(404);
    expect((await world.fetch('/api/eval-uploads/nonsense', { as: evals.member })).status).toBe(404);
  });

  test('broken off by the client leave nothing', async () => {
    const refused = await world.db.evalUpload.count({ where: { state: 'refused' } });
    const query = `workflowId=${evals.workflowId}&suiteId=${evals.suiteId}&format=plain`;
    const sending = request(`${world.url}/api/eval-uploads?${query}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: evals.member.cookie,
        'content-length': many.length,
      },
    });
    sending.on('error', () => undefined);
    sending.write(many.slice(0, -5000));
    for (let i = 0; i < 200 && (await world.db.evalCase.count()) === before.cases; i += 1) await pause();
    expect(await world.db.evalCase.count()).toBeGreaterThan(before.cases);
    sending.destroy();
    await settled(world, refused + 1);
    const last = await world.db.evalUpload.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    expect(last).toMatchObject({ state: 'refused', runIds: [], error: { code: 'UPLOAD_ABORTED' } });
  });

  test('left behind by a process that died are discarded when the next one starts', async () => {
    const [id, runId] = [randomUUID(), randomUUID()];
    const long = new Date(Date.now() - 3_600_000);
    await world.db.evalUpload.create({
      data: {
        ...{ id, workflowId: evals.workflowId, state: 'receiving', fileName: 'x' },
        ...{ startedById: evals.member.userId, createdAt: long, updatedAt: long, runIds: [runId] },
      },
    });
    await world.db.evalCase.create({
      data: { runId, index: 0, caseId: 'orphan', outcome: 'pass', tags: [], metrics: [] },
    });
    await world.app.get(UploadLog, { strict: false }).onApplicationBootstrap();
    expect(await world.db.evalUpload.findUnique({ where: { id } })).toMatchObject({
      state: 'refused',
      runIds: [],
    });
    expect(await world.db.evalCase.count({ where: { runId } })).toBe(0);
  });
});

const pause = (ms = 25) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until no upload is underway and at least this many were refused. */
async function settled(world: World, refused: number): Promise<void> {
  for (let i = 0; i < 400; i += 1) {
    const underway = await world.db.evalUpload.count({
      // A refused one still clears up while it names runs.
      where: {
        OR: [{ state: { in: ['receiving', 'staging'] } }, { state: 'refused', runIds: { isEmpty: false } }],
      },
    });
    if (underway === 0 && (await world.db.evalUpload.count({ where: { state: 'refused' } })) >= refused)
      return;
    await pause();
  }
  throw new Error('An upload is still underway');
}
