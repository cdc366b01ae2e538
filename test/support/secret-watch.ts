import type { Database } from '../../apps/api/src/platform/database/database.js';

/** API keys, and the tokens of links to set up or to set a new password, wherever a text holds them. */
const minted = /\bhp_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])|(?<=[#=])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g;

/** Tables that outlive what they tell of, and free text beside them; what only sessions hold is theirs to keep. */
const lasting = ['ledger_entry', 'ledger_reason', 'outbox_event', 'idempotency_record', 'user', 'api_key'];

/**
 * Knows every secret that a test's world has made, and where each was seen. A secret may be told once, by the answer that
 * makes it, and must then be nowhere: not in another answer, not in the log, not in what the database keeps of acts.
 */
export class SecretWatch {
  private readonly told = new Set<string>();
  private readonly leaks: string[] = [];

  /** A secret that somebody typed or was given outside of an answer's body: a password, a session's cookie. */
  keep(secret: string): void {
    if (secret.length >= 12) this.told.add(secret);
  }

  /** An answer's body, whoever asked. */
  hear(what: string, body: string): void {
    for (const secret of this.told)
      if (body.includes(secret)) this.leaks.push(`${what} tells ${shown(secret)} again`);
    for (const [secret] of body.matchAll(minted)) this.told.add(secret);
  }

  /** @returns one line for each place where a secret is that should not be there. */
  async found(logs: readonly string[], database: Database): Promise<string[]> {
    const secrets = [...this.told];
    const logged = secrets.filter((secret) => logs.some((line) => line.includes(secret)));
    const kept: string[] = [];
    if (secrets.length > 0)
      for (const table of lasting) {
        const rows = await database.client.$queryRawUnsafe<{ secret: string }[]>(
          `SELECT DISTINCT s.secret FROM unnest($1::text[]) AS s(secret), "${table}" t WHERE strpos(t::text, s.secret) > 0`,
          secrets,
        );
        kept.push(...rows.map(({ secret }) => `table ${table} holds ${shown(secret)}`));
      }
    return [...this.leaks, ...logged.map((secret) => `the log holds ${shown(secret)}`), ...kept];
  }
}

const shown = (secret: string) => `${secret.slice(0, 6)}… (${String(secret.length)} characters)`;
