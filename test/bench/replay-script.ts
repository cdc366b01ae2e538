import type pg from 'pg';
import { sha256Hex } from '../../apps/api/src/platform/digest/digest.js';
import type { LoggedStatement } from './statement-log.js';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const copied = /^([0-9a-f]{8})-0000-7000-8000-(1\d{11})$/;

/** The types that the server infers for a statement's parameters. */
async function parameterTypes(client: pg.Client, sql: string): Promise<string[]> {
  await client.query(`PREPARE bench_types AS ${sql}`);
  try {
    const { rows } = await client.query<{ types: string[] }>(
      `SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'bench_types'`,
    );
    return rows[0]?.types ?? [];
  } finally {
    await client.query('DEALLOCATE bench_types');
  }
}

/** What the copies share: people, their sessions, the team with its prompts and models, the checklist. */
async function sharedIds(client: pg.Client): Promise<Set<string>> {
  const shared = ['"user"', 'session', 'team', 'prompt', 'prompt_version', 'model_config'];
  const tables = [...shared, 'model_config_version', 'checklist_version'];
  const { rows } = await client.query<{ id: string }>(
    tables.map((table) => `SELECT id::text FROM ${table}`).join(' UNION ALL '),
  );
  return new Set(rows.map(({ id }) => id));
}

const quote = (text: string) => (text === '' ? [] : [`'${text.replaceAll("'", "''")}'`]);

/** pgbench would take `:word` inside a text for one of its variables; in two pieces it does not. */
const literal = (text: string) => text.split(/(?<=:)(?=[A-Za-z_\u0080-\uffff])/).flatMap(quote);

/**
 * One pgbench transaction that repeats what was captured on one copy of a workflow, on copy after copy: ids of
 * copied rows and of rows that the act made get the number of the copy that is its turn.
 * @param statements what the server received for one request on one copy.
 * @param firstNewPlace a place in ids that no copied row has.
 */
export async function replayScript(
  client: pg.Client,
  statements: readonly LoggedStatement[],
  firstNewPlace: number,
): Promise<string> {
  const placed = new Map<string, string>();
  let place = firstNewPlace;
  const lasting = await sharedIds(client);
  const placeOf = (id: string) => {
    const found = copied.exec(id)?.[1] ?? placed.get(id) ?? (place += 1).toString(16).padStart(8, '0');
    placed.set(id, found);
    return found;
  };
  const expression = (value: string): string => {
    const pieces: string[] = [];
    let end = 0;
    for (const match of value.matchAll(uuid)) {
      if (lasting.has(match[0])) continue;
      pieces.push(...literal(value.slice(end, match.index) + `${placeOf(match[0])}-0000-7000-8000-`), ':n');
      end = match.index + match[0].length;
    }
    pieces.push(...literal(value.slice(end)));
    return pieces.length === 0 ? "''" : pieces.join(' || ');
  };
  const lines = ['\\set i :i + 1', '\\set n 100000000000 + :first + :client_id + 16 * (:i - 1)'];
  for (const { sql, values } of statements) {
    const types = values.length > 0 ? await parameterTypes(client, sql) : [];
    const expressions: string[] = [];
    for (const [index, value] of values.entries()) {
      const type = types[index] ?? 'text';
      // Where a text's hash is written beside it, the database compares the two.
      const source = values.find((text) => text !== null && value?.endsWith(sha256Hex(text)) === true);
      const hash = (text: string) => `encode(sha256(convert_to(${expression(text)}, 'UTF8')), 'hex')`;
      const prefix = value?.startsWith('sha256:') === true ? "'sha256:' || " : '';
      const said = value === null ? 'NULL' : source ? `(${prefix}${hash(source)})` : `(${expression(value)})`;
      expressions.push(`${said}::${type}`);
    }
    const text = sql.replace(/\$(\d+)/g, (_, number: string) => expressions[Number(number) - 1] ?? 'NULL');
    lines.push(`${text.replace(/;\s*$/, '')};`);
  }
  return `${lines.join('\n')}\n`;
}
