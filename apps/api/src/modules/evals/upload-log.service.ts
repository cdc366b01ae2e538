import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database, type Tx } from '../../platform/database/database.js';
import { LOGGER } from '../../platform/http/logger.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { CaseStaging } from './case-staging.service.js';

/** Milliseconds without a sign of life after which an upload of another process is given up. */
const silence = 2 * 60_000;

export interface UploadStart {
  id: string;
  workflowId: string;
  fileName: string;
  bytesTotal: number | null;
  startedById: string;
}

export interface UploadError {
  code: string;
  message: string;
  field: string[] | null;
}

export interface UploadProgress {
  bytesReceived: number;
  casesStaged: number;
  runIds: string[];
  state: 'receiving' | 'staging';
}

const underway = { state: { in: ['receiving', 'staging'] } };

/**
 * How far uploads have come. Progress is no act: it is written outside any lock, is in no ledger, and says nothing
 * that a gate reads. It is also what finds the staged cases of a process that died.
 */
@Injectable()
export class UploadLog implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly staging: CaseStaging,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** On the embedded database no other process can be at work: whatever is underway belongs to a dead one. */
  async onApplicationBootstrap(): Promise<void> {
    await this.giveUp(this.database.engine === 'pglite' ? 0 : silence);
  }

  /** @throws Refusal CONFLICT when the id was used before */
  async start(upload: UploadStart, now: Date): Promise<void> {
    await this.giveUp(silence);
    const { count } = await this.database.client.evalUpload.createMany({
      data: [{ ...upload, state: 'receiving', runIds: [], createdAt: now, updatedAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) throw new Refusal('CONFLICT', 'There is an upload with this id', ['query', 'uploadId']);
  }

  async progress(id: string, progress: UploadProgress): Promise<void> {
    await this.database.client.evalUpload.updateMany({
      where: { id, ...underway },
      data: { ...progress, updatedAt: new Date() },
    });
  }

  /** A sign of life while a slow client sends. */
  async touch(id: string): Promise<void> {
    await this.database.client.evalUpload.updateMany({
      where: { id, ...underway },
      data: { updatedAt: new Date() },
    });
  }

  /** Settles an upload that repeated an earlier one: it has that one's runs. */
  async repeat(id: string, runIds: string[]): Promise<void> {
    await this.database.client.evalUpload.updateMany({
      where: { id, ...underway },
      data: { state: 'committed', runIds, updatedAt: new Date() },
    });
  }

  /** Settles an upload inside the act that records its runs. @throws Refusal CONFLICT when it was given up meanwhile */
  async commit(tx: Pick<Tx, 'evalUpload'>, id: string, runIds: string[], now: Date): Promise<void> {
    const { count } = await tx.evalUpload.updateMany({
      where: { id, ...underway },
      data: { state: 'committed', runIds, updatedAt: now },
    });
    if (count === 0) throw new Refusal('CONFLICT', 'This upload was given up: it was silent for too long');
  }

  /** Says why, then removes what was staged. Nothing of the upload is left but this row. */
  async refuse(id: string, stagedRunIds: string[], error: UploadError): Promise<void> {
    await this.database.client.evalUpload.updateMany({
      where: { id, ...underway },
      data: { state: 'refused', runIds: stagedRunIds, error: { ...error }, updatedAt: new Date() },
    });
    await this.discard({ id, runIds: stagedRunIds });
  }

  /** Takes over what silent processes left, and what one left that died while it cleared up. */
  private async giveUp(silentFor: number): Promise<void> {
    await this.database.client.$executeRaw`
      UPDATE eval_upload SET state = 'refused', updated_at = clock_timestamp(),
        error = '{"code": "UPLOAD_ABORTED", "message": "The server stopped while it was reading this file", "field": null}'
      WHERE state IN ('receiving', 'staging')
        AND updated_at <= clock_timestamp() - make_interval(secs => ${silentFor / 1000}::float8)`;
    const left = await this.database.client.evalUpload.findMany({
      where: { state: 'refused', runIds: { isEmpty: false } },
      select: { id: true, runIds: true },
    });
    for (const upload of left) {
      await this.discard(upload);
      this.logger.warn({ uploadId: upload.id }, 'what an unfinished upload had staged was discarded');
    }
  }

  private async discard({ id, runIds }: { id: string; runIds: string[] }): Promise<void> {
    await this.staging.discard(runIds);
    await this.database.client.evalUpload.updateMany({
      where: { id, state: 'refused' },
      data: { runIds: [] },
    });
  }
}
