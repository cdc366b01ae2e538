const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Where a value stands among the bytes: from its first byte to after its last. */
interface Span {
  from: number;
  to: number;
}

/** The keys that hold an entry in its chain. Their order here is that in the text. */
const wanted = ['at', 'chain', 'id', 'prevHash', 'reasonHash', 'seq'] as const;
type Wanted = (typeof wanted)[number];

/**
 * Reads the top level of entries' canonical text from their bytes, without building the rest: several times as fast as
 * JSON.parse. It is strict where that matters: the keys must come in order, so that none can come twice and be read
 * differently elsewhere. One reader serves for any number of entries and allocates nothing but the texts asked of it.
 */
export class EntryReader {
  private bytes: Buffer = Buffer.alloc(0);
  private readonly spans: Record<Wanted, Span> = {
    at: { from: 0, to: 0 },
    chain: { from: 0, to: 0 },
    id: { from: 0, to: 0 },
    prevHash: { from: 0, to: 0 },
    reasonHash: { from: 0, to: 0 },
    seq: { from: 0, to: 0 },
  };

  /** Number of the entry in its chain; of the entry that was read last. */
  seq = 0;

  /** @returns whether the bytes from `from` to before `to` are an entry: an object in canonical order with what is needed. */
  read(bytes: Buffer, from: number, to: number): boolean {
    this.bytes = bytes;
    if (bytes[from] !== openObject || bytes[to - 1] !== closeObject) return false;
    let next = 0;
    let [keyFrom, keyTo] = [0, 0];
    for (let place = from + 1; ; place += 1) {
      const keyEnd = afterString(bytes, place, to);
      if (keyEnd < 0 || bytes[keyEnd] !== colon) return false;
      if (keyTo > 0 && !isBefore(bytes, keyFrom, keyTo, place + 1, keyEnd - 1)) return false;
      [keyFrom, keyTo] = [place + 1, keyEnd - 1];
      const end = afterValue(bytes, keyEnd + 1, to);
      if (end < 0) return false;
      const name = wanted[next];
      if (name !== undefined && isName(bytes, keyFrom, keyTo, name)) {
        const span = this.spans[name];
        span.from = keyEnd + 1;
        span.to = end;
        next += 1;
      }
      place = end;
      if (bytes[place] === comma) continue;
      if (bytes[place] !== closeObject || place !== to - 1) return false;
      break;
    }
    this.seq = next === wanted.length ? this.wholeNumber() : 0;
    return this.seq > 0 && this.areTexts();
  }

  get chain(): string {
    return this.text('chain');
  }

  get at(): string {
    return this.text('at');
  }

  get id(): string {
    return this.text('id');
  }

  get prevHash(): string {
    return this.text('prevHash');
  }

  get reasonHash(): string | null {
    const { from } = this.spans.reasonHash;
    return this.bytes[from] === quote ? this.text('reasonHash') : null;
  }

  private text(name: Wanted): string {
    const { from, to } = this.spans[name];
    return this.bytes.toString('latin1', from + 1, to - 1);
  }

  private wholeNumber(): number {
    const { from, to } = this.spans.seq;
    if (to - from > 15) return 0;
    let value = 0;
    for (let place = from; place < to; place += 1) {
      const digit = (this.bytes[place] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return 0;
      value = value * 10 + digit;
    }
    return value;
  }

  private areTexts(): boolean {
    const { at, chain, id, prevHash, reasonHash } = this.spans;
    const { bytes } = this;
    const isText = ({ from }: Span) => bytes[from] === quote;
    const isNull = ({ from, to }: Span) => to - from === 4 && bytes[from] === 0x6e;
    return (
      isText(at) &&
      isText(chain) &&
      isText(id) &&
      isText(prevHash) &&
      (isText(reasonHash) || isNull(reasonHash))
    );
  }
}

/** The place after the string that begins here, or -1. */
function afterString(bytes: Buffer, from: number, to: number): number {
  if (bytes[from] !== quote) return -1;
  for (let place = from + 1; place < to; place += 1) {
    const byte = bytes[place];
    if (byte === quote) return place + 1;
    if (byte === backslash) place += 1;
  }
  return -1;
}

/** The place after the value that begins here, or -1. */
function afterValue(bytes: Buffer, from: number, to: number): number {
  const first = bytes[from];
  if (first === quote) return afterString(bytes, from, to);
  if (first !== openObject && first !== openList) {
    let place = from;
    for (; place < to; place += 1) {
      const byte = bytes[place];
      if (byte === comma || byte === closeObject || byte === closeList) break;
    }
    return place > from ? place : -1;
  }
  let depth = 0;
  for (let place = from; place < to; place += 1) {
    const byte = bytes[place];
    if (byte === quote) {
      place = afterString(bytes, place, to) - 1;
      if (place < 0) return -1;
    } else if (byte === openObject || byte === openList) depth += 1;
    else if (byte === closeObject || byte === closeList) {
      depth -= 1;
      if (depth === 0) return place + 1;
    }
  }
  return -1;
}

function isName(bytes: Buffer, from: number, to: number, name: string): boolean {
  if (to - from !== name.length) return false;
  for (let place = from; place < to; place += 1)
    if (bytes[place] !== name.charCodeAt(place - from)) return false;
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
