import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { type ConnectionArgs, pageOf, toConnection } from '../../platform/graphql/connection.js';
import { integerKey } from '../../platform/graphql/cursor-keys.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { noTotals, type RunTotals } from './evals.domain.js';
import { caseOutcomes } from './evals.schema.js';
import type { EvalCase, EvalCaseConnection } from './eval-case.types.js';
import type { EvalRun } from './eval-run.types.js';

export interface CaseFilter {
  outcome?: string | null;
  category?: string | null;
}

const totalOf: Record<string, keyof RunTotals> = {
  pass: 'passed',
  fail: 'failed',
  error: 'errored',
  skip: 'skipped',
};

/** How many cases match, from what the run keeps: no counting of rows. */
const matching = (run: EvalRun, { outcome, category }: CaseFilter): number => {
  const { categories } = run.aggregates;
  const totals = category
    ? ((Object.hasOwn(categories, category) ? categories[category] : null) ?? noTotals)
    : run;
  const key = outcome ? totalOf[outcome] : 'cases';
  return key === undefined ? 0 : totals[key];
};

const cursorOf = (one: EvalCase) => ({ key: String(one.index), id: one.runId });

/** The cases of runs, in their order; batched over the request. */
@Injectable()
export class EvalCaseReads {
  constructor(private readonly database: Database) {}

  async casesOf(
    loaders: Loaders,
    run: EvalRun,
    { first, after, offset }: ConnectionArgs,
    { outcome, category }: CaseFilter = {},
  ): Promise<EvalCaseConnection> {
    const args = { first, after, offset };
    const filter = { outcome, category };
    const page = pageOf(args);
    const total = matching(run, filter);
    if (total === 0) return toConnection([], page, 0, cursorOf);
    const loader = loaders.once<string, EvalCase[]>(
      `evalCases ${JSON.stringify([args, filter])}`,
      async (ids) => grouped(ids, await this.rows(ids, page, filter), (row) => row.runId),
    );
    return toConnection((await loader.load(run.id)) ?? [], page, total, cursorOf);
  }

  private rows(
    runIds: readonly string[],
    page: ReturnType<typeof pageOf>,
    { outcome, category }: CaseFilter,
  ): Promise<EvalCase[]> {
    const { sql, empty } = Prisma;
    const known = caseOutcomes.find((one) => one === outcome);
    return this.database.client.$queryRaw`
      SELECT one.* FROM unnest(${[...runIds]}::uuid[]) AS p(id) CROSS JOIN LATERAL (
        SELECT c.run_id::text AS "runId", c.index, c.case_id AS "caseId", c.repeat, c.category, c.tags, c.outcome,
          c.score, c.metrics, c.expected_status AS "expectedStatus", c.severity, c.latency_ms AS "latencyMs",
          c.cost_usd::float8 AS "costUsd", c.input_digest AS "inputDigest", c.output_digest AS "outputDigest", c.reason
        FROM eval_case c WHERE c.run_id = p.id
          ${page.after ? sql`AND c.index > ${integerKey(page.after.key)}` : empty}
          ${known ? sql`AND c.outcome = ${known}` : empty}
          ${category ? sql`AND c.category = ${category}` : empty}
        ORDER BY c.index LIMIT ${page.take} OFFSET ${page.skip}) one
      ORDER BY one."runId", one.index`;
  }
}
