import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../../platform/database/database.js';
import { LOGGER } from '../../platform/http/logger.js';
import { Rounds } from '../../platform/rounds/rounds.js';
import type { AcknowledgementReport, CountReport, InstanceReport } from './observation.domain.js';
import { writeObservations } from './observation-statement.js';
import { PendingObservations, type ObservationBatch } from './pending-observations.js';

/** Milliseconds for which reports are gathered; acknowledgements go at once. */
const gatherFor = 250;

type Written = (batch: ObservationBatch) => void;

/**
 * Writes what instances say. Observations: no lock of a workflow, no door, no ledger. Everything heard in a quarter of a
 * second is one statement; a batch that fails goes with the next, so that nothing is lost while the database is away.
 */
@Injectable()
export class ObservationWriter implements OnModuleInit, OnApplicationShutdown {
  private readonly log: Logger;
  private readonly pending = new PendingObservations();
  private readonly listeners: Written[] = [];
  private readonly sources: (() => void)[] = [];
  private readonly rounds = new Rounds();
  private writing: Promise<void> | null = null;
  private soon = false;
  private failures = 0;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'telemetry' });
  }

  onModuleInit(): void {
    this.rounds.every(gatherFor, () => this.flush());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    await this.flush();
    await this.flush();
  }

  report(report: InstanceReport): void {
    this.pending.report(report);
  }

  count(count: CountReport): void {
    this.pending.count(count);
  }

  /** To be written with the next turn of the event loop, so that acknowledgements that arrive together go together. */
  acknowledge(acknowledgement: AcknowledgementReport): void {
    this.pending.acknowledge(acknowledgement);
    if (this.soon) return;
    this.soon = true;
    setImmediate(() => {
      this.soon = false;
      void this.flush();
    });
  }

  /** To be asked for what it holds before anything is written. */
  drain(source: () => void): void {
    this.sources.push(source);
  }

  /** To be told of every batch once it is in the database. */
  written(listener: Written): void {
    this.listeners.push(listener);
  }

  /** Writes what has been heard; waits for a write that is underway, and for what was heard meanwhile. Never throws. */
  async flush(): Promise<void> {
    const underway = this.writing;
    if (underway) {
      await underway;
      if (this.writing && this.writing !== underway) return this.writing;
    }
    for (const drain of this.sources) drain();
    if (this.pending.isEmpty) return;
    this.writing = this.write(this.pending.take()).finally(() => {
      this.writing = null;
    });
    await this.writing;
  }

  private async write(batch: ObservationBatch): Promise<void> {
    try {
      await writeObservations(this.database.client, batch, performance.now());
      this.failures = 0;
    } catch (error) {
      this.pending.putBack(batch);
      this.failures += 1;
      // Once, and then about every minute: a database that is away is away for every batch.
      if (this.failures % 240 === 1)
        this.log.warn({ error }, 'what instances report could not be written; it goes with the next batch');
      return;
    }
    for (const listener of this.listeners) listener(batch);
  }
}
