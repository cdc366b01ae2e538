import type { Actor } from '../identity/actor.js';
import { actorOf, actorStatement, type ActorRow } from '../identity/actor.reads.js';
import { reloadKey } from '../identity/key-actor.reads.js';
import type { Tx } from '../database/database.js';
import { Prisma } from '../database/generated/client.js';
import type { ActSpec } from './act.types.js';

/** What an act needs to know beside what it locks. */
export interface ActContext {
  now: Date;
  /** Of an act that was done with the same key; null: this is the first. */
  inputHash: string | null;
  result: unknown;
  person: ActorRow | null;
  alongside: string | null;
}

/**
 * Columns and a join of whatever statement opens the act. The setting holds until the act ends: its statements ask by
 * key, and are planned once for each connection instead of the first five times, which takes longer than most of them.
 */
export const contextParts = ({
  actor,
  mutation,
  idempotencyKey,
  alongside,
}: ActSpec): { columns: Prisma.Sql; remembered: Prisma.Sql } => ({
  columns: Prisma.sql`
    date_trunc('milliseconds', clock_timestamp()) AS now, r.input_hash AS "inputHash", r.result,
    ${actor.kind === 'user' ? personColumn(actor) : Prisma.sql`NULL::json`} AS person,
    (${alongside ?? Prisma.sql`NULL::text`}) AS alongside,
    set_config('plan_cache_mode', 'force_generic_plan', true) AS planning`,
  remembered: Prisma.sql`
    LEFT JOIN idempotency_record r
      ON r.actor_id = ${actor.id} AND r.mutation = ${mutation} AND r.key = ${idempotencyKey ?? null}`,
});

const personColumn = ({ id }: Actor) =>
  Prisma.sql`(SELECT row_to_json(a) FROM (${actorStatement(Prisma.sql`${id}::uuid`)}) a)`;

export async function contextOf(tx: Tx, spec: ActSpec): Promise<ActContext> {
  const { columns, remembered } = contextParts(spec);
  const [context] = await tx.$queryRaw<ActContext[]>`SELECT ${columns} FROM (SELECT 1) one ${remembered}`;
  if (!context) throw new Error('The database did not say what time it is');
  return context;
}

/** The actor as it stands inside this transaction: its roles or its key may have been taken away since it asked. */
export function actorNow(tx: Tx, actor: Actor, { person }: ActContext): Promise<Actor | null> | Actor | null {
  if (actor.kind === 'user') return person && actorOf(person);
  return actor.key ? reloadKey(tx, actor.key) : actor.kind === 'system' ? actor : null;
}
