import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../../platform/database/database.js';
import { ChangeFeed } from '../../platform/events/change-feed.js';
import { LOGGER } from '../../platform/http/logger.js';
import { Rounds } from '../../platform/rounds/rounds.js';
import { ObservationWriter } from './observation-writer.service.js';

/** The topic by which screens learn that instances have moved. */
export const instancesChanged = 'instances.changed';
/** Milliseconds between two events about one workflow: at most four in a second. */
const everyMs = 250;

/** Tells screens that instances took a version over, came, went or drifted; never of a heartbeat that says nothing new. */
@Injectable()
export class InstanceChanges implements OnModuleInit, OnApplicationShutdown {
  private readonly log: Logger;
  private readonly marked = new Set<string>();
  private readonly rounds = new Rounds();

  constructor(
    private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly writer: ObservationWriter,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'telemetry' });
  }

  onModuleInit(): void {
    this.writer.written(({ acknowledgements, reports }) => {
      for (const { workflowId } of acknowledgements) this.mark(workflowId);
      for (const { workflowId, stopping, drift } of reports)
        if (stopping || drift.length > 0) this.mark(workflowId);
    });
    this.rounds.every(
      everyMs,
      async () => {
        if (this.marked.size > 0) await this.publish();
      },
      (error) => this.log.debug({ error }, 'screens were not told that instances changed'),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  mark(workflowId: string): void {
    this.marked.add(workflowId);
  }

  private async publish(): Promise<void> {
    const ids = [...this.marked];
    this.marked.clear();
    const workflows = await this.database.client.workflow.findMany({
      where: { id: { in: ids } },
      select: { id: true, teamId: true, restricted: true },
    });
    const at = new Date().toISOString();
    for (const { id, teamId, restricted } of workflows)
      this.changes.publish({
        ...{ workflowId: id, workflow: { teamId, restricted }, topic: instancesChanged },
        ...{ subjectKind: 'workflow', subjectId: id, at },
      });
  }
}
