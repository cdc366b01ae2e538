/** Where a value stands among the bytes: from its first byte to after its last, a text's quotes included. */
export interface Span {
  from: number;
  to: number;
}

/** The keys that hold an entry in its chain. Their order here is that in the text. */
const wanted = ['at', 'chain', 'id', 'prevHash', 'reasonHash', 'seq'] as const;
type Wanted = (typeof wanted)[number];
const names = wanted.map((name) => Buffer.from(name));

// Bytes are written as numbers where they are compared a thousand times per entry: a name costs a look-up each time.
// 34 quote, 44 comma, 58 colon, 91 and 93 brackets, 92 backslash, 123 and 125 braces.

/**
 * Reads the top level of entries' canonical text from their bytes, without building the rest: several times as fast as
 * JSON.parse. It is strict where that matters: the keys must come in order, so that none can come twice and be read
 * differently elsewhere. One reader serves for any number of entries, and allocates nothing but the texts asked of it.
 */
export class EntryReader {
  private bytes: Buffer = Buffer.alloc(0);
  readonly spans: Readonly<Record<Wanted, Span>> = {
    at: { from: 0, to: 0 },
    chain: { from: 0, to: 0 },
    id: { from: 0, to: 0 },
    prevHash: { from: 0, to: 0 },
    reasonHash: { from: 0, to: 0 },
    seq: { from: 0, to: 0 },
  };
  private readonly inOrder = wanted.map((name) => this.spans[name]);

  /** Number of the entry in its chain; of the entry that was read last. */
  seq = 0;

  /** @returns whether the bytes from `from` to before `to` are an entry: an object in canonical order with what is needed. */
  read(bytes: Buffer, from: number, to: number): boolean {
    this.bytes = bytes;
    if (bytes[from] !== 123 || bytes[to - 1] !== 125) return false;
    let next = 0;
    let keyFrom = 0;
    let keyTo = 0;
    for (let place = from + 1; ; place += 1) {
      const end = afterString(bytes, place, to);
      if (end < 0 || bytes[end] !== 58) return false;
      const start = place + 1;
      if (keyTo > 0 && !isBefore(bytes, keyFrom, keyTo, start, end - 1)) return false;
      keyFrom = start;
      keyTo = end - 1;
      place = afterValue(bytes, end + 1, to);
      if (place < 0) return false;
      const name = names[next];
      const span = this.inOrder[next];
      if (name && span && isName(bytes, keyFrom, keyTo, name)) {
        span.from = end + 1;
        span.to = place;
        next += 1;
      }
      if (bytes[place] === 44) continue;
      if (bytes[place] !== 125 || place !== to - 1) return false;
      break;
    }
    this.seq = next === names.length ? this.wholeNumber() : 0;
    return this.seq > 0 && this.areTexts();
  }

  get chain(): string {
    return this.text(this.spans.chain);
  }

  get at(): string {
    return this.text(this.spans.at);
  }

  get id(): string {
    return this.text(this.spans.id);
  }

  get prevHash(): string {
    return this.text(this.spans.prevHash);
  }

  get hasReason(): boolean {
    return this.bytes[this.spans.reasonHash.from] === 34;
  }

  get reasonHash(): string {
    return this.text(this.spans.reasonHash);
  }

  /** What stands between the quotes. */
  text({ from, to }: Span): string {
    return this.bytes.toString('latin1', from + 1, to - 1);
  }

  private wholeNumber(): number {
    const { from, to } = this.spans.seq;
    if (to - from > 15 || this.bytes[from] === 48) return 0;
    let value = 0;
    for (let place = from; place < to; place += 1) {
      const digit = (this.bytes[place] ?? 0) - 48;
      if (digit < 0 || digit > 9) return 0;
      value = value * 10 + digit;
    }
    return value;
  }

  private areTexts(): boolean {
    const { bytes } = this;
    const { at, chain, id, prevHash, reasonHash } = this.spans;
    if (bytes[at.from] !== 34 || bytes[chain.from] !== 34 || bytes[id.from] !== 34) return false;
    if (bytes[prevHash.from] !== 34) return false;
    return (
      bytes[reasonHash.from] === 34 ||
      (bytes[reasonHash.from] === 110 && reasonHash.to - reasonHash.from === 4)
    );
  }
}

/** The place after the string that begins here, or -1. */
function afterString(bytes: Buffer, from: number, to: number): number {
  if (bytes[from] !== 34) return -1;
  for (let place = from + 1; place < to; place += 1) {
    const byte = bytes[place];
    if (byte === 34) return place + 1;
    if (byte === 92) place += 1;
  }
  return -1;
}

/** The place after the value that begins here, or -1. */
function afterValue(bytes: Buffer, from: number, to: number): number {
  const first = bytes[from];
  if (first === 34) return afterString(bytes, from, to);
  if (first !== 123 && first !== 91) {
    let place = from;
    for (; place < to; place += 1) {
      const byte = bytes[place];
      if (byte === 44 || byte === 125 || byte === 93) break;
    }
    return place > from ? place : -1;
  }
  let depth = 0;
  for (let place = from; place < to; place += 1) {
    const byte = bytes[place];
    if (byte === 34) {
      place = afterString(bytes, place, to) - 1;
      if (place < 0) return -1;
    } else if (byte === 123 || byte === 91) depth += 1;
    else if (byte === 125 || byte === 93) {
      depth -= 1;
      if (depth === 0) return place + 1;
    }
  }
  return -1;
}

function isName(bytes: Buffer, from: number, to: number, name: Buffer): boolean {
  if (to - from !== name.length) return false;
  for (let offset = 0; offset < name.length; offset += 1)
    if (bytes[from + offset] !== name[offset]) return false;
  return true;
}

/** Whether one key sorts before another, byte by byte; equal keys do not. */
function isBefore(bytes: Buffer, aFrom: number, aTo: number, bFrom: number, bTo: number): boolean {
  for (let offset = 0; aFrom + offset < aTo && bFrom + offset < bTo; offset += 1) {
    const a = bytes[aFrom + offset] ?? 0;
    const b = bytes[bFrom + offset] ?? 0;
    if (a !== b) return a < b;
  }
  return aTo - aFrom < bTo - bFrom;
}

/** Sorts the bytes of two values against each other: negative where the first comes before the second. */
export function compared(bytes: Buffer, a: Span, b: Span): number {
  const length = a.to - a.from;
  for (let offset = 0; offset < length && b.from + offset < b.to; offset += 1) {
    const difference = (bytes[a.from + offset] ?? 0) - (bytes[b.from + offset] ?? 0);
    if (difference !== 0) return difference;
  }
  return length - (b.to - b.from);
}
