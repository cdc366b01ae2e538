import type { Tx } from '../database/database.js';

/**
 * Erases the free text beside one entry, with its salt: a guess at the text then finds nothing to be tried against. The
 * entry keeps the hash, and its chain stays whole.
 * @returns false where there is no text (any more)
 */
export async function eraseReasonOf(tx: Tx, entryId: string, now: Date): Promise<boolean> {
  const { count } = await tx.ledgerReason.updateMany({
    where: { entryId, erasedAt: null },
    data: { text: null, salt: '', erasedAt: now },
  });
  return count > 0;
}

/** Erases whatever a person wrote as a reason. @returns how many texts there were */
export async function eraseReasonsBy(tx: Tx, actorId: string, now: Date): Promise<number> {
  return tx.$executeRaw`
    UPDATE ledger_reason r SET text = NULL, salt = '', erased_at = ${now.toISOString()}::timestamptz
    FROM ledger_entry e WHERE e.id = r.entry_id AND e.actor_id = ${actorId} AND r.erased_at IS NULL`;
}
