import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { isUnderway } from '../incident/incident.domain.js';
import { IncidentReads } from '../incident/incident.reads.js';
import type { Standing } from './standing.domain.js';

/** Part of the act that rolls back: the incident that it opens, or joins. */
@Injectable()
export class RollbackIncidentService {
  constructor(private readonly incidents: IncidentReads) {}

  /** @throws Refusal `NOT_FOUND` and `INCIDENT_RESOLVED` for one that cannot be joined. */
  async openOrJoin(
    act: Act,
    standing: Pick<Standing, 'lastIncidentNumber'>,
    { incidentId, title }: { incidentId: string | null; title: string },
  ): Promise<{ id: string; number: number; opened: boolean }> {
    const field = ['input', 'incidentId'];
    if (incidentId !== null) {
      const incident = await this.incidents.plain(act.tx, incidentId);
      if (incident?.workflowId !== act.workflow.id)
        throw new Refusal('NOT_FOUND', 'This workflow has no such incident', field);
      if (!isUnderway(incident.state))
        throw new Refusal(
          'INCIDENT_RESOLVED',
          'This incident is resolved; leave it out to open a new one',
          field,
        );
      return { id: incident.id, number: incident.number, opened: false };
    }
    const [id, number] = [act.newId(), standing.lastIncidentNumber + 1];
    // Who pulled the lever has it until somebody takes it over; a key cannot see anything through.
    const ownerId = act.actor.kind === 'user' ? act.actor.id : null;
    // Plain SQL, because whoever rolls back waits for it, and nothing of the row is asked for.
    await act.tx.$executeRaw`
      INSERT INTO incident (id, workflow_id, number, title, state, origin, owner_id, opened_by_id, opened_at)
      VALUES (${id}::uuid, ${act.workflow.id}::uuid, ${number}::int, ${title}, 'open', 'rollback', ${ownerId}::uuid,
        ${act.actor.id}::uuid, ${act.now.toISOString()}::timestamptz)`;
    return { id, number, opened: true };
  }
}
