import { Refusal } from '../refusal/refusal.js';

const foreign = () => new Refusal('INVALID_INPUT', 'This is not a cursor of this list', ['after']);

/** The key of a cursor in a list ordered by a whole number. @throws Refusal for a cursor of another list */
export function integerKey(key: string): number {
  const value = Number(key);
  if (!Number.isSafeInteger(value) || Math.abs(value) > 2_147_483_647) throw foreign();
  return value;
}

/** The key of a cursor in a list ordered by a time. @throws Refusal for a cursor of another list */
export function instantKey(key: string): Date {
  const value = new Date(key);
  if (Number.isNaN(value.getTime())) throw foreign();
  return value;
}
