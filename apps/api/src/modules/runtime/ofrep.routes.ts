import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { RuntimeKeys, type RuntimeKey } from '../../platform/identity/runtime-keys.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { CatchUp } from './catch-up.service.js';
import { EventStreams } from './event-streams.service.js';
import { KeySight } from './key-sight.service.js';
import { OfrepEvaluator } from './ofrep-evaluator.service.js';
import { readContext, type OfrepError } from './ofrep-body.domain.js';
import { StreamChannels } from './stream-channel.service.js';

const json = 'application/json; charset=utf-8';
const evaluate = '/ofrep/v1/evaluate/flags';

const notFound: OfrepError = { errorCode: 'FLAG_NOT_FOUND', errorDetails: 'There is no such flag' };
const general: OfrepError = { errorCode: 'GENERAL', errorDetails: 'This cannot be answered now' };

const preflight = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'Content-Type, If-None-Match, Authorization, X-API-Key',
  'access-control-max-age': '7200',
};

type Single = FastifyRequest<{ Params: { key: string }; Body: string | undefined }>;
type Bulk = FastifyRequest<{
  Body: string | undefined;
  Querystring: { flagConfigEtag?: string | string[] };
}>;
type Listening = FastifyRequest<{ Params: { channel: string } }>;

/** OpenFeature's remote evaluation, for stock clients. Registered on Fastify itself, and answered from memory. */
@Injectable()
export class OfrepRoutes implements OnModuleInit {
  private readonly clients = new WeakMap<Socket, string>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly keys: RuntimeKeys,
    private readonly sight: KeySight,
    private readonly evaluator: OfrepEvaluator,
    private readonly channels: StreamChannels,
    private readonly streams: EventStreams,
    private readonly catchUp: CatchUp,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope, _options, done) => {
      // As text: the error of a body that is no JSON is OFREP's own.
      scope.removeContentTypeParser('application/json');
      scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) => {
        parsed(null, body);
      });
      scope.post(`${evaluate}/:key`, (request: Single, reply) => this.single(request, reply));
      scope.post(evaluate, (request: Bulk, reply) => this.bulk(request, reply));
      scope.get('/ofrep/v1/stream/:channel', (request: Listening, reply) => this.listen(request, reply));
      scope.options('/ofrep/v1/*', (_request, reply) => reply.status(204).headers(preflight).send());
      done();
    });
  }

  private single(request: Single, reply: FastifyReply): void {
    const key = this.keys.of(request);
    const flag = request.params.key;
    const loading = this.sight.ready(key);
    if (loading) {
      loading.then(
        () => this.answerSingle(key, flag, request, reply),
        () => fail(reply, 503, { key: flag, ...general }),
      );
    } else this.answerSingle(key, flag, request, reply);
  }

  private answerSingle(key: RuntimeKey, flag: string, request: Single, reply: FastifyReply): void {
    try {
      const read = readContext(request.body ?? '');
      if ('error' in read) {
        fail(reply, 400, { key: flag, ...read.error });
        return;
      }
      const answer = this.evaluator.single(key, flag, read.context, this.clientOf(request, key));
      if (!answer) {
        fail(reply, 404, { key: flag, ...notFound });
        return;
      }
      reply.raw.setHeader('content-type', json);
      void reply.send(answer);
    } catch (error) {
      request.log.error({ reqId: request.id, err: error }, 'an evaluation failed');
      fail(reply, 500, { key: flag, ...general });
    }
  }

  private async bulk(request: Bulk, reply: FastifyReply): Promise<FastifyReply> {
    const key = this.keys.of(request);
    const read = readContext(request.body ?? '');
    if ('error' in read) return reply.status(400).type(json).send(JSON.stringify(read.error));
    try {
      const loading = this.sight.ready(key);
      if (loading) await loading;
      const asked = [request.query.flagConfigEtag ?? ''].flat()[0] ?? '';
      if (asked !== '') await this.catchUp.to(key, asked);
    } catch {
      return reply.status(503).type(json).send(JSON.stringify(general));
    }
    const url = `${this.origin(request)}/ofrep/v1/stream/${this.channels.of(key)}`;
    const { etag, body } = this.evaluator.bulk(key, read.context, this.clientOf(request, key), url);
    reply.header('etag', etag).header('cache-control', 'private, no-cache');
    if (isSame(request.headers['if-none-match'], etag)) return reply.status(304).send();
    return reply.type(json).send(body());
  }

  private async listen(request: Listening, reply: FastifyReply): Promise<void> {
    const key = await this.channels.keyOf(request.params.channel);
    if (!key) throw new Refusal('NOT_FOUND', 'There is no such stream');
    await this.sight.ready(key);
    this.streams.openOfrep(key, request, reply);
  }

  private origin(request: FastifyRequest): string {
    return this.config.publicUrl ?? `${request.protocol}://${request.host}`;
  }

  /** One caller, as far as it can be told: by its connection. */
  private clientOf(request: FastifyRequest, key: RuntimeKey): string {
    const { socket, headers } = request.raw;
    const known = this.clients.get(socket);
    if (known !== undefined) return known;
    const text = `${key.id}\n${request.ip}\n${headers['user-agent'] ?? ''}`;
    const made = `ofrep-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
    this.clients.set(socket, made);
    return made;
  }
}

function fail(reply: FastifyReply, status: number, body: OfrepError & { key: string }): void {
  void reply.status(status).type(json).send(JSON.stringify(body));
}

/** Weakly, as If-None-Match is compared. */
function isSame(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}
