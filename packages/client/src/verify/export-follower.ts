import type { KeyObject } from 'node:crypto';
import type { ChainHead, SignedCheckpoint } from '../ledger/checkpoint.domain.js';
import type { ExportEnd, ExportHeader, ExportLine } from '../ledger/export-format.domain.js';
import type { Fault, ScanEvent } from './block-scanner.js';
import { Chains } from './chains.js';
import { CheckpointChain } from './checkpoint-chain.js';
import type { Finding } from './finding.js';
import { LedgerKeys } from './ledger-keys.js';
import type { TrustedCheckpoints } from './trusted-checkpoints.js';

/** Holds what the scanner found against all that came before it, in the order of the file. */
export class ExportFollower {
  private readonly keys: LedgerKeys;
  readonly chains = new Chains();
  readonly checkpoints: CheckpointChain;
  reasons = 0;
  erased = 0;
  private heads = 0;
  private end: ExportEnd | null = null;
  /** The entry that was read last, for whatever is damaged beyond naming itself. */
  private at: { chain: string; seq: number } | null = null;
  /** A chain that stands elsewhere than its head says, until the checkpoint shows which of the two was altered. */
  private disputed: { head: ChainHead; finding: Finding } | null = null;

  constructor(
    private readonly header: ExportHeader,
    given: readonly KeyObject[],
    private readonly trusted: TrustedCheckpoints | null,
  ) {
    this.keys = new LedgerKeys(given);
    this.checkpoints = new CheckpointChain(this.keys, header.after);
  }

  /** @param line of the file, from 1. @returns the first thing that is wrong, or null so far */
  follow(event: ScanEvent, line: number): Finding | null {
    if (this.end) return { kind: 'malformed', line, message: 'there is something after the end line' };
    if (event.kind === 'fault') return this.chains.settle() ?? this.fault(event, line);
    if (event.kind === 'line') return this.line(event.text, line);
    const { chain, last, reasons, erased } = event;
    this.at = { chain, seq: last.seq };
    this.reasons += reasons;
    this.erased += erased;
    if (this.header.chain !== null && chain !== this.header.chain)
      return { kind: 'inserted', ...this.at, line, message: 'it is of a chain that this export is not of' };
    return this.chains.follow(event, line);
  }

  /** What is wrong with the whole. @param line the last of the file */
  finish(line: number, isSigned: boolean, isCut: boolean): Finding | null {
    const doubt = this.chains.settle();
    if (doubt) return doubt;
    const { end, header, checkpoints } = this;
    if (!end || isCut) {
      const after = this.at ? `, after entry ${String(this.at.seq)} of chain ${this.at.chain}` : '';
      return {
        kind: 'truncated',
        line,
        message: `the file ends before its end line${after}: it was cut off`,
      };
    }
    if (checkpoints.isOpen)
      return {
        kind: 'missing',
        checkpoint: checkpoints.next,
        line,
        message: 'it is missing: its heads are here',
      };
    const found = { ...this.counts() };
    for (const name of ['entries', 'reasons', 'heads', 'checkpoints'] as const)
      if (end[name] !== found[name]) {
        const message = `the end line counts ${String(end[name])} ${name}, and ${String(found[name])} are here`;
        return { kind: end[name] > found[name] ? 'truncated' : 'inserted', line, message };
      }
    if (header.entries !== found.entries) {
      const message = `the first line announces ${String(header.entries)} entries, and ${String(found.entries)} are here`;
      return { kind: 'truncated', line, message };
    }
    if (isSigned && !checkpoints.last)
      return {
        kind: 'unsigned',
        line,
        message: 'no checkpoint is here: nothing is signed with the given key',
      };
    const { untrusted } = checkpoints;
    if (isSigned && untrusted) {
      const message = `it is signed with the key ${untrusted.keyId}, which no given key vouches for`;
      return { kind: 'forged', checkpoint: untrusted.number, line: untrusted.line, message };
    }
    return this.trusted?.end(checkpoints.last?.content.number ?? 0, line) ?? null;
  }

  counts(): ExportEnd {
    const reasons = this.reasons + this.erased;
    return { entries: this.chains.entries, reasons, heads: this.heads, checkpoints: this.checkpoints.count };
  }

