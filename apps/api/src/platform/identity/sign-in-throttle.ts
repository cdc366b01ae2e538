import { HttpException, Inject, Injectable } from '@nestjs/common';
import { isIPv6 } from 'node:net';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { sha256Hex } from '../digest/digest.js';
import { DoorClock } from '../door/door-clock.js';
import { afterAttempt, type Throttled, type ThrottleRule, waitLeft } from './throttle.domain.js';

const minute = 60_000;
const accountRule: ThrottleRule = { free: 5, forgottenAfterMs: 60 * minute };
const staleAfterMs = 24 * 60 * minute;

type Row = Throttled & { subject: string; now: Date };

/** One attempt that counts as failed until `succeeded` is called. */
export type Attempt = { succeeded: () => Promise<void> };

/** Too early; says after how many seconds to come back. */
export class TooManyAttempts extends HttpException {
  constructor(readonly retryAfter: number) {
    super(`Too many attempts; wait ${String(retryAfter)} s and try again`, 429);
  }
}

/**
 * Slows down whoever guesses, by account and by network address, in the database: for every replica, across
 * restarts. An account need not exist to be counted, so that the answer does not tell whether it does.
 */
@Injectable()
export class SignInThrottle {
  constructor(
    private readonly database: Database,
    private readonly clock: DoorClock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Begins an attempt. @param account what was typed as address, or null where none is named
   * @throws TooManyAttempts when the account or the address has to wait
   */
  async begin(address: string, account: string | null): Promise<Attempt> {
    const rules = new Map<string, ThrottleRule>();
    rules.set(`address:${networkOf(address)}`, {
      free: this.config.signInLimit,
      forgottenAfterMs: 10 * minute,
    });
    if (account !== null) rules.set(accountSubject(account), accountRule);
    const counted = await this.count(rules);
    return { succeeded: () => this.settle(counted) };
  }

  /** Forgets what was guessed about an account: somebody has vouched for the person. */
  async forget(email: string): Promise<void> {
    await this.database.client.signInThrottle.deleteMany({ where: { subject: accountSubject(email) } });
  }

  /** Counts for all subjects or, when one has to wait, for none: waiting attempts make nobody wait longer. */
  private async count(rules: ReadonlyMap<string, ThrottleRule>): Promise<Map<string, Date | null>> {
    const subjects = [...rules.keys()].sort();
    return this.database.client.$transaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO sign_in_throttle (subject, failures, window_start)
        SELECT subject, 0, clock_timestamp() FROM unnest(${subjects}::text[]) AS subject ORDER BY subject
        ON CONFLICT (subject) DO NOTHING`;
      // Locked in one order by everybody; the clock is read after the wait.
      const rows = await tx.$queryRaw<Row[]>`
        SELECT t.*, clock_timestamp() AS now FROM (
          SELECT subject, failures, window_start AS "windowStart", blocked_until AS "blockedUntil"
          FROM sign_in_throttle WHERE subject = ANY(${subjects}::text[]) ORDER BY subject FOR UPDATE) t`;
      const waits = rows.map((row) => waitLeft(row, this.clock.shifted(row.now)));
      const longest = Math.max(0, ...waits);
      if (longest > 0) throw new TooManyAttempts(Math.ceil(longest / 1000));
      const counted = new Map<string, Date | null>();
      for (const row of rows) {
        const rule = rules.get(row.subject) ?? accountRule;
        const data = afterAttempt(row, this.clock.shifted(row.now), rule);
        await tx.signInThrottle.update({ where: { subject: row.subject }, data });
        counted.set(row.subject, data.blockedUntil);
      }
      return counted;
    });
  }

  /**
   * The account starts over; the address gets back what this attempt had cost it, and no more: an account of one's
   * own must not pay for guesses about others.
   */
  private async settle(counted: ReadonlyMap<string, Date | null>): Promise<void> {
    const { signInThrottle } = this.database.client;
    for (const [subject, blockedUntil] of counted) {
      if (subject.startsWith('account:')) {
        await signInThrottle.deleteMany({ where: { subject } });
        continue;
      }
      await this.database.client.$executeRaw`
        UPDATE sign_in_throttle SET failures = greatest(failures - 1, 0),
          blocked_until = CASE WHEN blocked_until = ${blockedUntil?.toISOString() ?? null}::timestamptz THEN NULL ELSE blocked_until END
        WHERE subject = ${subject}`;
    }
    const stale = new Date(this.clock.now().getTime() - staleAfterMs);
    await signInThrottle.deleteMany({ where: { windowStart: { lt: stale } } });
  }
}

function accountSubject(email: string): string {
  return `account:${sha256Hex(email.trim().toLowerCase())}`;
}

/** Of IPv6 the network, within which one client has all addresses. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [bare = ''] = address.split('%');
  const [head = '', tail = ''] = bare.split('::');
  const groups = head === '' ? [] : head.split(':');
  const end = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array<string>(8 - groups.length - end.length).fill('0') : [];
  return `${[...groups, ...zeros, ...end].slice(0, 4).join(':')}::/64`;
}
