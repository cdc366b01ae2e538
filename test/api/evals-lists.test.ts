import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EvalsFixture } from '../support/evals.builder.js';
import { passing, plainFile, promptfooFile } from '../support/eval-files.js';
import { createWorld, type World } from '../support/world.js';

describe('lists of eval runs and cases', () => {
  let world: World;
  let own: EvalsFixture;

  beforeAll(async () => {
    world = await createWorld();
    own = await EvalsFixture.create(world);
  });
  afterAll(() => world.close());

  test('lists of runs and cases have pages, filters and totals, in a constant number of statements', async () => {
    const release = await own.release();
    for (let i = 0; i < 3; i += 1) {
      await world.mustAct(
        'evalRunImport',
        'evalRun { id }',
        {
          workflowId: own.workflowId,
          suiteId: own.suiteId,
          releaseId: i === 0 ? null : release.id,
          plain: JSON.parse(plainFile([passing(`n${String(i)}`)])) as object,
        },
        own.member,
      );
    }
    await own.upload(promptfooFile('mixed'), { releaseId: release.id });
    const query = `query ($id: ID!, $first: Int!, $after: String, $runs: EvalRunFilter, $cases: EvalCaseFilter) { workflow(id: $id) { evalSuites { key latestVersion { version } }
      evalRuns(first: $first, after: $after, filter: $runs) { totalCount pageInfo { endCursor hasNextPage }
        nodes { id label cases suiteVersion { version } importedBy { name } metrics { name } release { alias }
          caseList(first: 2, filter: $cases) { totalCount nodes { index caseId outcome category } pageInfo { endCursor } } } } } }`;
    type Answer = {
      workflow: {
        evalRuns: {
          totalCount: number;
          pageInfo: { endCursor: string };
          nodes: {
            id: string;
            caseList: {
              totalCount: number;
              nodes: { index: number; outcome: string }[];
              pageInfo: { endCursor: string };
            };
          }[];
        };
      };
    };
    const ask = (variables: object) =>
      world.gql<Answer>(query, { id: own.workflowId, first: 50, ...variables }, { as: own.member });
    const all = (await ask({})).workflow.evalRuns;
    expect([all.totalCount, all.nodes.length]).toEqual([7, 7]);
    const firstPage = (await ask({ first: 4 })).workflow.evalRuns;
    const secondPage = (await ask({ first: 4, after: firstPage.pageInfo.endCursor })).workflow.evalRuns;
    expect([...firstPage.nodes, ...secondPage.nodes].map((run) => run.id)).toEqual(
      all.nodes.map((run) => run.id),
    );
    expect((await ask({ runs: { counts: false } })).workflow.evalRuns.totalCount).toBe(5);
    expect(
      (await ask({ runs: { releaseId: release.id, suiteId: own.suiteId } })).workflow.evalRuns.totalCount,
    ).toBe(6);
    expect((await ask({ runs: { releaseId: 'nonsense' } })).workflow.evalRuns.totalCount).toBe(0);
    const errors = (await ask({ cases: { outcome: 'error' } })).workflow.evalRuns.nodes;
    expect(errors.map((run) => run.caseList.totalCount).sort()).toEqual([0, 0, 0, 0, 0, 1, 1]);
    const success = (await ask({ cases: { category: 'success', outcome: 'pass' } })).workflow.evalRuns.nodes;
    for (const { caseList } of success) expect(caseList.nodes.length).toBe(Math.min(2, caseList.totalCount));
    const bigger = all.nodes.find((run) => run.caseList.totalCount === 7);
    const rest = await world.gql<{ evalRun: { caseList: { nodes: { index: number }[] } } }>(
      `query ($id: ID!, $after: String) { evalRun(id: $id) { caseList(first: 100, after: $after) { nodes { index } } } }`,
      { id: bigger?.id, after: bigger?.caseList.pageInfo.endCursor },
      { as: own.member },
    );
    expect(rest.evalRun.caseList.nodes.map((one) => one.index)).toEqual([2, 3, 4, 5, 6]);
    expect(await statements(world, () => ask({ first: 50 }))).toBe(
      await statements(world, () => ask({ first: 1 })),
    );
  });
});

async function statements(world: World, work: () => Promise<unknown>): Promise<number> {
  const seen = await world.database.statements.during(work);
  return seen.filter((sql) => !sql.includes('outbox_event')).length;
}
