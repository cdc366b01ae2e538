import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RuntimeKeys } from '../../platform/identity/runtime-keys.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { CatchUp } from './catch-up.service.js';
import { EventStreams } from './event-streams.service.js';
import { KeySight } from './key-sight.service.js';

/** How many workflows one stream may follow. */
const mostFollowed = 500;

type Fetched = FastifyRequest<{ Params: { key: string }; Querystring: { after?: string } }>;
type Followed = FastifyRequest<{ Querystring: { workflows?: string } }>;

/** Whole snapshots, and word of new ones, for our own client. */
@Injectable()
export class SnapshotRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly keys: RuntimeKeys,
    private readonly sight: KeySight,
    private readonly streams: EventStreams,
    private readonly catchUp: CatchUp,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.get('/v1/snapshots/:key', (request: Fetched, reply) => this.snapshot(request, reply));
    fastify.get('/v1/stream', (request: Followed, reply) => this.follow(request, reply));
  }

  private async snapshot(request: Fetched, reply: FastifyReply): Promise<FastifyReply> {
    const key = this.keys.of(request);
    await this.sight.ready(key);
    const { after } = request.query;
    const name = request.params.key;
    try {
      if (typeof after === 'string') await this.catchUp.to(key, `${name}:${after}`);
    } catch {
      const error = { code: 'UNAVAILABLE', message: 'This replica is behind and cannot catch up now' };
      return reply.status(503).send({ error });
    }
    const held = this.sight.byKey(key, name);
    if (!held) throw new Refusal('NOT_FOUND', 'There is no such workflow');
    reply.header('etag', held.etag).header('cache-control', 'private, no-cache');
    // To the millisecond, so that a client with a wrong clock knows when a drill ends.
    reply.header('x-holdpoint-time', new Date().toISOString());
    if (request.headers['if-none-match'] === held.etag) return reply.status(304).send();
    return reply.type('application/json; charset=utf-8').send(held.bytes);
  }

  /** Of workflows that the key does not see nothing is said, as of those that are not there. */
  private async follow(request: Followed, reply: FastifyReply): Promise<void> {
    const key = this.keys.of(request);
    await this.sight.ready(key);
    const { workflows } = request.query;
    const names = typeof workflows === 'string' ? workflows.split(',').filter((name) => name !== '') : [];
    if (names.length === 0 || names.length > mostFollowed) {
      const message = `Name 1 to ${String(mostFollowed)} workflows, as team.workflow`;
      throw new Refusal('INVALID_INPUT', message, ['query', 'workflows']);
    }
    this.streams.openOwn(key, new Set(names), request, reply);
  }
}
