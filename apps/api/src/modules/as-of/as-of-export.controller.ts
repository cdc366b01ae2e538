import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestActors } from '../../platform/identity/request-actors.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { AsOfExportService, type ExportFormat } from './as-of-export.service.js';

const types: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson; charset=utf-8',
};

/**
 * `GET /as-of.csv` and `GET /as-of.jsonl` with `?at=` an instant, or `?from=&to=` a half-open interval (neither: now),
 * and `&workflowId=&teamId=&stageKey=`: one record for each pointer, and for each place where something lay over nothing, streamed. 400 INVALID_INPUT for a time to come.
 * What they need is in route-permissions.ts.
 */
@Controller()
export class AsOfExportController {
  constructor(
    private readonly actors: RequestActors,
    private readonly exports: AsOfExportService,
  ) {}

  @Get('as-of.csv')
  csv(@Req() request: FastifyRequest, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.send('csv', request, query, reply);
  }

  @Get('as-of.jsonl')
  jsonl(@Req() request: FastifyRequest, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.send('jsonl', request, query, reply);
  }

  private async send(
    format: ExportFormat,
    request: FastifyRequest,
    query: unknown,
    reply: FastifyReply,
  ): Promise<void> {
    const actor = await this.actors.of(request);
    if (!actor) throw new Refusal('UNAUTHENTICATED', 'Sign in first');
    const { fileName, lines } = this.exports.open(actor, query, format);
    void reply
      .header('content-type', types[format])
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(lines));
  }
}
