import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RuntimeKeys } from '../../platform/identity/runtime-keys.js';
import { HeartbeatService, type HeartbeatAnswered } from './heartbeat.service.js';

/**
 * `POST /v1/heartbeats`: what an instance says of itself, by its API key; see heartbeat.schema.ts for the shape and
 * docs/heartbeats.md for the recipe. 200 with the newest version of each workflow, 400 naming the field, 413 past 1 MiB.
 */
@Controller()
export class HeartbeatController {
  constructor(
    private readonly keys: RuntimeKeys,
    private readonly heartbeats: HeartbeatService,
  ) {}

  @Post('v1/heartbeats')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  post(@Req() request: FastifyRequest, @Body() body: unknown): Promise<HeartbeatAnswered> {
    return this.heartbeats.receive(this.keys.of(request), body, new Date());
  }
}
