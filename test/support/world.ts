import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { print, type DocumentNode } from 'graphql';
import { v7 as uuidv7 } from 'uuid';
import { createApp } from '../../apps/api/src/create-app.js';
import { seedDemo } from '../../apps/api/src/demo/seed-demo.js';
import { tellRoundsApart } from '../../apps/api/src/platform/rounds/rounds.js';
import type { Config } from '../../apps/api/src/platform/config/config.js';
import { readConfig } from '../../apps/api/src/platform/config/read-config.js';
import type { Database } from '../../apps/api/src/platform/database/database.js';
import { DoorClock } from '../../apps/api/src/platform/door/door-clock.js';
import { createLogger } from '../../apps/api/src/platform/http/logger.js';
import type { OrganisationRole, TeamRole } from '../../apps/api/src/platform/identity/roles.js';
import { createEngine, type Engine } from './engine.js';
import { SecretWatch } from './secret-watch.js';
import { createPerson, createTeam, grantRoles } from './test-acts.js';

export interface Person {
  userId: string;
  name: string;
  email: string;
  password: string;
  cookie: string;
  /** Of a service or an agent, whose secret takes the cookie's place. */
  secret?: string;
  /** Whom it states as the committer. */
  committer?: string;
}

export interface PersonOptions {
  name?: string;
  organisationRoles?: readonly OrganisationRole[];
  teams?: readonly { teamId: string; role: TeamRole }[];
}

export interface GraphqlError {
  message: string;
  extensions?: Record<string, unknown>;
}

export interface RawAnswer {
  status: number;
  body: { data?: Record<string, unknown> | null; errors?: GraphqlError[] };
  headers: Headers;
}

export interface AskOptions {
  as?: Person | null;
  headers?: Record<string, string>;
}

const password = 'correct horse battery staple';
/** The whole product, listening on a port of its own, over a database that no other test sees. */
export class World {
  private count = 0;
  private readonly secrets = new SecretWatch();

  constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly engine: Engine,
    readonly config: Config,
    /** Every line the product logged. */
    readonly logs: string[],
    private readonly folder: string,
  ) {}

  get database(): Database {
    return this.engine.database;
  }

  get db(): Database['client'] {
    return this.engine.database.client;
  }

  /** Moves the time that acts take, in milliseconds from now. */
  shiftClock(ms: number): void {
    this.app.get(DoorClock).shift(ms);
  }

  /** A GraphQL request that must have no errors. */
  async gql<T = Record<string, unknown>>(
    document: string | DocumentNode,
    variables: Record<string, unknown> = {},
    options: AskOptions = {},
  ): Promise<T> {
    const { body, status } = await this.raw(document, variables, options);
    if (body.errors || !body.data) throw new Error(`${String(status)} ${JSON.stringify(body.errors)}`);
    return body.data as T;
  }

  /** A mutation with one input: its payload, which must have no user errors unless they are expected. */
  async act<T = Record<string, never>>(
    mutation: string,
    selection: string,
    input: Record<string, unknown>,
    as: Person,
  ): Promise<T & { userErrors: { code: string; message: string; field: string[] | null }[] }> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const document = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${selection} userErrors { code message field } } }`;
    const data = await this.gql<Record<string, never>>(document, { input }, { as });
    return data[mutation]!;
  }

  /** Like `act`, but refuses to go on when the product refused. */
  async mustAct<T>(
    mutation: string,
    selection: string,
    input: Record<string, unknown>,
    as: Person,
  ): Promise<T> {
    const payload = await this.act<T & Record<string, never>>(mutation, selection, input, as);
    if (payload.userErrors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(payload.userErrors)}`);
    return payload;
  }

  async raw(
    document: string | DocumentNode,
    variables: Record<string, unknown> = {},
    { as, headers }: AskOptions = {},
  ): Promise<RawAnswer> {
    const query = typeof document === 'string' ? document : print(document);
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
      as,
    });
    const text = await response.text();
    return {
      status: response.status,
      body: JSON.parse(text) as RawAnswer['body'],
      headers: response.headers,
    };
  }

  /** An HTTP request, with the cookie of a person or the secret of a key. */
  async fetch(path: string, { as, ...init }: RequestInit & { as?: Person | null } = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (as?.secret !== undefined) {
      headers.set('authorization', `Bearer ${as.secret}`);
      if (as.committer !== undefined) headers.set('x-holdpoint-committer', as.committer);
    } else if (as) headers.set('cookie', as.cookie);
    const response = await fetch(`${this.url}${path}`, { ...init, headers });
    // Answers that go on for as long as somebody listens cannot be read to their end here.
    if (/[/+]json/.test(response.headers.get('content-type') ?? ''))
      this.secrets.hear(path, await response.clone().text());
    return response;
  }

  /** A person who is signed in, with these roles. */
  async person({ name, organisationRoles = [], teams = [] }: PersonOptions = {}): Promise<Person> {
    this.count += 1;
    const who = name ?? `Person ${String(this.count)}`;
    const email = `person-${String(this.count)}@example.com`;
    const { userId } = await createPerson(this.app, { name: who, email, password });
    await grantRoles(this.app, userId, organisationRoles, teams);
    return { userId, name: who, email, password, cookie: await this.signIn(email) };
  }

  /** @returns the session cookie, as a browser would send it. */
  async signIn(email: string, secret = password): Promise<string> {
    const response = await this.fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: secret }),
    });
    if (!response.ok) throw new Error(`Sign-in: ${String(response.status)} ${await response.text()}`);
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    this.secrets.keep(secret);
    for (const cookie of cookies) this.secrets.keep(sessionToken(cookie));
    return cookies.join('; ');
  }

  /** A team without members. */
  async team(key = `team-${uuidv7().slice(-8)}`): Promise<{ id: string; key: string }> {
    const { id } = await createTeam(this.app, key);
    return { id, key };
  }

  /** @throws Error when the product wrote a secret that this world knows where it could be read again. */
  async close(): Promise<void> {
    const leaks = await this.secrets.found(this.logs, this.database);
    const server = this.app.getHttpServer();
    // A connection that a client keeps for its next request would be waited for, over a minute long.
    const cut = setInterval(() => server.closeAllConnections(), 50);
    await this.app.close().finally(() => clearInterval(cut));
    await this.engine.close();
    await rm(this.folder, { recursive: true, force: true });
    if (leaks.length > 0) throw new Error(`Secrets were found:\n${leaks.join('\n')}`);
  }
}

/** The part of `name=token.signature` that the session table knows. */
const sessionToken = (cookie: string) =>
  decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')[0] ?? '';

/**
 * @param env configuration that this world has besides the tests' defaults. @param flags such as `--demo`.
 * @param given an open database of the test's own, which is closed with the world. @param shiftMs as `shiftClock` takes
 * it, from the first act on: a chain's time never runs backwards, and the checklist is published before a test can ask.
 */
export async function createWorld(
  env: Record<string, string> = {},
  flags: readonly string[] = [],
  given: Engine | null = null,
  shiftMs = 0,
): Promise<World> {
  // Statements are counted in tests, without those that come round by themselves.
  tellRoundsApart();
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-'));
  const engine = given ?? (await createEngine());
  const { config } = readConfig(
    { NODE_ENV: 'test', PORT: '0', HOLDPOINT_DATA: folder, HOLDPOINT_SIGN_IN_LIMIT: '100000', ...env },
    flags,
  );
  const logs: string[] = [];
  const logger = createLogger(config.logLevel, { write: (line) => void logs.push(line) });
  const app = await createApp({ config, database: engine.database, logger });
  try {
    if (shiftMs !== 0) app.get(DoorClock).shift(shiftMs);
    if (config.demo) await seedDemo(app);
    await app.listen(0, '127.0.0.1');
  } catch (error) {
    // Otherwise the engine would keep the test runner alive and hide the reason.
    await engine.close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  return new World(app, `http://127.0.0.1:${String(port)}`, engine, config, logs, folder);
}
