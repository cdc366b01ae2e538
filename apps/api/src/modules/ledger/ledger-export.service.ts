import { entryLine, exportLine, type ExportEnd } from '@holdpoint/client/ledger/export-format.domain.js';
import { Injectable } from '@nestjs/common';
import { ExportPages, type ExportedEntry, type HeadRow } from './export-pages.reads.js';
import type { ExportPlan } from './export-plan.reads.js';

/** Characters that are gathered before they are sent. */
const pieceSize = 65_536;

/** Writes the lines of an export, in the order that docs/ledger-format.md describes. */
@Injectable()
export class LedgerExport {
  constructor(private readonly pages: ExportPages) {}

  /** The file in pieces of some ten thousand characters. */
  async *pieces(plan: ExportPlan, now: Date): AsyncGenerator<string> {
    let piece = '';
    for await (const line of new Lines(this.pages, plan).all(now)) {
      piece += line;
      if (piece.length < pieceSize) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }
}

/** The lines of one export, counted as they are made. */
class Lines {
  private readonly count: ExportEnd = { entries: 0, reasons: 0, heads: 0, checkpoints: 0 };
  /** Of the checkpoint whose heads are being written; 0 before the first. */
  private number = 0;

  constructor(
    private readonly pages: ExportPages,
    private readonly plan: ExportPlan,
  ) {}

  async *all(now: Date): AsyncGenerator<string> {
    const { chain, reasons, after, upTo, entries, checkpoints, tail } = this.plan;
    const header = {
      v: 1 as const,
      exportedAt: now.toISOString(),
      chain,
      after,
      reasons,
      entries,
      checkpoints,
    };
    yield exportLine({ export: header });
    for (const key of await this.pages.keys()) yield exportLine({ key });
    if (after > 0) yield* this.base(after);
    for await (const page of this.pages.heads(after, upTo)) yield* this.covered(page);
    if (this.number > 0) yield await this.checkpoint(this.number);
    for await (const found of this.pages.entries(tail))
      for (const { rows } of found) for (const row of rows) yield this.entry(row);
    yield exportLine({ end: this.count });
  }

  /** Where all chains stood before the first entry of this export. */
  private async *base(number: number): AsyncGenerator<string> {
    for (const { chain, leaf, seq, hash } of await this.pages.headsAt(number)) {
      this.count.heads += 1;
      yield exportLine({ head: { chain, leaf, seq, hash } });
    }
    yield await this.checkpoint(number);
  }

  /** Heads, each after the entries that lead to it, and the checkpoints that are complete before them. */
  private async *covered(page: readonly HeadRow[]): AsyncGenerator<string> {
    const isAsked = ({ chain }: HeadRow) => this.plan.chain === null || this.plan.chain === chain;
    const ranges = page
      .filter(isAsked)
      .map(({ chain, before, seq }) => ({ chain, after: before, upTo: seq }));
    const heads = page[Symbol.iterator]();
    let head = heads.next().value;
    for await (const found of this.pages.entries(ranges))
      for (const { range, rows } of found) {
        for (; head && !isAsked(head); head = heads.next().value) yield* this.head(head);
        if (!head) throw new Error('There are entries that belong to no head');
        yield* this.completed(head);
        for (const row of rows) yield this.entry(row);
        if (range.upTo < head.seq) continue;
        yield* this.head(head);
        head = heads.next().value;
      }
    for (; head; head = heads.next().value) yield* this.head(head);
  }

  private async *head(row: HeadRow): AsyncGenerator<string> {
    yield* this.completed(row);
    const { chain, leaf, seq, hash } = row;
    this.count.heads += 1;
    yield exportLine({ head: { chain, leaf, seq, hash } });
  }

  /** The checkpoint before, where this row begins another. */
  private async *completed({ number }: HeadRow): AsyncGenerator<string> {
    if (this.number > 0 && number !== this.number) yield await this.checkpoint(this.number);
    this.number = number;
  }

  private async checkpoint(number: number): Promise<string> {
    this.count.checkpoints += 1;
    return exportLine({ checkpoint: await this.pages.checkpoint(number) });
  }

  private entry({ hash, canonical, reason }: ExportedEntry): string {
    this.count.entries += 1;
    const line = entryLine(hash, canonical);
    if (!this.plan.reasons || !reason) return line;
    this.count.reasons += 1;
    return line + exportLine({ reason });
  }
}
