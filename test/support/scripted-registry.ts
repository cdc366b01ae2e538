import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Snapshot } from '../../packages/client/src/decide/snapshot.js';
import type { Heartbeat } from '../../packages/client/src/report/heartbeat.schema.js';

export interface Asked {
  method: string;
  path: string;
  at: number;
  headers: IncomingMessage['headers'];
}

type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

const etagOf = ({ version }: Snapshot, salt: string) => `"${version.incarnation}.${version.epoch}.${salt}"`;

/** A registry that says what a test tells it to: snapshots, a stream, and an ear for heartbeats. */
export class ScriptedRegistry {
  readonly asked: Asked[] = [];
  readonly heartbeats: { at: number; body: Heartbeat }[] = [];
  /** Comes before everything else; true: it has answered. */
  intercept: Answer = () => false;
  /** Whether a change is told on the stream. */
  tells = true;
  /** How far its clock is off. Milliseconds. */
  clockOff = 0;
  private readonly snapshots = new Map<string, Snapshot>();
  private readonly streams = new Set<ServerResponse>();
  private server: Server;
  private port = 0;

  private constructor() {
    this.server = this.build();
  }

  static async start(): Promise<ScriptedRegistry> {
    const registry = new ScriptedRegistry();
    await registry.listen();
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get openStreams(): number {
    return this.streams.size;
  }

  /** From now on this is served; told to those who listen. */
  serve(snapshot: Snapshot): void {
    this.snapshots.set(snapshot.key, snapshot);
    if (this.tells) for (const stream of this.streams) this.frame(stream, snapshot);
  }

  /** Tells of a version, whether it is served or not. */
  announce(workflow: string, incarnation: number, epoch: number): void {
    const data = JSON.stringify({ workflow, incarnation, epoch, etag: `"${incarnation}.${epoch}.x"` });
    for (const stream of this.streams) stream.write(`event: snapshot\ndata: ${data}\n\n`);
  }

  write(text: string): void {
    for (const stream of this.streams) stream.write(text);
  }

  /** As an orderly shutdown does: says goodbye first. */
  bye(): void {
    for (const stream of this.streams) stream.end('event: bye\ndata: {}\n\n');
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  /** Again, on the same port. */
  async restart(): Promise<void> {
    this.server = this.build();
    await this.listen();
  }

  private build(): Server {
    return createServer({ keepAliveTimeout: 1000 }, (request, response) => this.answer(request, response));
  }

  private async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', 2048, resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  private frame(stream: ServerResponse, snapshot: Snapshot): void {
    const { version, key } = snapshot;
    const data = JSON.stringify({ workflow: key, ...version, etag: etagOf(snapshot, 'x') });
    stream.write(`id: ${version.incarnation}.${version.epoch}\nevent: snapshot\ndata: ${data}\n\n`);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const { method = 'GET', headers } = request;
    this.asked.push({ method, path: request.url ?? '', at: performance.now(), headers });
    const now = new Date(Date.now() + this.clockOff);
    response.sendDate = false;
    response.setHeader('date', now.toUTCString());
    if (this.intercept(request, response, pathname)) return;
    if (pathname === '/v1/heartbeats') {
      this.heartbeat(request, response, now);
      return;
    }
    if (pathname === '/v1/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('retry: 1000\n\n');
      this.streams.add(response);
      response.on('close', () => this.streams.delete(response));
      const named = (searchParams.get('workflows') ?? '').split(',');
      for (const snapshot of this.snapshots.values())
        if (named.includes(snapshot.key)) this.frame(response, snapshot);
      return;
    }
    const snapshot = this.snapshots.get(decodeURIComponent(pathname.replace('/v1/snapshots/', '')));
    if (!snapshot) return void response.writeHead(404).end('{"error":{"code":"NOT_FOUND"}}');
    const etag = etagOf(snapshot, 'x');
    if (headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { 'content-type': 'application/json', etag }).end(JSON.stringify(snapshot));
  }

  private heartbeat(request: IncomingMessage, response: ServerResponse, now: Date): void {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      this.heartbeats.push({ at: performance.now(), body: JSON.parse(text) as Heartbeat });
      const workflows = [...this.snapshots.values()].map(({ key, version }) => ({
        workflow: key,
        ...version,
      }));
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ receivedAt: now.toISOString(), workflows }));
    });
  }
}
