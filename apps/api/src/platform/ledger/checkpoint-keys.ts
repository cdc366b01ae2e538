import type { Tx } from '../database/database.js';
import type { LedgerSigner, LedgerSigners } from './ledger-signer.js';

/** Why checkpoints cannot be signed now; for the log and for administrators. */
export class CannotSign extends Error {}

/** What became of the key that is to sign next. */
export type KeyStanding = 'known' | 'first' | 'vouched' | 'unvouched';

/**
 * The key that signs the next checkpoint, which the database knows after this. A new one takes over with the signature of
 * the one before it, where that is at hand; without, whoever verifies has to trust it anew.
 * @throws CannotSign where there is no key, or this one was replaced
 */
export async function settleKey(
  tx: Tx,
  { current, previous }: LedgerSigners,
  lastKeyId: string | null,
): Promise<{ signer: LedgerSigner; standing: KeyStanding }> {
  if (!current) throw new CannotSign('no key is configured: set HOLDPOINT_LEDGER_KEY_FILE');
  if (current.id === lastKeyId) return { signer: current, standing: 'known' };
  const known = await tx.ledgerKey.findUnique({ where: { id: current.id } });
  if (known && lastKeyId !== null)
    throw new CannotSign('this key was replaced: another has signed since, and this one signs no more');
  if (known) return { signer: current, standing: 'known' };
  const voucher = lastKeyId !== null && previous?.id === lastKeyId ? previous : null;
  await tx.ledgerKey.create({
    data: {
      id: current.id,
      publicKey: current.publicKey,
      firstUsed: new Date(),
      signedBy: voucher?.id ?? null,
      signature: voucher?.sign(current.id) ?? null,
    },
  });
  return { signer: current, standing: lastKeyId === null ? 'first' : voucher ? 'vouched' : 'unvouched' };
}
