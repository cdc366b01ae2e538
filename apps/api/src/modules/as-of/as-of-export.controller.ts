import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestActors } from '../../platform/identity/request-actors.js';
import { can } from '../../platform/permissions/can.js';
import { permissions } from '../../platform/permissions/permission-table.js';
import { Permit } from '../../platform/permissions/permit.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { AsOfExportService, type ExportFormat } from './as-of-export.service.js';

const types: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson; charset=utf-8',
};
const permission = 'registry.read';

/**
 * `GET /as-of.csv` and `GET /as-of.jsonl` with `?at=` an instant, or `?from=&to=` a half-open interval (neither: now),
 * and `&workflowId=&teamId=&stageKey=`: one record for each pointer, streamed. 400 INVALID_INPUT for a time to come.
 */
@Controller()
export class AsOfExportController {
  constructor(
    private readonly actors: RequestActors,
    private readonly exports: AsOfExportService,
  ) {}

  @Get('as-of.csv')
  @Permit(permission)
  csv(@Req() request: FastifyRequest, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.send('csv', request, query, reply);
  }

  @Get('as-of.jsonl')
  @Permit(permission)
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
    if (!can(actor, permission))
      throw new Refusal(
        'FORBIDDEN',
        `You may not do this: ${permissions[permission].description.toLowerCase()}`,
      );
    const { fileName, lines } = this.exports.open(actor, query, format);
    void reply
      .header('content-type', types[format])
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(lines));
  }
}
