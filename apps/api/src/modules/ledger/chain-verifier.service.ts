import {
  followed,
  linkProblem,
  startOfChain,
  type ChainState,
  type Link,
} from '@holdpoint/client/ledger/chain.domain.js';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Actor } from '../../platform/identity/actor.js';
import { sha256Hex } from '../../platform/digest/digest.js';
import { organisationChain, type LedgerContent } from '../../platform/ledger/ledger-entry.domain.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { besideProblem } from './beside-entry.domain.js';
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
        where: { chain, seq: { gt: state.seq } },
        orderBy: { seq: 'asc' },
        take: pageSize,
      });
      const reasons = await this.reasonsOf(page.map((row) => row.id));
      for (const row of page) {
        const seq = Number(row.seq);
        const link = linkOf(row);
        if (!link) return failed(state, seq, 'its bytes do not give its hash: it was altered');
        if (link.seq !== seq)
          return failed(state, seq, `it is stored as number ${String(seq)} but says ${String(link.seq)}`);
        const unlinked = linkProblem(state, link);
        if (unlinked) return failed(state, unlinked.seq, unlinked.problem);
        const beside = besideProblem(row, reasons.get(row.id) ?? null);
        if (beside) return failed(state, seq, beside);
        state = followed(link);
        if (seq === Number(head.seq) && row.hash !== head.headHash)
          return failed(state, seq, "the chain's head does not have its hash: its tail was rewritten");
      }
      if (page.length < pageSize) break;
    }
    if (state.seq < Number(head.seq)) {
      return failed(
        state,
        state.seq + 1,
        `the chain's head says ${String(head.seq)} entries: its tail is missing`,
      );
    }
    if (state.seq === 0 && head.headHash !== state.headHash)
      return failed(state, 1, "the chain's head names an entry that is not there");
    return {
      chain,
      entries: state.seq,
      ok: true,
      firstBadSeq: null,
      problem: null,
      headHash: state.headHash,
    };
  }

  private async reasonsOf(entryIds: readonly string[]) {
    const rows = await this.database.client.ledgerReason.findMany({
      where: { entryId: { in: [...entryIds] } },
    });
    return new Map(rows.map((row) => [row.entryId, row]));
  }
}

function linkOf({ canonical, hash }: { canonical: string; hash: string }): Link | null {
  if (sha256Hex(canonical) !== hash) return null;
  try {
    return { ...(JSON.parse(canonical) as LedgerContent), hash };
  } catch {
    return null;
  }
}

function failed(state: ChainState, seq: number, problem: string): LedgerVerification {
  const { chain, seq: entries, headHash } = state;
  return { chain, entries, ok: false, firstBadSeq: seq, problem, headHash };
}
