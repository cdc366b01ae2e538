import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decide } from '../decide/decide.js';
import type { Snapshot } from '../decide/snapshot.js';
import { decisionValue } from '../flags/decision-value.js';
import { parseFlagKey } from '../flags/flag-list.js';
import { flagMetadata, flagReason, flagValue, flagVariant } from '../flags/flag-value.js';
import { versionText } from '../sdk/version.js';
import type { Heard } from './judge.js';
import { playedWorkflow } from './played-snapshots.js';

const json = { 'content-type': 'application/json' };
const mostBytes = 1024 * 1024;

/** A registry with one workflow, for an application under test: it serves, listens to reports, and writes both down. */
export class PlayedRegistry {
  readonly heard: Heard[] = [];
  /** Answers 503 to so many reports. */
  refuses = 0;
  private snapshot: Snapshot;
  private readonly streams = new Set<ServerResponse>();
  private readonly server: Server;

  constructor(
    first: Snapshot,
    readonly key: string,
  ) {
    this.snapshot = first;
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  serve(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    for (const stream of this.streams) this.tell(stream);
  }

  private tell(stream: ServerResponse): void {
    const { version } = this.snapshot;
    const data = JSON.stringify({ workflow: playedWorkflow, ...version, etag: this.etag });
    stream.write(`id: ${versionText(version)}\nevent: snapshot\ndata: ${data}\n\n`);
  }

  private get etag(): string {
    return `"${versionText(this.snapshot.version)}.x"`;
  }

  private given(): void {
    const { version } = this.snapshot;
    this.heard.push({ kind: 'given', at: performance.now(), version: { ...version } });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://played').pathname;
    const body = await bodyOf(request);
    if (path === '/v1/heartbeats') this.report(request, response, body);
    else if (path === '/v1/stream') this.stream(response);
    else if (path === `/v1/snapshots/${playedWorkflow}`) this.fetched(request, response);
    else if (path.startsWith('/ofrep/v1/evaluate/flags')) this.evaluate(response, path, body);
    else response.writeHead(404, json).end('{"error":{"code":"NOT_FOUND"}}');
  }

  private stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    this.tell(response);
  }

  private fetched(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers['if-none-match'] === this.etag) {
      response.writeHead(304).end();
      return;
    }
    this.given();
    response.writeHead(200, { ...json, etag: this.etag }).end(JSON.stringify(this.snapshot));
  }

  /** OpenFeature's remote evaluation of the flag that is asked for, or of the whole decision. */
  private evaluate(response: ServerResponse, path: string, body: string): void {
    const key = decodeURIComponent(path.replace(/^\/ofrep\/v1\/evaluate\/flags\/?/, '')) || playedWorkflow;
    const flag = parseFlagKey(key);
    if (flag?.workflow !== playedWorkflow) {
      response.writeHead(404, json).end(JSON.stringify({ key, errorCode: 'FLAG_NOT_FOUND' }));
      return;
    }
    const said = readJson(body) as { context?: Record<string, string> } | undefined;
    const decision = decide(this.snapshot, said?.context ?? {}, Date.now());
    const value = decisionValue(this.snapshot, decision);
    const item = { key, reason: flagReason(this.snapshot, decision), variant: flagVariant(value) };
    const flagged = { ...item, value: flagValue(flag.suffix, value), metadata: flagMetadata(value) };
    this.given();
    const isSingle = !path.endsWith('/flags');
    response.writeHead(200, json).end(JSON.stringify(isSingle ? flagged : { flags: [flagged] }));
  }

  private report(request: IncomingMessage, response: ServerResponse, text: string): void {
    const { authorization, 'x-api-key': apiKey } = request.headers;
    const hasKey = authorization === `Bearer ${this.key}` || apiKey === this.key;
    const isRefused = this.refuses > 0;
    if (isRefused) this.refuses -= 1;
    this.heard.push({ kind: 'report', at: performance.now(), body: readJson(text), hasKey, isRefused });
    if (isRefused) return void response.writeHead(503).end();
    const workflows = [{ workflow: playedWorkflow, ...this.snapshot.version }];
    response.writeHead(200, json).end(JSON.stringify({ receivedAt: new Date().toISOString(), workflows }));
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
