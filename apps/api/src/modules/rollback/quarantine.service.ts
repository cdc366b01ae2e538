import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { clearObjection } from './quarantine.domain.js';
import { refuse } from './refuse.js';
import { quarantineClear } from './rollback.schema.js';
import { StandingFactsReads } from './standing-facts.reads.js';

const unknown = () => new Refusal('NOT_FOUND', 'There is no such quarantine', ['input', 'quarantineId']);

/** Clears releases that rollbacks left: they may be promoted and gone back to again, each through its gates. */
@Injectable()
export class QuarantineService {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly facts: StandingFactsReads,
  ) {}

  async clear(actor: Actor, requestId: string, raw: unknown): Promise<{ quarantineId: string }> {
    const input = parse(quarantineClear, raw);
    const { quarantineId, reason, idempotencyKey } = input;
    const where = { id: quarantineId };
    const found = await this.database.client.quarantine.findUnique({ where, include: { rollback: true } });
    if (!found) throw unknown();
    const { workflowId, rollback, releaseId, stageKey } = found;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'quarantineClear', input, idempotencyKey: idempotencyKey ?? null },
        ...{ scope: { workflowId }, permission: 'quarantine.clear', unknown },
      },
      async (act) => {
        const standing = await this.facts.of(act.tx, workflowId, act.now);
        const open = standing?.quarantines.find(({ id }) => id === quarantineId);
        if (!standing || !open) throw new Refusal('CONFLICT', 'This is cleared already');
        const objection = clearObjection(standing, open, rollback, act.actor.id);
        if (objection) throw refuse([objection]);
        const cleared = { clearedAt: act.now, clearedById: act.actor.id, clearLedgerEntryId: act.entryId };
        await act.tx.quarantine.update({ where, data: cleared });
        act.record({
          ...{ act: 'quarantine.cleared', subjectKind: 'quarantine', subjectId: quarantineId, reason },
          subjectDigest: standing.releases.get(releaseId)?.digest ?? null,
          data: { releaseId, stageKey, rollbackId: rollback.id, rollbackNumber: rollback.number },
        });
        act.servedChanged();
        act.emit('quarantine.cleared', { quarantineId, releaseId });
        return { quarantineId };
      },
    );
  }
}
