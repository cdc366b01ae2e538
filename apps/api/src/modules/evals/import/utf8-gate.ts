import { fileRefusal, tooLarge } from './file-refusal.js';

const megabytes = (bytes: number): string => `${String(Math.round(bytes / 1024 ** 2))} MiB`;

/** Bytes in, text out: counts them against the limit and takes nothing but UTF-8 without a byte-order mark. */
export class Utf8Gate {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private started = false;
  private received = 0;

  constructor(private readonly maxBytes: number) {}

  get bytes(): number {
    return this.received;
  }

  /** @throws Refusal FILE_TOO_LARGE, FILE_INVALID */
  push(chunk: Uint8Array): string {
    this.received += chunk.length;
    if (this.received > this.maxBytes) {
      throw tooLarge(`The file is larger than the ${megabytes(this.maxBytes)} that are taken`);
    }
    return this.checked(() => this.decoder.decode(chunk, { stream: true }), chunk);
  }

  /** @throws Refusal FILE_INVALID when the last character is cut in two, or there was nothing. */
  end(): string {
    if (this.received === 0) throw fileRefusal('The file is empty');
    return this.checked(() => this.decoder.decode(), new Uint8Array());
  }

  private checked(decode: () => string, chunk: Uint8Array): string {
    if (!this.started && (chunk[0] === 0xff || chunk[0] === 0xfe)) throw utf16();
    let text: string;
    try {
      text = decode();
    } catch {
      throw fileRefusal(
        `The file is not UTF-8: it has bytes that are no text before byte ${String(this.received)}`,
      );
    }
    if (!this.started && text.length > 0) {
      this.started = true;
      if (text.startsWith('\uFEFF')) {
        throw fileRefusal('The file starts with a byte-order mark: save it as UTF-8 without one');
      }
      if (text.slice(0, 4).includes('\0')) throw utf16();
    }
    return text;
  }
}

const utf16 = () => fileRefusal('The file looks like UTF-16 or UTF-32: save it as UTF-8');
