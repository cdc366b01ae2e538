import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { fileRefusal, tooLarge, type FilePath } from './file-refusal.js';

/** Takes what a JSON text is made of, strings and numbers whole; texts are '' and numbers 0 while it skips. */
export interface LexemeReader {
  readonly skips: boolean;
  place(): FilePath;
  open(array: boolean): void;
  close(): void;
  key(text: string): void;
  scalar(value: string | number | boolean | null, size: number): void;
}

/** PostgreSQL stores neither NUL nor half a surrogate pair; nor does anything that reads our JSON want them. */
const unstorable = /[\0\p{Surrogate}]/u;
const storable = (text: string): string =>
  unstorable.test(text) ? text.replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD') : text;

/** The parser forgets the tokens of a piece in which it finds a fault; the shorter the piece, the better the place. */
const pieceLength = 16_384;

/** Text in, lexemes out; holds one string at most, and no string longer than the limit. */
export class JsonLexemes {
  private readonly parser = jsonParser({ packValues: false });
  private read = 0;
  private text = '';
  private size = 0;

  constructor(
    private readonly reader: LexemeReader,
    private readonly maxStringLength: number,
  ) {}

  /** @throws Refusal FILE_INVALID, FILE_TOO_LARGE */
  push(text: string): void {
    for (let at = 0; at < text.length; at += pieceLength) {
      const piece = text.slice(at, at + pieceLength);
      for (const token of this.tokens(piece)) this.take(token);
      this.read += piece.length;
    }
  }

  private tokens(piece: string): Token[] {
    try {
      const result = this.parser(piece);
      return typeof result === 'symbol' ? [] : (result as { values: Token[] }).values;
    } catch (error) {
      const detail =
        error instanceof Error ? error.message.replace(/^Parser (cannot parse input: )?/, '') : '';
      throw fileRefusal(
        `This is not valid JSON, in the ${String(piece.length)} characters after the first ${String(this.read)}: ${detail}`,
        this.reader.place(),
      );
    }
  }

  private take(token: Token): void {
    switch (token.name) {
      case 'stringChunk':
      case 'numberChunk': {
        this.grow(token.value);
        return;
      }
      case 'endKey': {
        this.reader.key(storable(this.whole()));
        return;
      }
      case 'endString': {
        this.reader.scalar(storable(this.whole()), this.size);
        return;
      }
      case 'endNumber': {
        this.reader.scalar(this.number(), this.size);
        return;
      }
      case 'startObject':
      case 'startArray': {
        this.reader.open(token.name === 'startArray');
        return;
      }
      case 'endObject':
      case 'endArray': {
        this.reader.close();
        return;
      }
      case 'trueValue':
      case 'falseValue':
      case 'nullValue': {
        this.reader.scalar(token.value, 0);
        return;
      }
      default:
        this.text = '';
        this.size = 0;
    }
  }

  private grow(chunk: string): void {
    this.size += chunk.length;
    if (this.size > this.maxStringLength) {
      throw tooLarge(
        `A string is longer than the ${String(this.maxStringLength)} characters that are taken`,
        this.reader.place(),
      );
    }
    if (!this.reader.skips) this.text += chunk;
  }

  private whole(): string {
    const { text } = this;
    this.text = '';
    return text;
  }

  private number(): number {
    const value = Number(this.whole());
    if (Number.isFinite(value)) return value;
    throw fileRefusal('A number is too large', this.reader.place());
  }
}
