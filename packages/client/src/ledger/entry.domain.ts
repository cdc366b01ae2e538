export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = Record<string, JsonValue>;

/** The chain of everything that belongs to no workflow; a workflow's chain is its id. */
export const organisationChain = 'organisation';

/** What the first entry of a chain, and the first checkpoint, name as the hash before them. */
export const genesisHash = '0'.repeat(64);

/** What one act says of itself. Its RFC 8785 canonical JSON is stored as text, hashed and exported. */
export interface LedgerContent {
  /** 1 before keys and readiness were named; such entries have neither field. */
  v: 1 | 2;
  id: string;
  chain: string;
  /** From 1, without a gap. */
  seq: number;
  /** ISO 8601 in UTC with milliseconds; never before the entry before it. */
  at: string;
  act: string;
  /** `key` is the id of the API key that was used, null for a person in a session; absent in v1. */
  actor: { id: string; kind: string; key?: string | null; responsible: string[] };
  subject: { kind: string; id: string; digest: string | null };
  requestId: string;
  data: JsonObject;
  /** Digest of the readiness on which the act was allowed; null where none was asked; absent in v1. */
  readiness?: string | null;
  /** Hex sha256 of `reasonText`; the text itself lies beside the ledger and can be erased. */
  reasonHash: string | null;
  prevHash: string;
}

/** What a reason's hash is of. */
export const reasonText = (salt: string, text: string): string => `${salt}:${text}`;
