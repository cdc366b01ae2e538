import { fileRefusal, tooLarge, type FilePath } from './file-refusal.js';
import type { ImportLimits } from './import-limits.js';
import { JsonBuilder } from './json-builder.js';
import type { LexemeReader } from './json-lexemes.js';
import type { Selection } from './selection.js';

export interface Picked {
  name: string;
  value: unknown;
  place: FilePath;
}

type Inner = Exclude<Selection, { kind: 'pick' }>;
interface Frame {
  array: boolean;
  selection: Inner;
  key: string;
  index: number;
  /** Selected keys met so far outside picked values, where a second one would count cases twice. */
  seen: Set<string>;
}
interface Picking {
  name: string;
  depth: number;
  place: FilePath;
  builder: JsonBuilder;
  size: number;
}

/** Room that any value takes, so that a million zeros in one case are not free. */
const valueSize = 16;

/** Walks a JSON text along a selection and keeps what it picks. */
export class ValuePicker implements LexemeReader {
  private readonly frames: Frame[] = [];
  private picked: Picked[] = [];
  private picking: Picking | null = null;
  private skipped = 0;
  private done = false;

  constructor(
    private readonly selection: Selection,
    private readonly limits: Pick<ImportLimits, 'maxDepth' | 'maxCaseSize'>,
  ) {}

  get skips(): boolean {
    return this.skipped > 0;
  }

  /** Whether the one value of the text has ended. */
  get complete(): boolean {
    return this.done;
  }

  take(): Picked[] {
    const { picked } = this;
    this.picked = [];
    return picked;
  }

  place(): FilePath {
    return this.frames.flatMap(({ array, index, key }): FilePath =>
      array ? [Math.max(index, 0)] : key ? [key] : [],
    );
  }

  open(array: boolean): void {
    if (this.frames.length + this.skipped >= this.limits.maxDepth) {
      throw tooLarge(`Values are nested deeper than ${String(this.limits.maxDepth)}`, this.place());
    }
    const selection = this.skipped > 0 ? null : this.begin();
    if (selection === null) {
      this.skipped += 1;
      return;
    }
    if (selection.kind !== 'whole' && (selection.kind === 'list') !== array) throw this.unexpected(selection);
    this.weigh(0);
    this.picking?.builder.start(this.frames.at(-1)?.key ?? '', array ? [] : {});
    this.frames.push({ array, selection, key: '', index: -1, seen: new Set() });
  }

  close(): void {
    if (this.skipped > 0) this.skipped -= 1;
    else {
      this.frames.pop();
      this.picking?.builder.end();
    }
    this.ended();
  }

  key(text: string): void {
    const frame = this.frames.at(-1);
    if (this.skipped > 0 || frame === undefined) return;
    frame.key = text;
    this.weigh(text.length);
    if (this.picking !== null || frame.selection.kind !== 'keys') return;
    if (!frame.selection.of.has(text)) {
      if (frame.selection.only) throw fileRefusal('This field is not known', this.place());
      return;
    }
    if (frame.seen.has(text)) throw fileRefusal('This key stands here twice', this.place());
    frame.seen.add(text);
  }

  scalar(value: string | number | boolean | null, size: number): void {
    const selection = this.skipped > 0 ? null : this.begin();
    if (selection !== null) {
      if (this.picking === null) throw this.unexpected(selection);
      this.weigh(size);
      this.picking.builder.add(this.frames.at(-1)?.key ?? '', value);
    }
    this.ended();
  }

  /** What is selected of the value that now begins; null where nothing is. */
  private begin(): Inner | null {
    const frame = this.frames.at(-1);
    if (frame?.array) frame.index += 1;
    const selection = frame === undefined ? this.selection : selectedIn(frame);
    if (selection === undefined) return null;
    if (selection.kind !== 'pick') return selection;
    if (selection.of.kind === 'pick') throw new Error('A pick inside a pick');
    const place = this.place();
    this.picking = {
      name: selection.name,
      depth: this.frames.length,
      place,
      builder: new JsonBuilder(),
      size: 0,
    };
    return selection.of;
  }

  private ended(): void {
    if (this.skipped > 0) return;
    if (this.picking?.depth === this.frames.length) {
      const { name, place, builder } = this.picking;
      this.picked.push({ name, place, value: builder.value });
      this.picking = null;
    }
    this.done = this.frames.length === 0;
  }

  private weigh(size: number): void {
    if (this.picking === null) return;
    this.picking.size += size + valueSize;
    if (this.picking.size > this.limits.maxCaseSize) {
      throw tooLarge('This holds more than one case may', this.picking.place);
    }
  }

  private unexpected(selection: Inner): Error {
    const place = this.place();
    if (place.length === 0) return fileRefusal('The file should hold one JSON object', place);
    return fileRefusal(`There should be ${selection.kind === 'list' ? 'a list' : 'an object'} here`, place);
  }
}

const selectedIn = ({ selection, key }: Frame): Selection | undefined =>
  selection.kind === 'keys' ? selection.of.get(key) : selection.kind === 'list' ? selection.of : selection;
