import { reasonText, type LedgerContent } from '@holdpoint/client/ledger/entry.domain.js';
import { canonicalJson, sha256Hex } from '../digest/digest.js';

export { genesisHash, organisationChain } from '@holdpoint/client/ledger/entry.domain.js';
export type { JsonObject, JsonValue, LedgerContent } from '@holdpoint/client/ledger/entry.domain.js';

export interface SealedEntry {
  canonical: string;
  /** Hex sha256 of the canonical text, which holds the hash before it. */
  hash: string;
}

export function sealEntry(content: LedgerContent): SealedEntry {
  const canonical = canonicalJson(content);
  return { canonical, hash: sha256Hex(canonical) };
}

export function hashReason(salt: string, text: string): string {
  return sha256Hex(reasonText(salt, text));
}
