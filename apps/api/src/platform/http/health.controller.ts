import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness, type Lag } from './readiness.js';

/** How many workflows an answer names that a replica is behind with. */
const named = 20;

/** For load balancers and process managers. Nothing here needs a session or tells anything about the content. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process is alive; says nothing about what it depends on, so that a database outage restarts nobody. */
  @Get('healthz')
  @Header('cache-control', 'no-store')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when requests can be served, else 503 with what is missing; with the versions that this replica has yet to serve. */
  @Get('readyz')
  async readyz(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: string; waitingFor: string[]; behind?: Lag[] }> {
    const waitingFor = await this.readiness.missing();
    void reply.header('cache-control', 'no-store').status(waitingFor.length === 0 ? 200 : 503);
    const behind = this.readiness.behind().slice(0, named);
    const status = waitingFor.length === 0 ? 'ready' : 'not ready';
    return { status, waitingFor, ...(behind.length > 0 ? { behind } : {}) };
  }
}
