import type { RefusalCode } from '../../platform/refusal/refusal-codes.js';

/** An expected "no", as data, so that a screen can show it before anybody asks. */
export interface Objection {
  readonly code: RefusalCode;
  readonly message: string;
  /** Field of the input that is to blame, where one is. */
  readonly field?: string;
}
