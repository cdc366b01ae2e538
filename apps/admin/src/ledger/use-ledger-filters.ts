import type { LedgerFilter } from '../api/generated/documents.js';
import { useUrlFilters } from '../ui/use-url-filters.js';

const names = ['chain', 'act', 'actor', 'kind', 'subject', 'from', 'to'] as const;

/** The filters of the ledger, from the address. */
export function useLedgerFilters() {
  const filters = useUrlFilters(names);
  const { chain, act, actor, kind, subject, from, to } = filters.values;
  const filter: LedgerFilter = {
    ...(chain && { chain }),
    ...(act && { act }),
    ...(actor && { actorId: actor }),
    ...(kind && { subjectKind: kind }),
    ...(subject && { subjectId: subject }),
    ...(from && { from }),
    ...(to && { to }),
  };
  return { ...filters, filter };
}

export type LedgerFilters = ReturnType<typeof useLedgerFilters>;
