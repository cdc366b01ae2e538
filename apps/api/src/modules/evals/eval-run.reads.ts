import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { EvalRunModel } from '../../platform/database/generated/models.js';
import { type ConnectionArgs, pageOf, toConnection } from '../../platform/graphql/connection.js';
import { instantKey } from '../../platform/graphql/cursor-keys.js';
import { indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { RunAggregates } from './evals.schema.js';
import type { EvalRun, EvalRunConnection } from './eval-run.types.js';

export interface RunFilter {
  releaseId?: string | null;
  suiteId?: string | null;
  counts?: boolean | null;
}

const numberOrNull = (value: bigint | { toNumber(): number } | null): number | null =>
  value === null ? null : typeof value === 'bigint' ? Number(value) : value.toNumber();

const runOf = (row: EvalRunModel): EvalRun => ({
  ...row,
  aggregates: row.aggregates as unknown as RunAggregates,
  flags: row.flags as string[],
  tokensIn: numberOrNull(row.tokensIn),
  tokensOut: numberOrNull(row.tokensOut),
  durationMs: numberOrNull(row.durationMs),
  costUsd: numberOrNull(row.costUsd),
});

const cursorOf = (run: EvalRun) => ({ key: run.createdAt.toISOString(), id: run.id });

/** Eval runs; batched over the request. */
@Injectable()
export class EvalRunReads {
  constructor(private readonly database: Database) {}

  load(loaders: Loaders, id: string): Promise<EvalRun | null> {
    const loader = loaders.once<string, EvalRun>('evalRun', async (ids) => this.byIds(ids));
    return loader.load(id);
  }

  /** Several, in the order given; unknown ones are left out. */
  async many(loaders: Loaders, ids: readonly string[]): Promise<EvalRun[]> {
    const found = await Promise.all(ids.map((id) => this.load(loaders, id)));
    return found.filter((run) => run !== null);
  }

  /** Runs of one workflow, newest first: two statements, however many workflows ask for the same page. */
  async runsOfWorkflow(
    loaders: Loaders,
    workflowId: string,
    { first, after, offset }: ConnectionArgs,
    { releaseId, suiteId, counts }: RunFilter = {},
  ): Promise<EvalRunConnection> {
    const args = { first, after, offset };
    const filter = { releaseId, suiteId, counts };
    const page = pageOf(args);
    const loader = loaders.once<string, EvalRunConnection>(
      `evalRuns ${JSON.stringify([args, filter])}`,
      async (ids) => {
        const found = await this.idsOf(ids, page, filter);
        const all = await this.byIds(found.flatMap((one) => one.runIds));
        const runs = new Map(all.flatMap((run) => (run ? [[run.id, run]] : [])));
        const pages = found.map(({ workflowId: id, runIds, total }) => {
          const rows = runIds.flatMap((runId) => runs.get(runId) ?? []);
          return [id, toConnection(rows, page, total, cursorOf)] as const;
        });
        const byWorkflow = new Map(pages);
        return ids.map((id) => byWorkflow.get(id) ?? null);
      },
    );
    return (await loader.load(workflowId)) ?? toConnection([], page, 0, cursorOf);
  }

  /** In the order given, null where there is none; outside any request. */
  async byIds(ids: readonly string[]): Promise<(EvalRun | null)[]> {
    const rows = await this.database.client.evalRun.findMany({ where: { id: { in: ids.filter(isUuid) } } });
    return indexed(ids, rows.map(runOf), (row) => row.id);
  }

  private idsOf(
    workflowIds: readonly string[],
    page: ReturnType<typeof pageOf>,
    { releaseId, suiteId, counts }: RunFilter,
  ): Promise<{ workflowId: string; total: number; runIds: string[] }[]> {
    const { sql, empty } = Prisma;
    // An id that is none matches nothing; as a value of its column it would be a fault.
    const is = (column: Prisma.Sql, id: string) =>
      isUuid(id) ? sql`AND ${column} = ${id}::uuid` : sql`AND FALSE`;
    const ofSuite = (id: string) =>
      sql`AND r.suite_version_id IN (SELECT v.id FROM eval_suite_version v WHERE TRUE ${is(sql`v.suite_id`, id)})`;
    const matching = sql`r.workflow_id = p.id
      ${releaseId ? is(sql`r.release_id`, releaseId) : empty}
      ${suiteId ? ofSuite(suiteId) : empty}
      ${counts == null ? empty : sql`AND r.counts = ${counts}`}`;
    const following = page.after
      ? sql`AND (r.created_at, r.id) < (${instantKey(page.after.key)}, ${page.after.id}::uuid)`
      : empty;
    return this.database.client.$queryRaw`
      SELECT p.id::text AS "workflowId", (SELECT count(*)::int FROM eval_run r WHERE ${matching}) AS total,
        ARRAY(SELECT r.id::text FROM eval_run r WHERE ${matching} ${following}
              ORDER BY r.created_at DESC, r.id DESC LIMIT ${page.take} OFFSET ${page.skip}) AS "runIds"
      FROM unnest(${[...workflowIds]}::uuid[]) AS p(id)`;
  }
}
