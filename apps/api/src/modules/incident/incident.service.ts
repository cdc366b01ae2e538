import { Injectable } from '@nestjs/common';
import type { Act, ActSpec } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { loadActor } from '../../platform/identity/actor.reads.js';
import { can } from '../../platform/permissions/can.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { assignObjection, moveObjection, ownerObjection, type IncidentObjection } from './incident.domain.js';
import { IncidentReads } from './incident.reads.js';
import { incidentAssign, incidentMonitor, incidentOpen, incidentResolve } from './incident.schema.js';
import type { Incident } from './incident.types.js';

type IncidentId = { incidentId: string };
type ById = IncidentId & { idempotencyKey?: string | null | undefined };

const refuse = (objection: IncidentObjection | null) => {
  if (!objection) return;
  const { code, message, field } = objection;
  throw new Refusal(code, message, field === undefined ? undefined : ['input', field]);
};

/** Opens incidents, hands them over and moves them on. What was typed is kept in the row, its hash in the ledger. */
@Injectable()
export class IncidentService {
  constructor(
    private readonly door: Door,
    private readonly reads: IncidentReads,
  ) {}

  open(actor: Actor, requestId: string, raw: unknown): Promise<IncidentId> {
    const input = parse(incidentOpen, raw);
    const { workflowId, title, ownerId = null, idempotencyKey } = input;
    const spec: ActSpec = {
      ...{ actor, requestId, mutation: 'incidentOpen', input, idempotencyKey: idempotencyKey ?? null },
      ...{ scope: { workflowId }, permission: 'incident.work' },
    };
    return this.door.act(spec, async (act) => {
      if (act.workflow.retiredAt) throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
      if (ownerId !== null) refuse(ownerObjection(await this.owner(act, ownerId)));
      const last = await act.tx.incident.aggregate({ where: { workflowId }, _max: { number: true } });
      const [id, number] = [act.newId(), (last._max.number ?? 0) + 1];
      const opened = { openedById: act.actor.id, openedAt: act.now };
      await act.tx.incident.create({
        data: { ...{ id, workflowId, number, title, state: 'open', origin: 'report', ownerId }, ...opened },
      });
      this.record(act, 'opened', id, { number, origin: 'report', ownerId }, title);
      return { incidentId: id };
    });
  }

  async assign(actor: Actor, requestId: string, raw: unknown): Promise<IncidentId> {
    const input = parse(incidentAssign, raw);
    const spec = await this.spec(actor, requestId, 'incidentAssign', input);
    return this.door.act(spec, async (act) => {
      const incident = await this.locked(act, input.incidentId);
      refuse(assignObjection(incident, await this.owner(act, input.ownerId)));
      await act.tx.incident.update({ where: { id: incident.id }, data: { ownerId: input.ownerId } });
      this.record(act, 'assigned', incident.id, { ownerId: input.ownerId, fromId: incident.ownerId });
      return { incidentId: incident.id };
    });
  }

  async monitor(actor: Actor, requestId: string, raw: unknown): Promise<IncidentId> {
    const input = parse(incidentMonitor, raw);
    const spec = await this.spec(actor, requestId, 'incidentMonitor', input);
    return this.door.act(spec, async (act) => {
      const { id, number, state } = await this.locked(act, input.incidentId);
      refuse(moveObjection(state, 'monitoring'));
      const data = { state: 'monitoring', monitoringAt: act.now, note: input.note };
      await act.tx.incident.update({ where: { id }, data });
      this.record(act, 'monitored', id, { number }, input.note);
      return { incidentId: id };
    });
  }

  async resolve(actor: Actor, requestId: string, raw: unknown): Promise<IncidentId> {
    const input = parse(incidentResolve, raw);
    const spec = await this.spec(actor, requestId, 'incidentResolve', input);
    return this.door.act(spec, async (act) => {
      const { id, number, state } = await this.locked(act, input.incidentId);
      refuse(moveObjection(state, 'resolved'));
      const ended = { resolvedAt: act.now, resolvedById: act.actor.id };
      await act.tx.incident.update({
        where: { id },
        data: { state: 'resolved', note: input.note, ...ended },
      });
      this.record(act, 'resolved', id, { number, fromState: state }, input.note);
      return { incidentId: id };
    });
  }

  private async spec(actor: Actor, requestId: string, mutation: string, input: ById): Promise<ActSpec> {
    const workflowId = await this.reads.workflowOf(input.incidentId);
    if (workflowId === null) throw unknownIncident();
    const { idempotencyKey = null } = input;
    return {
      ...{ actor, requestId, mutation, input, idempotencyKey, unknown: unknownIncident },
      ...{ scope: { workflowId }, permission: 'incident.work' },
    };
  }

  private async locked(act: Act, id: string): Promise<Incident> {
    const incident = await this.reads.plain(act.tx, id);
    if (!incident) throw unknownIncident();
    return incident;
  }

  private async owner(act: Act, id: string): Promise<{ id: string; mayWork: boolean } | null> {
    const person = await loadActor(act.tx, id);
    return person && { id, mayWork: can(person, 'incident.work', { teamId: act.workflow.teamId }) };
  }

  private record(
    act: Act,
    what: string,
    id: string,
    data: Record<string, string | number | null>,
    reason?: string,
  ): void {
    act.record({
      act: `incident.${what}`,
      ...{ subjectKind: 'incident', subjectId: id, data, reason: reason ?? null },
    });
    act.emit(`incident.${what}`, { incidentId: id });
  }
}

export const unknownIncident = () =>
  new Refusal('NOT_FOUND', 'There is no such incident', ['input', 'incidentId']);
