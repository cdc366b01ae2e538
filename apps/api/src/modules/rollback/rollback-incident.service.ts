import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { isUnderway } from '../incident/incident.domain.js';
import { IncidentReads } from '../incident/incident.reads.js';
import type { Standing } from './standing.domain.js';

/** What a rollback's incident is. `opens` is what is to be written with the rollback; null: it joins one. */
export interface RollbackIncident {
  id: string;
  number: number;
  opens: { title: string; ownerId: string | null } | null;
}

/** Part of the act that rolls back: the incident that it opens, or joins. */
@Injectable()
export class RollbackIncidentService {
  constructor(private readonly incidents: IncidentReads) {}

  /** @throws Refusal `NOT_FOUND` and `INCIDENT_RESOLVED` for one that cannot be joined. */
  async openOrJoin(
    act: Act,
    standing: Pick<Standing, 'lastIncidentNumber'>,
    { incidentId, title }: { incidentId: string | null; title: string },
  ): Promise<RollbackIncident> {
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
      return { id: incident.id, number: incident.number, opens: null };
    }
    // Who pulled the lever has it until somebody takes it over; a key cannot see anything through.
    const ownerId = act.actor.kind === 'user' ? act.actor.id : null;
    return { id: act.newId(), number: standing.lastIncidentNumber + 1, opens: { title, ownerId } };
  }
}
