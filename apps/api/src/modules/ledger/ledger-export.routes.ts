import { Readable } from 'node:stream';
import { exportLine } from '@holdpoint/client/ledger/export-format.domain.js';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../platform/identity/actor.js';
import { RequestActors } from '../../platform/identity/request-actors.js';
import { Checkpoints } from '../../platform/ledger/checkpoints.js';
import { LEDGER_SIGNERS, type LedgerSigners } from '../../platform/ledger/ledger-signer.js';
import { can } from '../../platform/permissions/can.js';
import { permissions, type Permission } from '../../platform/permissions/permission-table.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { CheckpointReads } from './checkpoint.reads.js';
import { ExportPlanReads } from './export-plan.reads.js';
import { ledgerExportQuery } from './ledger-export.schema.js';
import { LedgerExport } from './ledger-export.service.js';

/**
 * `GET /ledger/export?chain=&from=&to=&reasons=`: the ledger as JSONL of its exact bytes, with the number of entries in
 * `x-total-entries` before the first of them. `GET /ledger/checkpoint`: the last checkpoint, as `--trusted-checkpoint`
 * takes it. `GET /ledger/key.pem`: the public key that signs.
 */
@Injectable()
export class LedgerExportRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly actors: RequestActors,
    private readonly plans: ExportPlanReads,
    private readonly exports: LedgerExport,
    private readonly checkpoints: Checkpoints,
    private readonly reads: CheckpointReads,
    @Inject(LEDGER_SIGNERS) private readonly signers: LedgerSigners,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.get('/ledger/export', (request, reply) => this.export(request, reply));
    fastify.get('/ledger/checkpoint', (request, reply) => this.checkpoint(request, reply));
    fastify.get('/ledger/key.pem', (request, reply) => this.key(request, reply));
  }

  private async export(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const actor = await this.allowed(request, 'ledger.export');
    const query = parse(ledgerExportQuery, request.query, 'query');
    // So that what is exported is covered, as far as there is a key.
    if (!query.to) await this.checkpoints.takeQuietly();
    const plan = await this.plans.plan(actor, query);
    const now = new Date();
    const name = `holdpoint-ledger-${now.toISOString().slice(0, 10)}.jsonl`;
    return reply
      .type('application/x-ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('x-total-entries', String(plan.entries))
      .header('cache-control', 'no-store')
      .send(Readable.from(this.exports.pieces(plan, now), { objectMode: false, encoding: 'utf8' }));
  }

  private async checkpoint(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const last = await this.reads.last(await this.allowed(request, 'ledger.export'));
    if (!last?.canonical) throw new Refusal('NOT_FOUND', 'There is no checkpoint yet');
    const { canonical, signature } = last;
    return reply
      .type('application/json; charset=utf-8')
      .header(
        'content-disposition',
        `attachment; filename="holdpoint-checkpoint-${String(last.number)}.json"`,
      )
      .header('cache-control', 'no-store')
      .send(exportLine({ checkpoint: { canonical, signature } }));
  }

  private async key(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    await this.allowed(request, 'registry.read');
    if (!this.signers.current) throw new Refusal('NOT_FOUND', 'This server has no key to sign with');
    return reply
      .type('application/x-pem-file')
      .header('content-disposition', 'attachment; filename="holdpoint-ledger-key.pem"')
      .header('cache-control', 'no-store')
      .send(this.signers.current.publicKey);
  }

  private async allowed(request: FastifyRequest, permission: Permission): Promise<Actor> {
    const actor = await this.actors.of(request);
    if (!actor) throw new Refusal('UNAUTHENTICATED', 'Sign in first');
    if (can(actor, permission)) return actor;
    throw new Refusal(
      'FORBIDDEN',
      `You may not do this: ${permissions[permission].description.toLowerCase()}`,
    );
  }
}
