import { hash } from 'node:crypto';
import { beforeEntry, beforeHash, entryOffset, type ReasonLine } from '../ledger/export-format.domain.js';
import { reasonText } from '../ledger/entry.domain.js';
import { compared, EntryReader, type Span } from './entry-reader.js';

/** Entries of one chain that follow each other without a fault. Lines are counted from 0 within the block. */
export interface Run {
  kind: 'run';
  line: number;
  chain: string;
  first: { seq: number; prevHash: string; at: string; hash: string };
  last: { seq: number; hash: string; at: string };
  /** Reasons that give their hash, and reasons that were erased. */
  reasons: number;
  erased: number;
}

/** A line that is no entry. */
export interface OtherLine {
  kind: 'line';
  line: number;
  text: string;
}

/** The block's first fault, after which nothing in it was read. */
export interface Fault {
  kind: 'fault';
  line: number;
  /** Where the bytes say that the entry stands, if they can be read at all. */
  claims: { chain: string; seq: number } | null;
  /** Whether the file ends here although more must come. */
  isCut: boolean;
  problem: string;
}

export type ScanEvent = Run | OtherLine | Fault;

const newline = 0x0a;
const reasonStart = Buffer.from('{"reason":');
const hashStart = Buffer.from(beforeHash);
const entryStart = Buffer.from(beforeEntry);

/** Whether a line that begins here is a reason's, which belongs to the entry in the line before. */
export const isReason = (bytes: Buffer, from: number): boolean => startsWith(bytes, from, reasonStart);

function startsWith(bytes: Buffer, from: number, start: Buffer): boolean {
  for (let offset = 0; offset < start.length; offset += 1)
    if (bytes[from + offset] !== start[offset]) return false;
  return true;
}

/** What is found in some whole lines: the part of verifying that takes the time, and needs nothing of what came before. */
export class BlockScanner {
  private readonly reader = new EntryReader();
  private events: ScanEvent[] = [];
  private run: Run | null = null;
  /** The run's last entry: its number, and where its hash, its time and its chain stand in the block. */
  private readonly last = { seq: 0, hash: noSpan(), at: noSpan(), chain: noSpan() };
  /** The reason hash of the entry in the line before, and its id, until its reason has come. */
  private awaited: { id: string; hash: string } | null = null;

  /** @param withReasons whether the export holds the reasons that its entries name */
  constructor(private readonly withReasons: boolean) {}

  scan(block: Buffer): { events: ScanEvent[]; lines: number } {
    [this.events, this.run, this.awaited] = [[], null, null];
    let line = 0;
    let goesOn = true;
    for (let from = 0; goesOn && from < block.length;) {
      const end = block.indexOf(newline, from);
      const to = end < 0 ? block.length : end;
      goesOn = this.take(block, from, to, line);
      from = to + 1;
      if (goesOn) line += 1;
    }
    // Blocks are cut so that an entry's reason is in its block: where it is not, the file ends.
    if (goesOn) this.isUnanswered(line - 1, true);
    this.close(block);
    return { events: this.events, lines: line };
  }

  /** @returns whether to go on */
  private take(block: Buffer, from: number, to: number, line: number): boolean {
    if (this.awaited && isReason(block, from)) return this.takeReason(block.toString('utf8', from, to), line);
    if (this.isUnanswered(line - 1)) return false;
    if (startsWith(block, from, hashStart)) return this.takeEntry(block, from, to, line);
    this.close(block);
    this.events.push({ kind: 'line', line, text: block.toString('utf8', from, to) });
    return true;
  }

