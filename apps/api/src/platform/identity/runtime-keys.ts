import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../database/database.js';
import { ChangeFeed } from '../events/change-feed.js';
import { LOGGER } from '../http/logger.js';
import { isKeyScope, type KeyScope } from '../permissions/key-scopes.js';
import { Rounds } from '../rounds/rounds.js';
import { bearerToken, hashToken, sameHash } from './key-token.js';
import { KeyUse } from './key-use.js';

/** A key of a running application. It sees the workflows that it is bound to, and no others. */
export interface RuntimeKey {
  id: string;
  tokenHash: string;
  environment: string;
  scopes: readonly KeyScope[];
  teamIds: ReadonlySet<string>;
  workflowIds: ReadonlySet<string>;
  expiresAt: number;
}

type Row = Omit<RuntimeKey, 'scopes' | 'teamIds' | 'workflowIds' | 'expiresAt'> & {
  scopes: string[];
  teamIds: string[];
  workflowIds: string[];
  expiresAt: Date;
};

/** Milliseconds between two readings on behalf of keys that are not known here: guessing costs nothing. */
const askAgainAfter = 250;
/** Milliseconds after which the use of a key is worth writing again. */
const useEvery = 60_000;

/** Whether a workflow is one of a key's. */
export const covers = (key: RuntimeKey, workflow: { teamId: string; workflowId: string }): boolean =>
  key.teamIds.has(workflow.teamId) || key.workflowIds.has(workflow.workflowId);

/**
 * The keys of running applications, in this process's memory, so that serving asks no database. A revoked one is
 * refused within a second on every replica: key acts are heard of, and the table is compared each second.
 */
