import { fileRefusal } from './file-refusal.js';
import type { ImportLimits } from './import-limits.js';
import { JsonLexemes } from './json-lexemes.js';
import type { Selection } from './selection.js';
import { Utf8Gate } from './utf8-gate.js';
import { ValuePicker, type Picked } from './value-picker.js';

/** Bytes of a JSON file in, the values that a selection picks out; memory for one picked value and one piece. */
export class SelectedValues {
  private readonly gate: Utf8Gate;
  private readonly picker: ValuePicker;
  private readonly lexemes: JsonLexemes;

  constructor(selection: Selection, limits: ImportLimits) {
    this.gate = new Utf8Gate(limits.maxBytes);
    this.picker = new ValuePicker(selection, limits);
    this.lexemes = new JsonLexemes(this.picker, limits.maxStringLength);
  }

  /** @throws Refusal FILE_INVALID, FILE_TOO_LARGE */
  push(chunk: Uint8Array): Picked[] {
    this.lexemes.push(this.gate.push(chunk));
    return this.picker.take();
  }

  /** @throws Refusal FILE_INVALID when the file ends before its value does. */
  end(): Picked[] {
    // The blank ends a number or word that stands last, and changes nothing else.
    this.lexemes.push(`${this.gate.end()} `);
    if (!this.picker.complete) {
      throw fileRefusal('The file ends in the middle: it is truncated', this.picker.place());
    }
    return this.picker.take();
  }
}
