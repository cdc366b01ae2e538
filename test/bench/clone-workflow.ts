import type pg from 'pg';

/** Tables whose rows belong to a workflow through another row, and how. */
const throughAnother: Readonly<Record<string, string>> = {
  workflow: 'id = $1',
  release_step: 'release_id IN (SELECT id FROM release WHERE workflow_id = $1)',
  eval_suite_version: 'suite_id IN (SELECT id FROM eval_suite WHERE workflow_id = $1)',
  promotion_review: 'promotion_id IN (SELECT id FROM promotion WHERE workflow_id = $1)',
  stage_revision_approval: 'stage_revision_id IN (SELECT id FROM stage_revision WHERE workflow_id = $1)',
};
/** What a copy does without: it has no history of acts, and nothing under way. */
const leftOut = new Set(['eval_upload', 'outbox_event', 'ledger_entry', 'ledger_chain']);

interface Column {
  table: string;
  column: string;
  type: string;
}

async function ownedColumns(client: pg.Client): Promise<Map<string, Column[]>> {
  const { rows } = await client.query<Column>(
    `SELECT table_name AS "table", column_name AS "column", udt_name AS type
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
  );
  const tables = new Map<string, Column[]>();
  for (const row of rows) tables.set(row.table, [...(tables.get(row.table) ?? []), row]);
  for (const [table, columns] of tables) {
    const owned = table in throughAnother || columns.some(({ column }) => column === 'workflow_id');
    if (!owned || leftOut.has(table)) tables.delete(table);
  }
  return tables;
}

const conditionOf = (table: string) => throughAnother[table] ?? 'workflow_id = $1';

/**
 * A copy's ids are the place of the copied row and the number of the copy, so that a captured statement can be
 * replayed on any copy by replacing one number: `0000002a-0000-7000-8000-100000000007`.
 */
const functions = `
  CREATE TABLE bench_row (id uuid PRIMARY KEY, place int NOT NULL);
  CREATE FUNCTION bench_id(original uuid, copy bigint) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT (lpad(to_hex(place), 8, '0') || '-0000-7000-8000-' || (100000000000 + copy))::uuid
                     FROM bench_row WHERE id = original), original) $$`;

function valueOf({ table, column, type }: Column): string {
  if (type === 'uuid') return `bench_id("${column}", copy)`;
  if (table === 'workflow' && column === 'key') return `"${column}" || '-' || copy`;
  return `"${column}"`;
}

/**
 * Copies a workflow with everything it owns, numbered from `first`, by SQL alone: for measuring, where only the
 * amount matters. Ids in canonical texts still name the original, and the copies' ledger chains are empty.
 * @returns the place of every copied id.
 */
export async function cloneWorkflow(
  client: pg.Client,
  workflowId: string,
  first: number,
  copies: number,
): Promise<Map<string, number>> {
  const tables = await ownedColumns(client);
  const known = await client.query<{ to: string | null }>(`SELECT to_regclass('bench_row')::text AS to`);
  if (known.rows[0]?.to == null) await client.query(functions);
  await client.query('BEGIN');
  // Triggers guard acts; these rows come from none.
  await client.query('SET LOCAL session_replication_role = replica');
  for (const [table, columns] of tables) {
    if (!columns.some(({ column }) => column === 'id')) continue;
    await client.query(
      `INSERT INTO bench_row SELECT id, (SELECT count(*) FROM bench_row) + row_number() OVER (ORDER BY id)
       FROM "${table}" WHERE ${conditionOf(table)}`,
      [workflowId],
    );
  }
  for (const [table, columns] of tables) {
    const names = columns.map(({ column }) => `"${column}"`).join(', ');
    await client.query(
      `INSERT INTO "${table}" (${names}) SELECT ${columns.map(valueOf).join(', ')}
       FROM "${table}", generate_series($2::bigint, $3::bigint) AS copy WHERE ${conditionOf(table)}`,
      [workflowId, first, first + copies - 1],
    );
  }
  await client.query(
    `INSERT INTO ledger_chain (chain, seq, head_hash, last_at)
     SELECT bench_id($1, copy)::text, 0, repeat('0', 64), now() FROM generate_series($2::bigint, $3::bigint) AS copy`,
    [workflowId, first, first + copies - 1],
  );
  await client.query('COMMIT');
  const places = await client.query<{ id: string; place: number }>('SELECT id, place FROM bench_row');
  return new Map(places.rows.map(({ id, place }) => [id, place]));
}

/** The id that a copied row has in a copy. */
export const copyId = (place: number, copy: number | string) =>
  `${place.toString(16).padStart(8, '0')}-0000-7000-8000-${typeof copy === 'number' ? 100_000_000_000 + copy : copy}`;
