import { canonicalJson, digestOf, digestOfText } from '../../platform/digest/digest.js';
import type { OperatingRecordContent } from './operating.schema.js';

export interface SealedOperatingRecord {
  canonical: string;
  digest: string;
  /** What an answer about the owner is bound to: team, person, contact, and who does which duty how often. */
  ownerDigest: string;
  /** What an answer about providers is bound to. */
  providersDigest: string;
}

/** The record's text and the digests of its parts. When a duty was last done is in neither: doing it voids no answer. */
export function sealOperatingRecord(content: OperatingRecordContent): SealedOperatingRecord {
  const canonical = canonicalJson(content);
  const { ownerTeam, accountableUserId, escalationContact } = content;
  const duties = content.duties
    .map(({ kind, ownerTeam: owner, cadenceDays }) => ({
      kind,
      owner: owner ?? null,
      cadenceDays: cadenceDays ?? null,
    }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
  return {
    canonical,
    digest: digestOfText(canonical),
    ownerDigest: digestOf({ ownerTeam, accountableUserId, escalationContact, duties }),
    providersDigest: digestOf(content.providers),
  };
}
