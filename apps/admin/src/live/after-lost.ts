import { LiveAfterLostDocument, type LiveAfterLostQuery } from '../api/generated/documents.js';
import { clockTime, servedWords } from './live-words.js';
import { requestWithin } from './request-within.js';

/** Milliseconds for the answer. */
const patience = 6000;

export interface AfterLost {
  /** Of one's own rollback; null: it is not recorded so far, or nobody can tell. */
  number: number | null;
  words: string;
}

/**
 * What became of a rollback whose answer was lost. One's own is known by its key: somebody else may have rolled back at
 * the same moment.
 * @param before number of the latest rollback when the sheet was opened
 */
export async function afterLost(
  workflow: string,
  idempotencyKey: string,
  before: number,
): Promise<AfterLost> {
  try {
    const found = await requestWithin(LiveAfterLostDocument, { workflow, idempotencyKey }, patience);
    if (found.onCall)
      return {
        number: found.rollbackAsked?.number ?? null,
        words: afterLostWords(found, found.onCall, before),
      };
  } catch {
    // Falls through to what can be said without it.
  }
  const words = 'The registry cannot be reached: the rollback may have been recorded and applied.';
  return { number: null, words };
}

function afterLostWords(
  { rollbackAsked }: Pick<LiveAfterLostQuery, 'rollbackAsked'>,
  { serving, lastRollback }: NonNullable<LiveAfterLostQuery['onCall']>,
  before: number,
): string {
  const served = servedWords(serving);
  const last = lastRollback && lastRollback.number > (rollbackAsked?.number ?? before) ? lastRollback : null;
  const other = last && `rollback #${String(last.number)} by ${last.triggeredByName}`;
  if (rollbackAsked) {
    const at = clockTime(rollbackAsked.appliedAt);
    return other
      ? `The rollback was recorded at ${at}. After it came ${other}; ${served} is served now.`
      : `The rollback was recorded: ${served} is served since ${at}.`;
  }
  return other
    ? `Not recorded so far. Meanwhile came ${other}; ${served} is served now.`
    : `Not recorded so far; ${served} is still served.`;
}
