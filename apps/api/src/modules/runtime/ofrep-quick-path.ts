import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { isAllowedHost } from '../../platform/http/allowed-host.js';
import { LOGGER } from '../../platform/http/logger.js';
import { requestIdOf } from '../../platform/http/request-id.js';
import { RuntimeKeys, type RuntimeKey } from '../../platform/identity/runtime-keys.js';
import { permissions } from '../../platform/permissions/permission-table.js';
import { KeySight } from './key-sight.service.js';
import { ofrepAnswer, type OfrepQuestion } from './ofrep-answer.js';
import { ofrepCaller } from './ofrep-callers.js';
import { OfrepEvaluator } from './ofrep-evaluator.service.js';
import { StreamChannels } from './stream-channel.service.js';

const evaluate = '/ofrep/v1/evaluate/flags';
/** Bytes of a context that is read here. */
const mostRead = 16 * 1024;

const scopes: readonly string[] = permissions['serve.decisions'].scopes;

/**
 * Answers what is asked most before Fastify is: evaluations with a key that is known here and a small JSON body. They
 * are answered from memory in less time than a framework takes to route them. Everything else, each refusal of a key,
 * an address or a type included, goes the ordinary way, which gives the same answers to these too.
 */
@Injectable()
export class OfrepQuickPath implements OnModuleInit, BeforeApplicationShutdown {
  private isOpen = true;
  private allowedHost: string | undefined;
  private readonly idPrefix = uuidv7().slice(0, 18);
  private count = 0;
  private readonly behindProxies: boolean;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly keys: RuntimeKeys,
    private readonly sight: KeySight,
    private readonly evaluator: OfrepEvaluator,
    private readonly channels: StreamChannels,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.behindProxies = config.trustedProxies.length > 0;
  }

  onModuleInit(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    const ordinary = server.listeners('request') as ((
      request: IncomingMessage,
      response: ServerResponse,
    ) => void)[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const question = this.isOpen ? this.understood(request) : null;
      if (question) this.answer(question, request, response);
      else for (const listener of ordinary) listener.call(server, request, response);
    });
  }

  /** From then on connections are closed one after the other, which is Fastify's to do. */
  beforeApplicationShutdown(): void {
    this.isOpen = false;
  }

  /** Null for whatever is not plainly one of these questions. */
  private understood(request: IncomingMessage): OfrepQuestion | null {
    const { method, url = '', headers } = request;
    if (method !== 'POST' || !url.startsWith(evaluate) || url.includes('?')) return null;
    if (!(Number(headers['content-length']) <= mostRead) || headers.expect !== undefined) return null;
    if (headers['content-type']?.startsWith('application/json') !== true) return null;
    const flag = flagOf(url);
    if (flag === undefined || !this.isAllowed(headers.host)) return null;
    const key = this.keys.known(request);
    if (!key?.scopes.some((scope) => scopes.includes(scope)) || this.sight.ready(key)) return null;
    const streamUrl = flag === null ? this.streamUrl(key, headers.host) : '';
    return streamUrl === null ? null : { key, flag, streamUrl };
  }

  private isAllowed(host: string | undefined): boolean {
    if (host !== undefined && host === this.allowedHost) return true;
    const isAllowed = isAllowedHost(host, this.config.host, this.config.publicUrl);
    if (isAllowed) this.allowedHost = host;
    return isAllowed;
  }

  private streamUrl(key: RuntimeKey, host: string | undefined): string | null {
    const { publicUrl } = this.config;
    if (publicUrl === null && (this.behindProxies || host === undefined)) return null;
    return `${publicUrl ?? `http://${String(host)}`}/ofrep/v1/stream/${this.channels.of(key)}`;
  }

  private answer(question: OfrepQuestion, request: IncomingMessage, response: ServerResponse): void {
    const id = requestIdOf(request.headers['x-request-id'], () => this.newId());
    const read: Buffer[] = [];
    request.on('data', (chunk: Buffer) => read.push(chunk));
    request.on('end', () => {
      // Of one piece nearly always.
      const body = (read.length === 1 ? read[0] : Buffer.concat(read))?.toString('utf8') ?? '';
      const caller = ofrepCaller(request, question.key.id, this.behindProxies);
      const { status, headers, bytes } = ofrepAnswer(
        this.evaluator,
        { ...question, body, caller, ifNoneMatch: request.headers['if-none-match'] },
        (error) => this.logger.error({ reqId: id, err: error }, 'an evaluation failed'),
      );
      response.writeHead(status, ['x-request-id', id, ...headers]);
      response.end(bytes);
    });
  }

  /** Of its own for every answer, without asking for randomness each time. */
  private newId(): string {
    this.count += 1;
    return `${this.idPrefix}-${this.count.toString(36)}`;
  }
}

/** Null: all flags. Undefined: another address. */
function flagOf(url: string): string | null | undefined {
  if (url.length === evaluate.length) return null;
  if (url.charCodeAt(evaluate.length) !== 0x2f) return undefined;
  const flag = url.slice(evaluate.length + 1);
  if (flag === '' || flag.includes('/')) return undefined;
  if (!flag.includes('%')) return flag;
  try {
    return decodeURIComponent(flag);
  } catch {
    return undefined;
  }
}
