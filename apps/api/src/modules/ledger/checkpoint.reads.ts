import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { LedgerCheckpointModel } from '../../platform/database/generated/models.js';
import { keysetWhere, pageOf, toConnection, type ConnectionArgs } from '../../platform/graphql/connection.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { CheckpointPush } from '../../platform/ledger/checkpoint-push.js';
import { LEDGER_SIGNERS, type LedgerSigners } from '../../platform/ledger/ledger-signer.js';
import { can } from '../../platform/permissions/can.js';
import type { LedgerCheckpoint, LedgerProof, LedgerPush } from './checkpoint.types.js';

/** Counts tell of what is hidden, and who may not see everything is not told them. */
export function checkpointFor(actor: Actor, row: LedgerCheckpointModel): LedgerCheckpoint {
  const { number, entries, ...rest } = row;
  const whole = can(actor, 'ledger.export');
  return {
    ...rest,
    number: Number(number),
    entries: whole ? Number(entries) : null,
    chains: whole ? row.chains : null,
    canonical: whole ? row.canonical : null,
  };
}

type Place = { chain: string; seq: number };

@Injectable()
export class CheckpointReads {
  constructor(
    private readonly database: Database,
    private readonly push: CheckpointPush,
    @Inject(LEDGER_SIGNERS) private readonly signers: LedgerSigners,
  ) {}

  /** Newest first. */
  async page(actor: Actor, args: ConnectionArgs) {
    const page = pageOf(args);
    const { client } = this.database;
    const [rows, total] = await Promise.all([
      client.ledgerCheckpoint.findMany({
        where: keysetWhere('number', 'desc', page.after, BigInt),
        orderBy: { number: 'desc' },
        take: page.take,
        skip: page.skip,
      }),
      client.ledgerCheckpoint.count(),
    ]);
    const nodes = rows.map((row) => checkpointFor(actor, row));
    return toConnection(nodes, page, total, (row) => ({ key: String(row.number), id: row.id }));
  }

  async last(actor: Actor): Promise<LedgerCheckpoint | null> {
    const row = await this.database.client.ledgerCheckpoint.findFirst({ orderBy: { number: 'desc' } });
    return row && checkpointFor(actor, row);
  }

  /** The first checkpoint that covers an entry; batched over the request. */
  async covering(loaders: Loaders, actor: Actor, place: Place): Promise<LedgerCheckpoint | null> {
    const loader = loaders.once<Place, LedgerCheckpointModel>('checkpointCovering', async (places) => {
      const { client } = this.database;
      const found = await client.$queryRaw<{ place: number; id: string }[]>`
        SELECT p.place::int AS place, c.id::text FROM unnest(
          ${places.map(({ chain }) => chain)}::text[], ${places.map(({ seq }) => seq)}::bigint[]
        ) WITH ORDINALITY AS p(chain, seq, place)
        CROSS JOIN LATERAL (
          SELECT h.checkpoint_id AS id FROM ledger_checkpoint_head h
          WHERE h.chain = p.chain AND h.seq >= p.seq ORDER BY h.seq LIMIT 1
        ) c`;
      const rows = await client.ledgerCheckpoint.findMany({
        where: { id: { in: found.map(({ id }) => id) } },
      });
      const idAt = new Map(found.map(({ place: at, id }) => [at, id]));
      return places.map((_, index) => rows.find((row) => row.id === idAt.get(index + 1)) ?? null);
    });
    const row = await loader.load(place);
    return row && checkpointFor(actor, row);
  }

  async proof(actor: Actor): Promise<LedgerProof> {
    const { client } = this.database;
    const lastCheckpoint = await this.last(actor);
    const sum = await client.ledgerChain.aggregate({ _sum: { seq: true } });
    return {
      keyId: this.signers.current?.id ?? null,
      publicKey: this.signers.current?.publicKey ?? null,
      lastCheckpoint,
      uncovered: Number(sum._sum.seq ?? 0n) - (lastCheckpoint?.entries ?? 0),
      pushes: await this.pushes(),
    };
  }

  private async pushes(): Promise<LedgerPush[]> {
    const { targets } = this.push;
    const where = { target: { in: targets.map(({ id }) => id) } };
    const rows = await this.database.client.ledgerPush.findMany({ where });
    return targets.map(({ id, kind }) => {
      const row = rows.find(({ target }) => target === id);
      return {
        kind,
        lastPushed: Number(row?.number ?? 0),
        pushedAt: row?.pushedAt ?? null,
        failures: row?.failures ?? 0,
        lastError: row?.lastError ?? null,
      };
    });
  }
}
