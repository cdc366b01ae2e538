import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { CONFIG, type Config } from '../../platform/config/config.js';
import type { Actor } from '../../platform/identity/actor.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { CaseStaging } from './case-staging.service.js';
import type { EvalUploadQuery } from './evals-input.schema.js';
import { importLimits } from './import/import-limits.js';
import type { StagedCase } from './import/imported-run.js';
import { runImport } from './import/run-import.js';
import { RunRecorder } from './run-record.service.js';
import { UploadLog } from './upload-log.service.js';
import { UploadTargetReads, type UploadTarget } from './upload-target.reads.js';

/** Cases gathered before they are written: what takes few milliseconds to put together. */
const batchSize = 500;
/** Milliseconds between two notes of how far an upload has come. */
const noteEvery = 1000;

export interface UploadRequest {
  actor: Actor;
  requestId: string;
  query: EvalUploadQuery;
  /** From the Content-Length header; null where the client does not know. */
  bytesTotal: number | null;
}

/** An upload that was let in and is about to be read. */
export interface OpenUpload extends UploadRequest {
  id: string;
  target: UploadTarget;
}

/** Reads uploaded result files as they arrive: cases are staged under no lock, then one short act records the runs. */
@Injectable()
export class UploadService {
  constructor(
    private readonly targets: UploadTargetReads,
    private readonly log: UploadLog,
    private readonly staging: CaseStaging,
    private readonly recorder: RunRecorder,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Everything that can be refused before the first byte. @throws Refusal */
  async open(request: UploadRequest): Promise<OpenUpload> {
    const { actor, query, bytesTotal } = request;
    const target = await this.targets.find(actor, query, 'query');
    if (bytesTotal !== null && bytesTotal > this.config.uploadLimit) {
      const limit = `${String(Math.round(this.config.uploadLimit / 1024 ** 2))} MiB`;
      throw new Refusal('FILE_TOO_LARGE', `The file is larger than the ${limit} that are taken`, ['file']);
    }
    const id = query.uploadId ?? uuidv7();
    const { fileName, workflowId } = query;
    await this.log.start({ id, workflowId, fileName, bytesTotal, startedById: actor.id }, new Date());
    return { ...request, id, target };
  }

  /** @throws Refusal after which nothing of the file is left; any other error leaves nothing either */
  async read(upload: OpenUpload, body: AsyncIterable<Uint8Array>): Promise<void> {
    const staged: string[] = [];
    const alive = setInterval(() => void this.log.touch(upload.id).catch(() => undefined), 30_000);
    try {
      const recorded = await this.import(upload, body, staged);
      // A repeated request got the first one's runs: what was staged for this one is not needed.
      if (!staged.every((id) => recorded.includes(id))) {
        await this.staging.discard(staged);
        await this.log.repeat(upload.id, recorded);
      }
    } catch (error) {
      const fault = {
        code: 'INTERNAL_SERVER_ERROR',
        message: 'Something went wrong on our side',
        field: null,
      };
      const refusal = error instanceof Refusal ? error.errors[0] : undefined;
      await this.log.refuse(upload.id, staged, refusal ?? fault);
      throw error;
    } finally {
      clearInterval(alive);
    }
  }

  /** @param staged takes the ids of runs before their first case is written, for whoever has to clear up */
  private async import(
    { id, actor, requestId, query, target }: OpenUpload,
    body: AsyncIterable<Uint8Array>,
    staged: string[],
  ): Promise<string[]> {
    const { format, kind = null } = query;
    const limits = { ...importLimits, maxBytes: Math.min(importLimits.maxBytes, this.config.uploadLimit) };
    const importer = runImport(format, { newId: uuidv7, kind, limits });
    const sha256 = createHash('sha256');
    const progress = { bytesReceived: 0, casesStaged: 0, runIds: staged, state: 'receiving' as const };
    let waiting: StagedCase[] = [];
    let noted = Date.now();

    const write = async (cases: StagedCase[]) => {
      const known = staged.length;
      for (const { runId } of cases) if (!staged.includes(runId)) staged.push(runId);
      // Whoever finds this upload abandoned has to know which cases to remove.
      if (staged.length > known) await this.log.progress(id, progress);
      await this.staging.stage(cases);
      progress.casesStaged += cases.length;
    };
    for await (const chunk of body) {
      sha256.update(chunk);
      progress.bytesReceived += chunk.length;
      waiting.push(...importer.push(chunk));
      if (waiting.length >= batchSize) {
        await write(waiting);
        waiting = [];
      }
      // Others' transactions wait for their turn on this thread, some of them with a lock in their hands.
      await setImmediate();
      if (Date.now() - noted >= noteEvery) {
        await this.log.progress(id, progress);
        noted = Date.now();
      }
    }
    const { cases, runs } = importer.end();
    await write([...waiting, ...cases]);
    await this.log.progress(id, { ...progress, state: 'staging' });
    return this.recorder.record({
      ...{ actor, requestId, mutation: 'evalUpload', idempotencyKey: query.idempotencyKey ?? null },
      ...{ target, format, rawSha256: sha256.digest('hex'), prompts: query.prompt, runs },
      also: (act) =>
        this.log.commit(
          act.tx,
          id,
          runs.map((run) => run.id),
          act.now,
        ),
    });
  }
}
