import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { RuntimeKeys } from '../../platform/identity/runtime-keys.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { CatchUp } from './catch-up.service.js';
import { EventStreams } from './event-streams.service.js';
import { KeySight } from './key-sight.service.js';
import { generalError, ofrepAnswer, ofrepJson, type OfrepQuestion } from './ofrep-answer.js';
import { ofrepCaller } from './ofrep-callers.js';
import { OfrepEvaluator } from './ofrep-evaluator.service.js';
import { StreamChannels } from './stream-channel.service.js';

const evaluate = '/ofrep/v1/evaluate/flags';

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

/** OpenFeature's remote evaluation, for stock clients. Registered on Fastify itself, and answered from memory; most are answered by OfrepQuickPath. */
@Injectable()
export class OfrepRoutes implements OnModuleInit {
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

  private async single(request: Single, reply: FastifyReply): Promise<void> {
    const key = this.keys.of(request);
    const flag = request.params.key;
    try {
      await this.sight.ready(key);
    } catch {
      void reply
        .status(503)
        .type(ofrepJson)
        .send(JSON.stringify({ key: flag, ...generalError }));
      return;
    }
    this.send(request, reply, { key, flag, streamUrl: '' });
  }

  private async bulk(request: Bulk, reply: FastifyReply): Promise<void> {
    const key = this.keys.of(request);
    const asked = [request.query.flagConfigEtag ?? ''].flat()[0] ?? '';
    try {
      await this.sight.ready(key);
      if (asked !== '') await this.catchUp.to(key, asked);
    } catch {
      void reply.status(503).type(ofrepJson).send(JSON.stringify(generalError));
      return;
    }
    const streamUrl = `${this.origin(request)}/ofrep/v1/stream/${this.channels.of(key)}`;
    this.send(request, reply, { key, flag: null, streamUrl });
  }

  private send(
    request: FastifyRequest<{ Body: string | undefined }>,
    reply: FastifyReply,
    question: OfrepQuestion,
  ) {
    const { raw } = request;
    const { status, headers, bytes } = ofrepAnswer(
      this.evaluator,
      {
        ...question,
        body: request.body ?? '',
        caller: ofrepCaller(raw, question.key.id, this.config.trustedProxies.length > 0),
        ifNoneMatch: raw.headers['if-none-match'],
      },
      (error) => request.log.error({ reqId: request.id, err: error }, 'an evaluation failed'),
    );
    reply.status(status);
    for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] ?? '', headers[at + 1]);
    void reply.send(bytes ?? undefined);
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
}
