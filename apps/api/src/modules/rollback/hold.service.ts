import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import type { IncidentState } from '../incident/incident.schema.js';
import { IncidentReads } from '../incident/incident.reads.js';
import { liftObjection } from './hold.domain.js';
import { refuse } from './refuse.js';
import { holdLift } from './rollback.schema.js';

const unknown = () => new Refusal('NOT_FOUND', 'There is no such hold', ['input', 'holdId']);

/** Lifts holds. Nothing served changes: promotions are admitted again, each through its own gates. */
@Injectable()
export class HoldService {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly incidents: IncidentReads,
  ) {}

  async lift(actor: Actor, requestId: string, raw: unknown): Promise<{ holdId: string }> {
    const input = parse(holdLift, raw);
    const { holdId, note, idempotencyKey } = input;
    const found = await this.database.client.hold.findUnique({ where: { id: holdId } });
    if (!found) throw unknown();
    const { workflowId } = found;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'holdLift', input, idempotencyKey: idempotencyKey ?? null },
        ...{ scope: { workflowId }, permission: 'hold.lift', unknown },
      },
      async (act) => {
        const hold = await act.tx.hold.findUniqueOrThrow({
          where: { id: holdId },
          include: { rollback: true },
        });
        const incident = await this.incidents.plain(act.tx, hold.incidentId);
        const incidentState: IncidentState = incident?.state ?? 'open';
        const facts = { lifted: hold.to !== null, rollback: hold.rollback, incidentState };
        const objection = liftObjection(facts, act.actor.id);
        if (objection) throw refuse([objection]);
        await act.tx.hold.update({
          where: { id: holdId },
          data: { to: act.now, endedBy: 'lift', endedById: act.actor.id, endLedgerEntryId: act.entryId },
        });
        const { stageKey, incidentId, rollbackId } = hold;
        act.record({
          ...{ act: 'hold.lifted', subjectKind: 'hold', subjectId: holdId, reason: note },
          data: { stageKey, incidentId, rollbackId, rollbackNumber: hold.rollback.number },
        });
        act.emit('hold.lifted', { holdId, incidentId });
        return { holdId };
      },
    );
  }
}
