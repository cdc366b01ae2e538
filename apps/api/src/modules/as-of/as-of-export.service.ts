import { Injectable } from '@nestjs/common';
import { DoorClock } from '../../platform/door/door-clock.js';
import type { Cursor } from '../../platform/graphql/connection.js';
import { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { asOfExportQuery } from './as-of.schema.js';
import type { LivePointer } from './as-of.types.js';
import { csvLine } from './csv.domain.js';
import { liveCells, liveColumns, type LiveRecord } from './live-record.domain.js';
import { LiveRecordReads } from './live-record.reads.js';
import { cursorOf, LiveReads } from './live.reads.js';
import { windowOf, type TimeWindow } from './time-window.domain.js';

export type ExportFormat = 'csv' | 'jsonl';

export interface AsOfExport {
  fileName: string;
  /** Text as it is made; memory stays flat however much was live. */
  lines: AsyncIterable<string>;
}

const pageSize = 200;

/** What was live, as a file. */
@Injectable()
export class AsOfExportService {
  constructor(
    private readonly live: LiveReads,
    private readonly records: LiveRecordReads,
    private readonly clock: DoorClock,
  ) {}

  /** @throws Refusal INVALID_INPUT for a query that names no time that has come. */
  open(actor: Actor, rawQuery: unknown, format: ExportFormat): AsOfExport {
    const { workflowId, teamId, stageKey, ...time } = parse(asOfExportQuery, rawQuery, 'query');
    const window = windowOf(time, this.clock.now());
    const pages = this.pages(actor, window, { workflowId, teamId, stageKey });
    return { fileName: fileNameOf(window, format), lines: format === 'csv' ? csv(pages) : jsonl(pages) };
  }

  private async *pages(
    actor: Actor,
    window: TimeWindow,
    filter: Parameters<LiveReads['following']>[2],
  ): AsyncGenerator<LiveRecord[]> {
    let after: Cursor | null = null;
    for (;;) {
      const rows: LivePointer[] = await this.live.following(actor, window, filter, { take: pageSize, after });
      const loaders = new Loaders();
      yield await Promise.all(rows.map((row) => this.records.of(loaders, row)));
      const last = rows.at(-1);
      if (!last || rows.length < pageSize) return;
      after = cursorOf(last);
    }
  }
}

async function* csv(pages: AsyncIterable<LiveRecord[]>): AsyncGenerator<string> {
  yield csvLine(liveColumns);
  for await (const page of pages) yield page.map((record) => csvLine(liveCells(record))).join('');
}

async function* jsonl(pages: AsyncIterable<LiveRecord[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** `live-at-20261102T093000Z.csv`, `live-20261001T000000Z-20261102T093000Z.jsonl` */
function fileNameOf({ from, to }: TimeWindow, format: ExportFormat): string {
  const [begin, end] = [from, to].map((time) => time?.toISOString().replaceAll(/[-:]|\.\d+/g, ''));
  return end === undefined ? `live-at-${String(begin)}.${format}` : `live-${String(begin)}-${end}.${format}`;
}
