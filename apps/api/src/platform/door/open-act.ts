import type { Actor } from '../identity/actor.js';
import { actorOf, actorStatement, type ActorRow } from '../identity/actor.reads.js';
import { reloadKey } from '../identity/key-actor.reads.js';
import type { Tx } from '../database/database.js';
import { Prisma } from '../database/generated/client.js';
import { organisationChain } from '../ledger/ledger-entry.domain.js';
import { Refusal } from '../refusal/refusal.js';
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
}

type HeadRow = { seq: bigint; headHash: string; lastAt: Date };

/** Locks the workflow's row and its chain, or the organisation's chain alone. Always in this order. */
async function lock(tx: Tx, spec: ActSpec): Promise<{ head: ChainHead; workflow: LockedWorkflow | null }> {
  if ('workflowId' in spec.scope) {
    const id = spec.scope.workflowId;
    const rows = await tx.$queryRaw<(LockedWorkflow & HeadRow)[]>`
      SELECT w.id, w.team_id AS "teamId", w.key, w.name, w.restricted, w.raised_tier AS "raisedTier",
             w.retired_at AS "retiredAt", w.incarnation, w.epoch, w.last_release_number AS "lastReleaseNumber",
             c.seq, c.head_hash AS "headHash", c.last_at AS "lastAt"
      FROM workflow w JOIN ledger_chain c ON c.chain = w.id::text
      WHERE w.id = ${id}::uuid FOR UPDATE OF w, c`;
    const row = rows[0];
    if (!row) throw new Refusal('NOT_FOUND', 'There is no such workflow', ['input', 'workflowId']);
    const { seq, headHash, lastAt, ...workflow } = row;
    return { head: { chain: workflow.id, seq: Number(seq), headHash, lastAt }, workflow };
  }
  const rows = await tx.$queryRaw<HeadRow[]>`
    SELECT seq, head_hash AS "headHash", last_at AS "lastAt" FROM ledger_chain
    WHERE chain = ${organisationChain} FOR UPDATE`;
  const row = rows[0];
  if (!row) throw new Error('The organisation has no ledger chain: the migrations did not run');
  return {
    head: { chain: organisationChain, seq: Number(row.seq), headHash: row.headHash, lastAt: row.lastAt },
    workflow: null,
  };
}

interface Context {
  now: Date;
  inputHash: string | null;
  result: unknown;
  person: ActorRow | null;
}

/** The actor as it stands inside this transaction: its roles or its key may have been taken away since it asked. */
function actorNow(tx: Tx, actor: Actor, { person }: Context): Promise<Actor | null> | Actor | null {
  if (actor.kind === 'user') return person && actorOf(person);
  return actor.key ? reloadKey(tx, actor.key) : actor.kind === 'system' ? actor : null;
}

/** What an act needs to know beside what it locked, in one statement. */
async function contextOf(tx: Tx, { actor, mutation, idempotencyKey }: ActSpec): Promise<Context> {
  const person =
    actor.kind === 'user'
      ? Prisma.sql`(SELECT row_to_json(a) FROM (${actorStatement(Prisma.sql`${actor.id}::uuid`)}) a)`
      : Prisma.sql`NULL::json`;
  const [context] = await tx.$queryRaw<Context[]>`
    SELECT date_trunc('milliseconds', clock_timestamp()) AS now, r.input_hash AS "inputHash", r.result,
      ${person} AS person
    FROM (SELECT 1) one LEFT JOIN idempotency_record r
      ON r.actor_id = ${actor.id} AND r.mutation = ${mutation} AND r.key = ${idempotencyKey ?? null}`;
  if (!context) throw new Error('The database did not say what time it is');
  return context;
}

/** Takes the lock, then reads the clock: a time read before the wait could lie before the chain's last entry. */
export async function openAct(tx: Tx, spec: ActSpec, clock: DoorClock): Promise<OpenedAct> {
  const { head, workflow } = await lock(tx, spec);
  const context = await contextOf(tx, spec);
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
  };
}
