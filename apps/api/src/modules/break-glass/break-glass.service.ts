import { Injectable } from '@nestjs/common';
import type { ActSpec } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { loadActor } from '../../platform/identity/actor.reads.js';
import { can } from '../../platform/permissions/can.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { isUnderway } from '../incident/incident.domain.js';
import { IncidentReads } from '../incident/incident.reads.js';
import { grantState, reviewObjection } from './break-glass.domain.js';
import { BreakGlassReads } from './break-glass.reads.js';
import { breakGlassGrant, breakGlassReview, breakGlassRevoke } from './break-glass.schema.js';

const hour = 3_600_000;
type Who = { actor: Actor; requestId: string };
const unknown = (what: string, field: string) =>
  new Refusal('NOT_FOUND', `There is no such ${what}`, ['input', field]);

/** Gives grants, takes them back, and takes the review that every use of one owes. */
@Injectable()
export class BreakGlassService {
  constructor(
    private readonly door: Door,
    private readonly incidents: IncidentReads,
    private readonly reads: BreakGlassReads,
  ) {}

  async grant(actor: Actor, requestId: string, raw: unknown): Promise<{ grantId: string }> {
    const input = parse(breakGlassGrant, raw);
    const { incidentId, personId, reason, hours } = input;
    const workflowId = await this.incidents.workflowOf(incidentId);
    if (workflowId === null) throw unknown('incident', 'incidentId');
    const noIncident = () => unknown('incident', 'incidentId');
    const spec = { ...this.spec({ actor, requestId }, workflowId, input), unknown: noIncident };
    return this.door.act(
      { ...spec, mutation: 'breakGlassGrant', permission: 'breakGlass.grant' },
      async (act) => {
        if (act.workflow.retiredAt) throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
        const incident = await this.incidents.plain(act.tx, incidentId);
        if (!incident || !isUnderway(incident.state)) {
          throw new Refusal('INCIDENT_RESOLVED', 'This incident is resolved', ['input', 'incidentId']);
        }
        if (personId === act.actor.id) {
          throw new Refusal('SECOND_PERSON_REQUIRED', 'Nobody gives it to themselves', ['input', 'personId']);
        }
        const person = await loadActor(act.tx, personId);
        if (!can(person, 'breakGlass.use', { teamId: act.workflow.teamId })) {
          throw new Refusal('INVALID_INPUT', 'It is given to somebody of the team, or on call', [
            ...['input', 'personId'],
          ]);
        }
        const [id, expiresAt] = [act.newId(), new Date(act.now.getTime() + Math.round(hours * hour))];
        const given = { grantedById: act.actor.id, reason, createdAt: act.now, expiresAt };
        await act.tx.breakGlassGrant.create({ data: { id, workflowId, incidentId, personId, ...given } });
        act.record({
          ...{ act: 'breakGlass.granted', subjectKind: 'breakGlassGrant', subjectId: id, reason },
          data: { incidentId, personId, expiresAt: expiresAt.toISOString() },
        });
        act.emit('breakGlass.granted', { grantId: id, incidentId });
        return { grantId: id };
      },
    );
  }

  async revoke(actor: Actor, requestId: string, raw: unknown): Promise<{ grantId: string }> {
    const input = parse(breakGlassRevoke, raw);
    const { grantId } = input;
    const workflowId = await this.reads.workflowOfGrant(grantId);
    if (workflowId === null) throw unknown('grant', 'grantId');
    const noGrant = () => unknown('grant', 'grantId');
    const spec = { ...this.spec({ actor, requestId }, workflowId, input), unknown: noGrant };
    return this.door.act(
      { ...spec, mutation: 'breakGlassRevoke', permission: 'breakGlass.grant' },
      async (act) => {
        const grant = await this.reads.facts(act.tx, grantId);
        if (!grant) throw unknown('grant', 'grantId');
        const state = grantState(grant, act.now);
        if (state !== 'usable' && state !== 'over') {
          throw new Refusal('CONFLICT', `This grant is ${state} already`, ['input', 'grantId']);
        }
        await act.tx.breakGlassGrant.update({ where: { id: grantId }, data: { revokedAt: act.now } });
        act.record({
          ...{ act: 'breakGlass.revoked', subjectKind: 'breakGlassGrant', subjectId: grantId },
          data: { incidentId: grant.incidentId, personId: grant.personId },
        });
        act.emit('breakGlass.revoked', { grantId });
        return { grantId };
      },
    );
  }

  /** @throws Refusal `SELF_APPROVAL` for who gave the grant and who used it. */
  async review(actor: Actor, requestId: string, raw: unknown): Promise<{ useId: string }> {
    const input = parse(breakGlassReview, raw);
    const { useId, verdict, comment } = input;
    const use = await this.reads.useById(useId);
    const noUse = () => unknown('break-glass promotion', 'useId');
    if (!use) throw noUse();
    const spec = { ...this.spec({ actor, requestId }, use.workflowId, input), unknown: noUse };
    return this.door.act(
      { ...spec, mutation: 'breakGlassReview', permission: 'breakGlass.review' },
      async (act) => {
        if (act.actor.kind !== 'user') throw new Refusal('FORBIDDEN', 'Only a person reviews');
        const before = await act.tx.breakGlassReview.findUnique({ where: { useId } });
        const objection = reviewObjection(
          { executedById: use.executedById, grantedById: use.grantedById, reviewed: before !== null },
          act.actor.id,
        );
        if (objection) {
          const { code, message, field } = objection;
          throw new Refusal(code, message, field === undefined ? undefined : ['input', field]);
        }
        const given = { reviewerId: act.actor.id, verdict, comment, createdAt: act.now };
        await act.tx.breakGlassReview.create({ data: { useId, ...given } });
        const { promotionId, incidentId, grantId } = use;
        act.record({
          ...{ act: 'breakGlass.reviewed', subjectKind: 'breakGlassUse', subjectId: useId },
          ...{ data: { verdict, promotionId, incidentId, grantId }, reason: comment },
        });
        act.emit('breakGlass.reviewed', { useId, promotionId });
        return { useId };
      },
    );
  }

  private spec(
    who: Who,
    workflowId: string,
    input: { idempotencyKey?: string | null | undefined },
  ): Omit<ActSpec, 'mutation' | 'permission'> {
    const { idempotencyKey = null } = input;
    return { ...who, input, idempotencyKey, scope: { workflowId } };
  }
}
