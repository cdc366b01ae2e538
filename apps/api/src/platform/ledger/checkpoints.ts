import { createHash } from 'node:crypto';
import { checkpointText, type ChainHead } from '@holdpoint/client/ledger/checkpoint.domain.js';
import { genesisHash } from '@holdpoint/client/ledger/entry.domain.js';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { Database, type Tx } from '../database/database.js';
import { LOGGER } from '../http/logger.js';
import { CannotSign, settleKey } from './checkpoint-keys.js';
import { CheckpointTree } from './checkpoint-tree.js';
import { grownChains } from './grown-chains.js';
import { LEDGER_SIGNERS, type LedgerSigners } from './ledger-signer.js';

export interface TakenCheckpoint {
  number: number;
  hash: string;
}

type LastRow = { number: bigint; hash: string; at: Date; entries: bigint; keyId: string };

/** Of the advisory lock that lets one process at a time take a checkpoint. */
const lockNumber = 7_041_200;
const headsAtOnce = 5_000;

/**
 * Signs where every chain stands. Not an act: it changes nothing that the registry says, holds no workflow's lock, and is
 * itself in no chain but its own.
 */
@Injectable()
export class Checkpoints {
  private readonly log: Logger;
  private tree: CheckpointTree | null = null;

  constructor(
    private readonly database: Database,
    @Inject(LEDGER_SIGNERS) private readonly signers: LedgerSigners,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.log = logger.child({ part: 'checkpoints' });
  }

  /**
   * @returns null where no chain has grown since the last one.
   * @throws CannotSign where this process has no key to sign with
   */
  async take(): Promise<TakenCheckpoint | null> {
    try {
      return await this.database.client.$transaction((tx) => this.takeIn(tx), {
        maxWait: 30_000,
        timeout: 60_000,
      });
    } catch (error) {
      // It may stand for a checkpoint that was rolled back.
      this.tree = null;
      throw error;
    }
  }

  private async takeIn(tx: Tx): Promise<TakenCheckpoint | null> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lockNumber}::bigint)`;
    const [last] = await tx.$queryRaw<LastRow[]>`
      SELECT number, hash, at, entries, key_id AS "keyId" FROM ledger_checkpoint ORDER BY number DESC LIMIT 1`;
    const lastNumber = Number(last?.number ?? 0);
    // A number that went back is a database that was restored.
    if (this.tree === null || this.tree.number > lastNumber)
      this.tree = await CheckpointTree.load(tx, lastNumber);
    else await this.tree.follow(tx, lastNumber);
    const growth = await grownChains(tx, this.tree.chains);
    for (const chain of growth.unsound)
      this.log.error({ chain }, "the chain's head is not its last entry; it is left out of the checkpoint");
    if (growth.heads.length === 0) return null;
    const { signer, standing } = await settleKey(tx, this.signers, last?.keyId ?? null);
    if (standing === 'unvouched')
      this.log.warn(
        { keyId: signer.id },
        'a new key signs that the old one did not sign: verifiers must be given it',
      );
    const [{ now } = { now: new Date() }] = await tx.$queryRaw<{ now: Date }[]>`
      SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
    this.tree.grow(growth.heads);
    const at = last && last.at > now ? last.at : now;
    const content = {
      v: 1 as const,
      number: this.tree.number,
      at: at.toISOString(),
      prevHash: last?.hash ?? genesisHash,
      chains: this.tree.chains,
      entries: Number(last?.entries ?? 0n) + growth.entries,
      root: this.tree.root,
      keyId: signer.id,
    };
    const canonical = checkpointText(content);
    const hash = createHash('sha256').update(canonical).digest('hex');
    const id = uuidv7();
    const { v: _version, ...columns } = content;
    await tx.ledgerCheckpoint.create({
      data: { ...columns, id, at, hash, canonical, signature: signer.sign(canonical) },
    });
    await writeHeads(tx, id, growth.heads);
    return { number: content.number, hash };
  }

  /** As `take`, for moments when nobody waits for an answer: what forbids it is logged, once while it stays the same. */
  async takeQuietly(): Promise<TakenCheckpoint | null> {
    try {
      const taken = await this.take();
      this.lastTrouble = null;
      return taken;
    } catch (error) {
      const trouble = error instanceof CannotSign ? error.message : null;
      if (trouble === null) this.log.error({ error }, 'a checkpoint could not be taken; it is tried again');
      else if (trouble !== this.lastTrouble) this.log.warn(`No checkpoints are taken: ${trouble}`);
      this.lastTrouble = trouble;
      return null;
    }
  }
  private lastTrouble: string | null = null;
}

async function writeHeads(tx: Tx, checkpointId: string, heads: readonly ChainHead[]): Promise<void> {
  for (let from = 0; from < heads.length; from += headsAtOnce) {
    const rows = JSON.stringify(heads.slice(from, from + headsAtOnce));
    await tx.$executeRaw`
      INSERT INTO ledger_checkpoint_head (checkpoint_id, chain, leaf, seq, head_hash)
      SELECT ${checkpointId}::uuid, h.chain, h.leaf, h.seq, h.hash
      FROM jsonb_to_recordset(${rows}::jsonb) AS h(chain text, leaf int, seq bigint, hash text)`;
  }
}
