import type { Actor } from '../identity/actor.js';
import type { JsonObject } from '../ledger/ledger-entry.domain.js';
import type { Permission } from '../permissions/permission-table.js';
import type { Tx } from '../database/database.js';
import type { Prisma } from '../database/generated/client.js';
import type { Refusal } from '../refusal/refusal.js';

export interface ActSpec {
  actor: Actor;
  requestId: string;
  /** Name of the mutation; with the actor and the client's key it identifies a repeated request. */
  mutation: string;
  /** The parsed input; hashed, so that another input under the same key is a conflict. */
  input: unknown;
  idempotencyKey?: string | null;
  scope: { workflowId: string } | { organisation: true };
  permission: Permission;
  /**
   * What to answer to who may not see the workflow, where the client named something inside it: the very refusal that
   * an id which never existed gets. Left out where the client names the workflow itself.
   */
  unknown?: () => Refusal;
  /**
   * What the act must know of its workflow before it decides: an expression of type text. It is read in the statement
   * that takes the lock, which spares whoever waits a round trip; `Act.alongside` is what it said.
   */
  alongside?: Prisma.Sql;
  /** The team that an organisation-wide act is about; a workflow's acts take the workflow's. */
  teamId?: string;
}

/** The workflow's row as it stood when its lock was taken. */
export interface LockedWorkflow {
  id: string;
  teamId: string;
  key: string;
  name: string;
  restricted: boolean;
  raisedTier: string | null;
  retiredAt: Date | null;
  incarnation: number;
  epoch: number;
  lastReleaseNumber: number;
}

export interface ActRecord {
  /** Past tense, noun first: `team.created`. */
  act: string;
  subjectKind: string;
  subjectId: string;
  subjectDigest?: string | null;
  data?: JsonObject;
  /** Of the readiness on which the act was allowed, where one was judged. */
  readinessDigest?: string | null;
  /** Free text; the entry holds only its salted hash. */
  reason?: string | null;
}

export interface OutboxEventDraft {
  topic: string;
  payload: JsonObject;
}

/** What one act may use while its transaction is open. */
export interface Act {
  tx: Tx;
  /** The database's clock, read after the lock, never before the chain's last entry. Milliseconds. */
  now: Date;
  /** With the roles that hold inside this transaction. */
  actor: Actor;
  requestId: string;
  /** @throws Error when the act is not about a workflow. */
  workflow: LockedWorkflow;
  /** What was to be read alongside the lock; null where nothing was, or it said NULL. As it stands under the lock. */
  alongside: string | null;
  /** Id that the ledger entry of this act will have. */
  entryId: string;
  newId(): string;
  /** Says what happened; exactly once per act. */
  record(entry: ActRecord): void;
  /** What is served has changed: the epoch grows by one. */
  servedChanged(): void;
  emit(topic: string, payload?: JsonObject): void;
  /**
   * Opens the ledger chain of a workflow that this act creates, and makes this act its first entry: in the chain that
   * everybody reads, the gap where it is hidden would tell of it.
   */
  openChain(workflow: { id: string; teamId: string; restricted: boolean }): Promise<void>;
  /** Rolls everything back, remembers nothing, and returns the value: a blocked gate is data, not an error. */
  withoutEffect<T>(value: T): T;
}