  private takeEntry(block: Buffer, from: number, to: number, line: number): boolean {
    const { reader, last, run } = this;
    const start = from + entryOffset;
    const hashFrom = from + hashStart.length;
    const isWhole = startsWith(block, start - entryStart.length, entryStart) && block[to - 1] === 0x7d;
    const isEntry = isWhole && reader.read(block, start, to - 1);
    if (!isWhole || !isText(block, hashFrom, hash('sha256', block.subarray(start, to - 1), 'hex'))) {
      const claims = isEntry ? { chain: reader.chain, seq: reader.seq } : null;
      return this.fault(line, claims, 'its bytes do not give its hash: it was altered');
    }
    if (!isEntry) return this.fault(line, null, 'its bytes are no entry in canonical form');
    const { at, chain, prevHash } = reader.spans;
    const follows =
      run !== null &&
      reader.seq === last.seq + 1 &&
      compared(block, chain, last.chain) === 0 &&
      compared(block, prevHash, last.hash) === 0 &&
      compared(block, at, last.at) >= 0;
    if (!follows) this.close(block);
    last.seq = reader.seq;
    place(last.hash, hashFrom - 1, hashFrom + 65);
    place(last.at, at.from, at.to);
    place(last.chain, chain.from, chain.to);
    if (!follows) this.begin(line, block.toString('latin1', hashFrom, hashFrom + 64));
    this.awaited = this.withReasons && reader.hasReason ? { id: reader.id, hash: reader.reasonHash } : null;
    return true;
  }

  /** A run that begins with the entry just read. */
  private begin(line: number, computed: string): void {
    const { chain, seq, at, prevHash } = this.reader;
    const first = { seq, prevHash, at, hash: computed };
    this.run = { kind: 'run', line, chain, first, last: first, reasons: 0, erased: 0 };
    this.events.push(this.run);
  }

  /** Writes down how far the run has come. */
  private close(block: Buffer): void {
    const { run, last } = this;
    this.run = null;
    if (!run) return;
    const text = ({ from, to }: Span) => block.toString('latin1', from + 1, to - 1);
    run.last = { seq: last.seq, hash: text(last.hash), at: text(last.at) };
  }

  private takeReason(text: string, line: number): boolean {
    const { awaited, run } = this;
    this.awaited = null;
    const reason = reasonIn(text);
    if (!awaited || !run) return false;
    const claims = { chain: run.chain, seq: this.last.seq };
    if (reason?.entryId !== awaited.id)
      return this.fault(line, claims, 'the line after it is not its reason');
    if (reason.text === null || reason.salt === null) {
      run.erased += 1;
      return true;
    }
    if (hash('sha256', reasonText(reason.salt, reason.text), 'hex') !== awaited.hash)
      return this.fault(line, claims, 'the text of its reason does not give its hash: it was altered');
    run.reasons += 1;
    return true;
  }

  /** Whether the last entry's reason never came. */
  private isUnanswered(line: number, isCut = false): boolean {
    const { awaited, run } = this;
    if (!awaited || !run) return false;
    this.awaited = null;
    const claims = { chain: run.chain, seq: this.last.seq };
    this.fault(line, claims, 'the reason that it names is missing', isCut);
    return true;
  }

  private fault(line: number, claims: Fault['claims'], problem: string, isCut = false): false {
    this.events.push({ kind: 'fault', line, claims, problem, isCut });
    return false;
  }
}

const noSpan = (): Span => ({ from: 0, to: 0 });

function place(span: Span, from: number, to: number): void {
  span.from = from;
  span.to = to;
}

/** Whether these characters stand here. */
function isText(bytes: Buffer, from: number, text: string): boolean {
  for (let offset = 0; offset < text.length; offset += 1)
    if (bytes[from + offset] !== text.charCodeAt(offset)) return false;
  return true;
}

function reasonIn(text: string): ReasonLine | null {
  try {
    const { reason } = JSON.parse(text) as { reason?: Partial<ReasonLine> | null };
    const isText = (value: unknown) => value === null || typeof value === 'string';
    if (!reason || typeof reason.entryId !== 'string' || !isText(reason.text) || !isText(reason.salt))
      return null;
    return reason as ReasonLine;
  } catch {
    return null;
  }
}
