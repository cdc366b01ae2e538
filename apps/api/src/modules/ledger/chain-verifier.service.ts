import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Actor } from '../../platform/identity/actor.js';
import { organisationChain } from '../../platform/ledger/ledger-entry.domain.js';
import { followEntry, startOfChain, type ChainState } from '../../platform/ledger/verify-chain.domain.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { LedgerVerification } from './ledger.types.js';

const pageSize = 1000;

/** Follows a chain from its first entry in pages, so that its length costs time and no memory. */
@Injectable()
export class ChainVerifier {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
  ) {}

  /** @throws Refusal NOT_FOUND for a chain that is not there, or that the actor may not know of. */
  async verify(actor: Actor, chain: string): Promise<LedgerVerification> {
    const visible = chain === organisationChain || (await this.workflows.byId(actor, chain)) !== null;
    const head = visible ? await this.database.client.ledgerChain.findUnique({ where: { chain } }) : null;
    if (!head) throw new Refusal('NOT_FOUND', 'There is no such chain', ['chain']);
    let state: ChainState = startOfChain(chain);
    for (;;) {
      const page = await this.database.client.ledgerEntry.findMany({
        where: { chain, seq: { gt: state.entries } },
        orderBy: { seq: 'asc' },
        take: pageSize,
        select: { seq: true, hash: true, canonical: true },
      });
      for (const row of page) {
        const next = followEntry(state, { ...row, seq: Number(row.seq) });
        if ('problem' in next) return failed(state, next.seq, next.problem);
        state = next;
      }
      if (page.length < pageSize) break;
    }
    if (state.entries < Number(head.seq)) {
      return failed(
        state,
        state.entries + 1,
        `the chain's head says ${String(head.seq)} entries: its tail is missing`,
      );
    }
    return {
      chain,
      entries: state.entries,
      ok: true,
      firstBadSeq: null,
      problem: null,
      headHash: state.headHash,
    };
  }
}

function failed(state: ChainState, seq: number, problem: string): LedgerVerification {
  const { chain, entries, headHash } = state;
  return { chain, entries, ok: false, firstBadSeq: seq, problem, headHash };
}