@Injectable()
export class RuntimeKeys implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log: Logger;
  private byHash = new Map<string, RuntimeKey>();
  private readonly usedAt = new Map<string, number>();
  private readonly listeners = new Set<(revoked: RuntimeKey) => void>();
  private readonly found = new WeakMap<IncomingMessage, RuntimeKey>();
  private readonly hashes = new WeakMap<Socket, { said: string | string[] | undefined; hash: string }>();
  private mark = '';
  private reading: Promise<void> | null = null;
  private again: Promise<void> | null = null;
  private readAt = 0;
  private readonly rounds = new Rounds();
  private heard: AsyncIterableIterator<unknown> | null = null;

  constructor(
    private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly use: KeyUse,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'keys' });
  }

  onApplicationBootstrap(): void {
    this.heard = this.changes.stream(({ topic }) => topic.startsWith('key.') || topic === 'workflow.retired');
    void this.follow(this.heard);
  }

  /** Compares from now on. */
  start(everyMs: number): void {
    this.rounds.every(
      everyMs,
      () => this.read(),
      (error) => this.log.warn({ error }, 'keys could not be compared'),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
    await this.heard?.return?.();
    await this.reading?.catch(() => undefined);
  }

  /** The key that a request carries, as `Authorization: Bearer` or `X-API-Key`; null where it is none that holds now. */
  known(request: IncomingMessage): RuntimeKey | null {
    const hash = this.hashOf(request);
    if (hash === null) return null;
    const key = this.byHash.get(hash);
    if (!key || !sameHash(key.tokenHash, hash)) return null;
    const now = Date.now();
    if (key.expiresAt <= now) return null;
    if (now - (this.usedAt.get(key.id) ?? 0) > useEvery) {
      this.usedAt.set(key.id, now);
      this.use.seen(key.id);
    }
    this.found.set(request, key);
    return key;
  }

  /** A connection sends the same key with every request: its hash is worked out once. */
  private hashOf(request: IncomingMessage): string | null {
    const { socket, headers } = request;
    const said = headers['x-api-key'] ?? headers.authorization;
    const before = this.hashes.get(socket);
    if (before && before.said === said) return before.hash;
    const token = tokenOf(request);
    if (token === null) return null;
    const hash = hashToken(token);
    this.hashes.set(socket, { said, hash });
    return hash;
  }

  /** Like `known`, but reads the table once more for a key that may have been made just now. */
  async find(request: IncomingMessage): Promise<RuntimeKey | null> {
    const known = this.known(request);
    if (known || tokenOf(request) === null) return known;
    await this.readAgain();
    return this.known(request);
  }

  async findById(id: string): Promise<RuntimeKey | null> {
    const known = this.byId(id);
    if (known) return known;
    await this.readAgain();
    return this.byId(id);
  }

  /** What the guard found. */
  of(request: { raw: IncomingMessage }): RuntimeKey {
    const key = this.found.get(request.raw);
    if (!key) throw new Error('This route is not guarded by the keys of running applications');
    return key;
  }

  byId(id: string): RuntimeKey | null {
    for (const key of this.byHash.values()) if (key.id === id && key.expiresAt > Date.now()) return key;
    return null;
  }

  /** Hears of keys that hold no longer. */
  listen(ended: (key: RuntimeKey) => void): void {
    this.listeners.add(ended);
  }

  /** One statement where nothing changed, two where something did. */
  read(): Promise<void> {
    this.readAt = Date.now();
    this.reading ??= this.compare().finally(() => (this.reading = null));
    return this.reading;
  }

  /** Everybody who asks meanwhile waits for the same reading. */
  private readAgain(): Promise<void> {
    this.again ??= pause(Math.max(0, this.readAt + askAgainAfter - Date.now()))
      .then(() => this.read())
      .finally(() => (this.again = null));
    return this.again;
  }

  private async follow(heard: AsyncIterableIterator<unknown>): Promise<void> {
    while ((await heard.next()).done !== true) {
      await this.read().catch((error: unknown) => this.log.warn({ error }, 'keys could not be read'));
    }
  }

  private async compare(): Promise<void> {
    const { client } = this.database;
    const [row] = await client.$queryRaw<{ mark: string }[]>`
      SELECT concat_ws('/', count(*), count(revoked_at), sum(extract(epoch FROM expires_at))) AS mark
      FROM api_key WHERE scopes && ARRAY['runtime', 'runtime-public']`;
    if (row?.mark !== this.mark) {
      const rows = await client.$queryRaw<Row[]>`
        SELECT id::text AS id, token_hash AS "tokenHash", environment, scopes, team_ids::text[] AS "teamIds",
          workflow_ids::text[] AS "workflowIds", expires_at AS "expiresAt"
        FROM api_key WHERE scopes && ARRAY['runtime', 'runtime-public'] AND revoked_at IS NULL
          AND expires_at > clock_timestamp()`;
      this.take(new Map(rows.map((one) => [one.tokenHash, keyOf(one)])));
      this.mark = row?.mark ?? '';
    }
    const now = Date.now();
    const over = [...this.byHash.values()].filter(({ expiresAt }) => expiresAt <= now);
    if (over.length > 0) this.take(new Map([...this.byHash].filter(([, { expiresAt }]) => expiresAt > now)));
  }

  private take(keys: Map<string, RuntimeKey>): void {
    const before = this.byHash;
    this.byHash = keys;
    for (const [hash, key] of before)
      if (!keys.has(hash)) {
        this.usedAt.delete(key.id);
        for (const listener of this.listeners) listener(key);
      }
  }
}

const keyOf = ({ scopes, teamIds, workflowIds, expiresAt, ...row }: Row): RuntimeKey => ({
  ...row,
  scopes: scopes.filter(isKeyScope),
  teamIds: new Set(teamIds),
  workflowIds: new Set(workflowIds),
  expiresAt: expiresAt.getTime(),
});

function tokenOf({ headers }: IncomingMessage): string | null {
  const named = headers['x-api-key'];
  return bearerToken(typeof named === 'string' ? `Bearer ${named}` : headers.authorization) || null;
}
