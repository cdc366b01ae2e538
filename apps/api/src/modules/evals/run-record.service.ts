import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Act } from '../../platform/door/act.types.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import type { UploadFormat } from './evals-input.schema.js';
import type { ImportedRun } from './import/imported-run.js';
import { bindRun, unknownPrompts, type RunClaim } from './run-binding.domain.js';
import type { UploadTarget } from './upload-target.reads.js';

export interface RunRecord {
  actor: Actor;
  requestId: string;
  mutation: 'evalUpload' | 'evalRunImport';
  idempotencyKey: string | null;
  target: UploadTarget;
  format: UploadFormat;
  /** Hex sha256 of the bytes that were read. */
  rawSha256: string;
  prompts: readonly string[];
  runs: readonly ImportedRun[];
  /** What else belongs into the same transaction. */
  also: (act: Act) => Promise<void>;
}

/** Records imported runs: the one short act of an import. Their cases are in the database by then, or come with it. */
@Injectable()
export class RunRecorder {
  constructor(private readonly door: Door) {}

  /**
   * @returns the runs recorded; for a repeated request with the same key those of the first one
   * @throws Refusal CONFLICT for a file that was imported before, INVALID_INPUT for a prompt that it does not have
   */
  async record(spec: RunRecord): Promise<string[]> {
    const { actor, requestId, mutation, idempotencyKey, target, format, rawSha256, prompts } = spec;
    const { workflowId, suiteId, releaseId } = target;
    const claims = spec.runs.map(claimOf);
    const [unknown] = unknownPrompts(claims, prompts);
    if (unknown !== undefined) {
      throw new Refusal('INVALID_INPUT', `No prompt of the file is called ${unknown}`, ['query', 'prompt']);
    }
    const input = { workflowId, suiteId, releaseId, format, rawSha256, prompts: [...prompts] };
    const { runIds } = await this.door.act(
      {
        actor,
        requestId,
        mutation,
        input,
        idempotencyKey,
        scope: { workflowId },
        permission: 'evalRun.import',
      },
      async (act) => {
        await refuseSecond(act, spec);
        await spec.also(act);
        const rows = spec.runs.map((run) =>
          rowOf(run, spec, act, bindRun(claimOf(run), claims, { ...target, prompts })),
        );
        await act.tx.evalRun.createMany({ data: rows });
        act.record({
          act: 'eval_run.imported',
          subjectKind: 'eval_run',
          subjectId: rows[0]?.id ?? '',
          subjectDigest: `sha256:${rawSha256}`,
          data: {
            suiteVersionId: target.suiteVersionId,
            releaseId,
            runs: rows.map((row) => ({
              ...{ id: row.id, evalDigest: row.evalDigest, counts: row.counts, status: row.status },
              ...{ cases: row.cases, passed: row.passed, failed: row.failed, errored: row.errored },
            })),
          },
        });
        return { runIds: rows.map((row) => row.id) };
      },
    );
    return runIds;
  }
}

const claimOf = (run: ImportedRun): RunClaim => ({ ...run, cases: run.totals.cases });

async function refuseSecond(act: Act, { target, rawSha256 }: RunRecord): Promise<void> {
  if (act.workflow.retiredAt) throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
  const { suiteVersionId, releaseId } = target;
  const first = await act.tx.evalRun.findFirst({
    where: { rawSha256, suiteVersionId, releaseId },
    select: { id: true, createdAt: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  if (!first) return;
  const message = `This file was imported before, as run ${first.id}, on ${first.createdAt.toISOString()}`;
  throw new Refusal('CONFLICT', message, ['file']);
}

const rowOf = (run: ImportedRun, spec: RunRecord, act: Act, binding: ReturnType<typeof bindRun>) => {
  const { workflowId, suiteVersionId, releaseId } = spec.target;
  const { id, kind, sourceVersion, label, status, startedAt, finishedAt, totals, aggregates, flags } = run;
  return {
    ...{ id, workflowId, suiteVersionId, releaseId, ...binding, kind, source: spec.format, sourceVersion },
    ...{ rawSha256: spec.rawSha256, label, status, startedAt, finishedAt, ...totals, aggregates, flags },
    tokensIn: run.tokensIn,
    tokensOut: run.tokensOut,
    costUsd: run.costUsd,
    durationMs: run.durationMs === null ? null : Math.round(run.durationMs),
    importedById: act.actor.id,
    createdAt: act.now,
  };
};
