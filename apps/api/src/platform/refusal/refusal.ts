import type { RefusalCode } from './refusal-codes.js';

export interface RefusalError {
  code: RefusalCode;
  message: string;
  /** Path in the input, such as `['input', 'core', 'userJob']`; null where no field is to blame. */
  field: string[] | null;
}

/** An expected "no". Rolls the act back and reaches the client as user errors; never a fault. */
export class Refusal extends Error {
  readonly errors: readonly RefusalError[];

  constructor(code: RefusalCode, message: string, field?: readonly string[]) {
    super(message);
    this.name = 'Refusal';
    this.errors = [{ code, message, field: field ? [...field] : null }];
  }

  /** Several at once, so that a form can mark every field. */
  static many(
    errors: readonly { code: RefusalCode; message: string; field?: readonly string[] | null }[],
  ): Refusal {
    const first = errors[0];
    if (!first) throw new Error('A refusal needs at least one error');
    const refusal = new Refusal(first.code, errors.map((e) => e.message).join('; '));
    Object.assign(refusal, {
      errors: errors.map((e) => ({ code: e.code, message: e.message, field: e.field ? [...e.field] : null })),
    });
    return refusal;
  }

  get code(): RefusalCode {
    return this.errors[0]?.code ?? 'INVALID_INPUT';
  }
}