  private fault({ claims, problem, isCut }: Fault, line: number): Finding {
    const last = this.at;
    // Bytes that were altered may name another place than the one they stand at.
    const isElsewhere =
      claims?.chain === last?.chain && claims?.seq !== last?.seq && claims?.seq !== (last?.seq ?? 0) + 1;
    const isNext = claims !== null && !isElsewhere;
    const place = isNext ? claims : last ? { chain: last.chain, seq: last.seq + 1 } : {};
    return { kind: isCut ? 'truncated' : 'altered', ...place, line, message: problem };
  }

  private line(text: string, line: number): Finding | null {
    const parsed = parsedLine(text);
    if (!parsed) {
      const place = this.at ? { chain: this.at.chain, seq: this.at.seq + 1 } : {};
      return (
        this.chains.settle() ?? {
          kind: 'altered',
          ...place,
          line,
          message: 'this is no line of an export: it was altered',
        }
      );
    }
    if ('head' in parsed) return this.head(parsed.head, line);
    if ('checkpoint' in parsed) return this.checkpoint(parsed.checkpoint, line);
    if ('end' in parsed) this.end = parsed.end;
    else if ('reason' in parsed)
      return { kind: 'inserted', ...this.at, line, message: 'a reason stands here that no entry names' };
    else if ('key' in parsed) {
      const problem = this.keys.add(parsed.key);
      if (problem) return { kind: 'forged', line, message: problem };
    } else return { kind: 'malformed', line, message: 'a second export begins here' };
    return null;
  }

  private head(head: ChainHead, line: number): Finding | null {
    this.heads += 1;
    const { checkpoints, chains, header } = this;
    const checkpoint = checkpoints.next;
    const misplaced = checkpoints.head(head);
    if (misplaced) return { kind: 'altered', chain: head.chain, checkpoint, line, message: misplaced };
    const isGiven =
      (header.after > 0 && !checkpoints.last) || (header.chain !== null && header.chain !== head.chain);
    if (isGiven) {
      chains.adopt(head);
      return null;
    }
    const finding = chains.meet(head, checkpoint, line);
    if (finding?.kind !== 'forged' || chains.hashOf(head.chain) === head.hash) return finding;
    this.disputed ??= { head, finding };
    return null;
  }

  private checkpoint(signed: SignedCheckpoint, line: number): Finding | null {
    const { disputed, checkpoints } = this;
    const finding = checkpoints.add(signed, line);
    if (disputed) return this.settleDispute(disputed, signed) ?? finding ?? disputed.finding;
    if (finding || !checkpoints.last) return finding;
    return this.trusted?.meet(checkpoints.last, line) ?? null;
  }

  /** Whether it was the head's line that was altered: then the signed root is that of the chain as its entries give it. */
  private settleDispute(
    { head, finding }: { head: ChainHead; finding: Finding },
    signed: SignedCheckpoint,
  ): Finding | null {
    const { root } = rootIn(signed);
    const hash = this.chains.hashOf(head.chain);
    if (!this.checkpoints.wouldAgree(head, hash, root)) return finding;
    const { chain, checkpoint, line } = finding;
    return {
      kind: 'altered',
      chain,
      checkpoint,
      line,
      message: 'the line that says where this chain stood was altered',
    };
  }
}

function rootIn({ canonical }: SignedCheckpoint): { root: string } {
  try {
    const { root } = JSON.parse(canonical) as { root?: unknown };
    return { root: typeof root === 'string' ? root : '' };
  } catch {
    return { root: '' };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isHead = (head: unknown) =>
  isObject(head) &&
  typeof head['chain'] === 'string' &&
  typeof head['hash'] === 'string' &&
  Number.isSafeInteger(head['leaf']) &&
  Number.isSafeInteger(head['seq']);
const texts = (value: unknown, names: readonly string[]) =>
  isObject(value) && names.every((name) => typeof value[name] === 'string');
const shapes: Record<string, (value: unknown) => boolean> = {
  export: (value) => isObject(value) && value['v'] === 1 && Number.isSafeInteger(value['after']),
  key: (value) => texts(value, ['id', 'publicKey']),
  head: isHead,
  checkpoint: (value) => texts(value, ['canonical', 'signature']),
  reason: isObject,
  end: isObject,
};

/** A line that is no entry; null for what is none of an export's. */
export function parsedLine(text: string): ExportLine | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return null;
    const [name = '', ...more] = Object.keys(value);
    return more.length === 0 && shapes[name]?.(value[name]) === true ? (value as ExportLine) : null;
  } catch {
    return null;
  }
}
