import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EvalsFixture, supportReplySuite } from '../support/evals.builder.js';
import { promptfooFile } from '../support/eval-files.js';
import { createWorld, type World } from '../support/world.js';

const runFields = `id counts uncountedReason evalDigest kind source sourceVersion label status flags
  cases passed failed errored skipped metrics { name mean count gate threshold meets } categories { category cases passed required }
  suiteVersion { version suite { key } } importedBy { id } release { id } workflow { id }`;

describe('eval suites and runs', () => {
  let world: World;
  let evals: EvalsFixture;

  beforeAll(async () => {
    world = await createWorld();
    evals = await EvalsFixture.create(world);
  });
  afterAll(() => world.close());

  const importRun = (input: object, as = evals.member) =>
    world.act<{ evalRun: Record<string, never> | null }>(
      'evalRunImport',
      `evalRun { ${runFields} }`,
      { workflowId: evals.workflowId, suiteId: evals.suiteId, ...input },
      as,
    );
  const plain = (cases: object[], more: object = {}) => ({ holdpoint: 'eval-run@1', ...more, cases });
  const passing = {
    caseId: 'a',
    outcome: 'pass',
    category: 'success',
    metrics: [{ name: 'groundedness', score: 1 }],
  };

  test('a suite gets versions, each the answer to the one that was read', async () => {
    const other = await EvalsFixture.create(world);
    const changed = { ...supportReplySuite, description: 'Another' };
    const again = (definition: object, expectedVersion: number) =>
      world.act(
        'evalSuiteVersionCreate',
        'evalSuiteVersion { version }',
        { suiteId: other.suiteId, expectedVersion, definition },
        other.member,
      );
    expect((await again(changed, 0)).userErrors[0]).toMatchObject({
      code: 'CONFLICT',
      field: ['input', 'expectedVersion'],
    });
    expect((await again(supportReplySuite, 1)).userErrors[0]).toMatchObject({ code: 'NOTHING_CHANGED' });
    expect(await again(changed, 1)).toMatchObject({ evalSuiteVersion: { version: 2 }, userErrors: [] });
    const data = await world.gql<{ evalSuite: Record<string, unknown> }>(
      `query ($id: ID!) { evalSuite(id: $id) { key latestVersion { version definition author { id } } versions { version } workflow { id } } }`,
      { id: other.suiteId },
      { as: other.member },
    );
    expect(data.evalSuite).toMatchObject({
      latestVersion: {
        version: 2,
        definition: { description: 'Another', maxErrorRate: 0 },
        author: { id: other.member.userId },
      },
      versions: [{ version: 2 }, { version: 1 }],
      workflow: { id: other.workflowId },
    });
  });

  test('a definition that contradicts itself names the field', async () => {
    const definition = { metrics: [{ name: 'toxicity', comparator: 'lte', threshold: 0.1 }] };
    const answer = await world.act(
      'evalSuiteVersionCreate',
      'evalSuiteVersion { id }',
      { suiteId: evals.suiteId, expectedVersion: 1, definition },
      evals.member,
    );
    expect(answer.userErrors[0]).toMatchObject({
      code: 'INVALID_INPUT',
      field: ['input', 'definition', 'metrics', '0', 'greaterIsBetter'],
    });
  });

  test('a small plain run is imported through GraphQL and shown against its gates', async () => {
    const release = await evals.release();
    const { evalRun, userErrors } = await importRun({
      releaseId: release.id,
      plain: plain([passing, { ...passing, caseId: 'b', outcome: 'error' }], { label: 'by hand' }),
    });
    expect(userErrors).toEqual([]);
    expect(evalRun).toMatchObject({
      counts: true,
      evalDigest: release.evalDigest,
      label: 'by hand',
      cases: 2,
      passed: 1,
      errored: 1,
      release: { id: release.id },
      workflow: { id: evals.workflowId },
      importedBy: { id: evals.member.userId },
      suiteVersion: { version: 1, suite: { key: 'support-reply' } },
    });
    expect(evalRun?.['metrics']).toContainEqual({
      name: 'groundedness',
      mean: 1,
      count: 1,
      gate: true,
      threshold: 0.9,
      meets: false,
    });
    expect(evalRun?.['metrics']).toContainEqual({
      name: 'schema_validity',
      mean: null,
      count: 0,
      gate: true,
      threshold: 1,
      meets: false,
    });
    expect(evalRun?.['categories']).toContainEqual({ category: 'success', cases: 2, passed: 1, required: 4 });
    expect(evalRun?.['categories']).toContainEqual({
      category: 'high_trust',
      cases: 0,
      passed: 0,
      required: 4,
    });
  });

  test('a run that names nothing it measured is kept and counts for nothing', async () => {
    const { evalRun } = await importRun({ plain: plain([{ ...passing, caseId: 'nobody' }]) });
    expect(evalRun).toMatchObject({
      counts: false,
      evalDigest: null,
      uncountedReason: 'No release was given, and the file names no eval digest',
    });
  });

  test('a run that names another digest than the release has counts for nothing', async () => {
    const release = await evals.release();
    const mine = plain([{ ...passing, caseId: 'mine' }], { evalDigest: release.evalDigest });
    const other = plain([passing], { evalDigest: `sha256:${'1'.repeat(64)}` });
    expect((await importRun({ plain: mine })).evalRun).toMatchObject({
      counts: true,
      evalDigest: release.evalDigest,
      release: null,
    });
    expect((await importRun({ plain: mine, releaseId: release.id })).evalRun).toMatchObject({ counts: true });
    expect((await importRun({ plain: other, releaseId: release.id })).evalRun).toMatchObject({
      counts: false,
      evalDigest: null,
    });
  });

  test('an abandoned run is kept as an attempt', async () => {
    const release = await evals.release();
    const { evalRun } = await importRun({
      releaseId: release.id,
      plain: plain([passing], { status: 'abandoned' }),
    });
    expect(evalRun).toMatchObject({ status: 'abandoned', counts: true });
  });

  test('the same run twice is refused naming the first; with the same key it is the first', async () => {
    const release = await evals.release();
    const input = {
      releaseId: release.id,
      plain: plain([{ ...passing, caseId: 'twice' }]),
      idempotencyKey: 'import-twice',
    };
    const first = await importRun(input);
    expect((await importRun(input)).evalRun).toEqual(first.evalRun);
    const again = await importRun({ ...input, idempotencyKey: null });
    expect(again.userErrors[0]?.code).toBe('CONFLICT');
    expect(again.userErrors[0]?.message).toContain(String(first.evalRun?.['id']));
    const elsewhere = await evals.release();
    expect((await importRun({ ...input, releaseId: elsewhere.id, idempotencyKey: null })).userErrors).toEqual(
      [],
    );
  });

  test.each([
    ['a case that is none', plain([{ caseId: 'a' }]), ['input', 'plain', 'cases', '0', 'outcome']],
    ['an unknown field', plain([passing], { extra: 1 }), ['input', 'plain', 'extra']],
    ['no cases', plain([]), ['input', 'plain', 'cases']],
    ['cases that are no list', { holdpoint: 'eval-run@1', cases: 7 }, ['input', 'plain', 'cases']],
    ['too many cases', plain(Array(501).fill(passing) as object[]), ['input', 'plain', 'cases']],
    ['something else', 'eval-run@1', ['input', 'plain']],
  ])('through GraphQL, %s is refused with its field and nothing is stored', async (_, body, field) => {
    const before = await evals.stored();
    const { userErrors } = await importRun({ plain: body });
    expect(userErrors[0]).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(await evals.stored()).toEqual(before);
  });

  test('only the team may import, into its own suites, for its own releases', async () => {
    const other = await EvalsFixture.create(world);
    const release = await other.release();
    const stranger = await world.person();
    const ask = async (input: object, as = evals.member) =>
      (await importRun({ plain: plain([passing]), ...input }, as)).userErrors[0];
    expect(await ask({ workflowId: other.workflowId, suiteId: other.suiteId })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await ask({ suiteId: other.suiteId })).toMatchObject({
      code: 'NOT_FOUND',
      field: ['input', 'suiteId'],
    });
    expect(await ask({ releaseId: release.id })).toMatchObject({
      code: 'NOT_FOUND',
      field: ['input', 'releaseId'],
    });
    const refused = await world.raw(
      `mutation ($input: EvalRunImportInput!) { evalRunImport(input: $input) { userErrors { code } } }`,
      { input: { workflowId: evals.workflowId, suiteId: evals.suiteId, plain: {} } },
      { as: stranger },
    );
    expect(refused.body.errors?.[0]?.extensions?.['code'] ?? 'FORBIDDEN').toBe('FORBIDDEN');
  });

  test('what belongs to a restricted workflow is not there for others', async () => {
    const hidden = await EvalsFixture.create(world, { restricted: true });
    const { body } = await hidden.upload(promptfooFile('redteam'));
    const stranger = await world.person();
    const ask = (as: typeof stranger) =>
      world.gql(
        `query ($suite: ID!, $run: ID!, $upload: ID!) { evalSuite(id: $suite) { id } evalRun(id: $run) { id } evalUpload(id: $upload) { id } }`,
        { suite: hidden.suiteId, run: body.upload?.runs[0]?.id, upload: body.upload?.id },
        { as },
      );
    expect(await ask(stranger)).toEqual({ evalSuite: null, evalRun: null, evalUpload: null });
    expect(await ask(hidden.member)).toMatchObject({
      evalRun: { id: body.upload?.runs[0]?.id },
      evalUpload: { id: body.upload?.id },
    });
    expect(
      await world.gql(
        `{ evalRun(id: "nonsense") { id } evalUpload(id: "nonsense") { id } evalSuite(id: "nonsense") { id } }`,
        {},
        { as: stranger },
      ),
    ).toEqual({ evalRun: null, evalUpload: null, evalSuite: null });
  });
});
