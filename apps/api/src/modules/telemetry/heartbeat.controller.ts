import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RequestActors } from '../../platform/identity/request-actors.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { HeartbeatService, type HeartbeatAnswered } from './heartbeat.service.js';

/**
 * `POST /v1/heartbeats`: what an instance says of itself, by its API key; see heartbeat.schema.ts for the shape and
 * docs/heartbeats.md for the recipe. 200 with the newest version of each workflow, 400 naming the field, 413 past 1 MiB.
 */
@Controller()
export class HeartbeatController {
  constructor(
    private readonly actors: RequestActors,
    private readonly heartbeats: HeartbeatService,
  ) {}

  @Post('v1/heartbeats')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async post(@Req() request: FastifyRequest, @Body() body: unknown): Promise<HeartbeatAnswered> {
    const actor = await this.actors.of(request);
    if (!actor?.key) throw new Refusal('FORBIDDEN', 'Instances report with an API key');
    return this.heartbeats.receive({ ...actor, key: actor.key }, body, new Date());
  }
}
