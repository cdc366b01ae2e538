import type { Actor } from '../identity/actor.js';
import type { Tx } from '../database/database.js';
import { Prisma } from '../database/generated/client.js';
import { organisationChain } from '../ledger/ledger-entry.domain.js';
import { Refusal } from '../refusal/refusal.js';
import { actorNow, contextOf, contextParts, type ActContext } from './act-context.js';
import type { DoorClock } from './door-clock.js';
import type { ActSpec, LockedWorkflow } from './act.types.js';

export interface ChainHead {
  chain: string;
  seq: number;
  headHash: string;
  lastAt: Date;
}

export interface OpenedAct {
  head: ChainHead;
  workflow: LockedWorkflow | null;
  now: Date;
  actor: Actor;
  remembered: { inputHash: string; result: unknown } | null;
  alongside: string | null;
}

interface Locked {
  head: ChainHead;
  workflow: LockedWorkflow | null;
}
type LockedRow = { chain: string; seq: bigint; headHash: string; lastAt: Date; workflow: string | null };
/** Texts of the times: the row is JSON. */
type WorkflowJson = Omit<LockedWorkflow, 'retiredAt'> & { retiredAt: string | null };

/** Locks the workflow's row and its chain, or the organisation's chain alone. Always in this order. */
const lockStatement = ({ scope }: ActSpec): Prisma.Sql =>
  'workflowId' in scope
    ? Prisma.sql`
      SELECT c.chain, c.seq, c.head_hash AS "headHash", c.last_at AS "lastAt", json_build_object('id', w.id,
        'teamId', w.team_id, 'key', w.key, 'name', w.name, 'restricted', w.restricted, 'raisedTier', w.raised_tier,
        'retiredAt', w.retired_at, 'incarnation', w.incarnation, 'epoch', w.epoch,
        'lastReleaseNumber', w.last_release_number)::text AS workflow
      FROM workflow w JOIN ledger_chain c ON c.chain = w.id::text
      WHERE w.id = ${scope.workflowId}::uuid FOR UPDATE OF w, c`
    : Prisma.sql`
      SELECT chain, seq, head_hash AS "headHash", last_at AS "lastAt", NULL AS workflow FROM ledger_chain
      WHERE chain = ${organisationChain} FOR UPDATE`;

function lockedOf({ chain, seq, headHash, lastAt, workflow }: LockedRow): Locked {
  const json = workflow === null ? null : (JSON.parse(workflow) as WorkflowJson);
  const retiredAt = json?.retiredAt == null ? null : new Date(json.retiredAt);
  return { head: { chain, seq: Number(seq), headHash, lastAt }, workflow: json && { ...json, retiredAt } };
}

/** Waits for whoever holds the lock. */
async function lock(tx: Tx, spec: ActSpec): Promise<Locked> {
  const [row] = await tx.$queryRaw<LockedRow[]>(lockStatement(spec));
  if (row) return lockedOf(row);
  if ('workflowId' in spec.scope)
    throw new Refusal('NOT_FOUND', 'There is no such workflow', ['input', 'workflowId']);
  throw new Error('The organisation has no ledger chain: the migrations did not run');
}

/**
 * Lock and context in one statement, as long as nobody else is about the same. Null where somebody holds the lock, or
 * had it after the statement looked at the rest: every act moves its chain on, which the lock sees and the rest does not.
 */
async function openAtOnce(tx: Tx, spec: ActSpec): Promise<(Locked & { context: ActContext }) | null> {
  const { columns, remembered } = contextParts(spec);
  const [row] = await tx.$queryRaw<(LockedRow & ActContext & { seqSeen: bigint })[]>`
    SELECT l.*, (SELECT s.seq FROM ledger_chain s WHERE s.chain = l.chain) AS "seqSeen", ${columns}
    FROM (${lockStatement(spec)} SKIP LOCKED) l ${remembered}`;
  return row?.seq === undefined || row.seq !== row.seqSeen ? null : { ...lockedOf(row), context: row };
}

/** Takes the lock, then reads the clock: a time read before the wait could lie before the chain's last entry. */
export async function openAct(tx: Tx, spec: ActSpec, clock: DoorClock): Promise<OpenedAct> {
  const atOnce = await openAtOnce(tx, spec);
  const { head, workflow } = atOnce ?? (await lock(tx, spec));
  const context = atOnce?.context ?? (await contextOf(tx, spec));
  const actor = await actorNow(tx, spec.actor, context);
  if (!actor) throw new Refusal('UNAUTHENTICATED', 'This account may no longer sign in');
  const now = clock.shifted(context.now);
  return {
    head,
    workflow,
    // No two acts of a chain share an instant, so that the state just before one can be asked for.
    now: now > head.lastAt ? now : new Date(head.lastAt.getTime() + 1),
    actor,
    remembered: context.inputHash === null ? null : { inputHash: context.inputHash, result: context.result },
    alongside: context.alongside,
  };
}
