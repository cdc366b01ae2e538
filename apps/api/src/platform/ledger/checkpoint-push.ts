import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { exportLine } from '@holdpoint/client/ledger/export-format.domain.js';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { LOGGER } from '../http/logger.js';
import { appendTo, lastNumberIn } from './push-file.js';
import { PushRefused } from './push-refused.js';
import { postTo } from './push-url.js';

export type PushKind = 'file' | 'url';

interface Target {
  kind: PushKind;
  /** Key of its row. Where it leads is not in the database: an address may hold a secret. */
  id: string;
  /** The last checkpoint that is there, where the target itself can tell. */
  reached: () => Promise<number | null>;
  deliver: (number: number, line: string) => Promise<void>;
}

const pageSize = 100;
const longestWaitMs = 300_000;

/** Brings checkpoints outside, where nobody who can write to the database can change them: in order, until delivered. */
@Injectable()
export class CheckpointPush {
  private readonly log: Logger;
  readonly targets: readonly Target[];
  /** By target: what this process knows to be there, so that nothing is written while there is nothing to do. */
  private readonly arrived = new Map<string, number>();

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'checkpoint push' });
    this.targets = targetsOf(config);
  }

  /** Delivers what has not been yet. Never throws: what failed is noted, and tried again later and later. */
  async deliver(): Promise<void> {
    if (this.targets.length === 0) return;
    for (const target of this.targets) {
      try {
        const last = await this.database.client.ledgerCheckpoint.aggregate({ _max: { number: true } });
        if (Number(last._max.number ?? 0) > (this.arrived.get(target.id) ?? 0)) await this.deliverTo(target);
      } catch (error) {
        this.log.error({ error, target: target.kind }, 'the state of a push could not be kept');
      }
    }
  }

  private async deliverTo(target: Target): Promise<void> {
    const { client } = this.database;
    const { id } = target;
    await client.ledgerPush.createMany({ data: [{ target: id }], skipDuplicates: true });
    const [leased] = await client.$queryRaw<{ number: bigint; failures: number }[]>`
      UPDATE ledger_push SET leased_until = clock_timestamp() + interval '60 seconds'
      WHERE target = ${id} AND coalesce(leased_until, '-infinity') < clock_timestamp()
        AND coalesce(next_try_at, '-infinity') <= clock_timestamp()
      RETURNING number, failures`;
    if (!leased) return;
    try {
      let reached = (await target.reached()) ?? Number(leased.number);
      for (;;) {
        const page = await client.ledgerCheckpoint.findMany({
          where: { number: { gt: reached } },
          orderBy: { number: 'asc' },
          take: pageSize,
          select: { number: true, canonical: true, signature: true },
        });
        for (const { number, canonical, signature } of page) {
          await target.deliver(Number(number), exportLine({ checkpoint: { canonical, signature } }));
          reached = Number(number);
          await client.$executeRaw`
            UPDATE ledger_push SET number = ${reached}::bigint, pushed_at = clock_timestamp(), failures = 0, last_error = NULL,
              next_try_at = NULL, leased_until = clock_timestamp() + interval '60 seconds' WHERE target = ${id}`;
        }
        if (page.length < pageSize) break;
      }
      this.arrived.set(id, reached);
      await client.ledgerPush.update({ where: { target: id }, data: { leasedUntil: null } });
    } catch (error) {
      await this.failed(target, leased.failures + 1, error);
    }
  }

  private async failed({ id, kind }: Target, failures: number, error: unknown): Promise<void> {
    const lastError = wordsOf(error);
    this.log.warn(
      { target: kind, failures, reason: lastError },
      'a checkpoint could not be delivered; it is tried again',
    );
    const waitMs = Math.min(longestWaitMs, 500 * 2 ** Math.min(failures, 12));
    await this.database.client.$executeRaw`
      UPDATE ledger_push SET failures = ${failures}, last_error = ${lastError}, leased_until = NULL,
        next_try_at = clock_timestamp() + make_interval(secs => ${waitMs / 1000}::double precision) WHERE target = ${id}`;
  }
}

/** What went wrong, without the address, which an error's message may hold. */
function wordsOf(error: unknown): string {
  if (error instanceof PushRefused) return error.message;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' ? code : 'failed';
}

function targetsOf({ ledger: { pushFile, pushUrl }, environment }: Config): Target[] {
  const idOf = (kind: PushKind, place: string) =>
    `${kind}:${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
  const targets: Target[] = [];
  if (pushFile !== null)
    targets.push({
      kind: 'file',
      id: idOf('file', `${hostname()}:${pushFile}`),
      reached: () => lastNumberIn(pushFile),
      deliver: (_number, line) => appendTo(pushFile, line),
    });
  if (pushUrl !== null)
    targets.push({
      kind: 'url',
      id: idOf('url', pushUrl),
      reached: () => Promise.resolve(null),
      deliver: (number, line) => postTo(new URL(pushUrl), { number, line, loopback: environment === 'test' }),
    });
  return targets;
}
