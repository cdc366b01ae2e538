import { isReason } from './block-scanner.js';

const newline = 0x0a;
const blockSize = 2 * 1024 * 1024;
/** No line of an export is near as long. */
const longestLine = 64 * 1024 * 1024;

/** There is no end to a line: whatever this file is, it is no export. */
export class NoLines extends Error {}

/**
 * Cuts a stream into blocks of whole lines that may be scanned apart from each other: an entry and its reason are never
 * parted. No two blocks share memory.
 */
export class BlockReader {
  /** Whether the stream ended in the middle of a line, which no block holds then. */
  isCut = false;

  /** @throws NoLines */
  async *blocks(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    let parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of stream) {
      parts.push(chunk);
      size += chunk.length;
      if (size < blockSize) continue;
      const gathered = Buffer.concat(parts);
      const cut = cutOf(gathered);
      if (cut === 0 && gathered.length > longestLine) throw new NoLines();
      // What is yielded may be handed to another thread with the memory that it lies in.
      parts = [Buffer.from(gathered.subarray(cut))];
      if (cut > 0) yield gathered.subarray(0, cut);
      size = gathered.length - cut;
    }
    const rest = Buffer.from(Buffer.concat(parts));
    const whole = rest.lastIndexOf(newline) + 1;
    this.isCut = whole < rest.length;
    if (whole > 0) yield rest.subarray(0, whole);
  }
}

/** After the last line that something other than a reason follows; 0 where there is none. */
function cutOf(bytes: Buffer): number {
  let end = bytes.lastIndexOf(newline) + 1;
  while (end > 0) {
    // What follows may be the beginning of a reason: the line before waits for it.
    const start = bytes.lastIndexOf(newline, end - 2) + 1;
    if (!isReason(bytes, start)) return start;
    end = start;
  }
  return 0;
}
