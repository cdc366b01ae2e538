/** One statement as the server received it. */
export interface LoggedStatement {
  database: string;
  session: string;
  sql: string;
  /** The values of $1, $2 and so on; null for NULL. */
  values: (string | null)[];
}

const record = /@@(\d+) (\S*)@@(LOG|DETAIL): {2}([\s\S]*?)(?=\n@@|$)/g;

/** `$1 = 'a', $2 = NULL` as the server logs it, quotes doubled inside values. */
export function parseParameters(detail: string): (string | null)[] {
  return Array.from(detail.matchAll(/\$\d+ = (?:NULL|'((?:[^']|'')*)')/g), ([, value]) =>
    value === undefined ? null : value.replaceAll("''", "'"),
  );
}

/** Statements in the order in which the server received them, from a log written with `logPrefix`. */
export function readStatements(log: string): LoggedStatement[] {
  const statements: LoggedStatement[] = [];
  for (const [, session = '', database = '', kind, text = ''] of log.matchAll(record)) {
    const message = text.replaceAll('\n\t', '\n').trimEnd();
    if (kind === 'LOG') {
      const sql = /^(?:statement|execute [^:]*): ([\s\S]*)$/.exec(message)?.[1];
      if (sql !== undefined) statements.push({ database, session, sql, values: [] });
      continue;
    }
    const last = statements.at(-1);
    if (last?.session === session && message.startsWith('parameters: '))
      last.values = parseParameters(message);
  }
  return statements;
}
