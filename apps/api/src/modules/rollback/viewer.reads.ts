import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { IncidentReads } from '../incident/incident.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { liftObjection } from './hold.domain.js';
import { ownObjection } from './quarantine.domain.js';
import { RollbackReads } from './rollback.reads.js';
import type { Hold, Overlay, Quarantine } from './rollback.types.js';

const retired = 'This workflow is retired';

/** What a viewer may do about what rollbacks left behind. */
@Injectable()
export class ViewerReads {
  constructor(
    private readonly workflows: WorkflowReads,
    private readonly incidents: IncidentReads,
    private readonly rollbacks: RollbackReads,
  ) {}

  /** Why not, in a sentence; null where they can. */
  async cannotLift(loaders: Loaders, actor: Actor, hold: Hold): Promise<string | null> {
    const [{ teamId, retiredAt }, rollback, incident] = await Promise.all([
      this.workflows.must(loaders, hold.workflowId),
      this.rollbacks.must(loaders, hold.rollbackId),
      this.incidents.load(loaders, hold.incidentId),
    ]);
    if (retiredAt !== null) return retired;
    if (actor.kind !== 'user' || !can(actor, 'hold.lift', { teamId }))
      return 'Reviewers of the team, and who is on call for the organisation, lift a hold';
    const facts = { lifted: hold.to !== null, rollback, incidentState: incident?.state ?? 'open' };
    return liftObjection(facts, actor.id)?.message ?? null;
  }

  async canEnd(loaders: Loaders, actor: Actor, overlay: Overlay): Promise<boolean> {
    const { teamId, retiredAt } = await this.workflows.must(loaders, overlay.workflowId);
    return retiredAt === null && overlay.endedBy === null && can(actor, 'overlay.end', { teamId });
  }

  /** Why not, in a sentence; null where they can, as far as it goes by who they are. */
  async cannotClear(loaders: Loaders, actor: Actor, quarantine: Quarantine): Promise<string | null> {
    const [{ teamId, retiredAt }, rollback] = await Promise.all([
      this.workflows.must(loaders, quarantine.workflowId),
      this.rollbacks.must(loaders, quarantine.rollbackId),
    ]);
    if (quarantine.clearedAt !== null) return 'This is cleared already';
    if (retiredAt !== null) return retired;
    if (actor.kind !== 'user' || !can(actor, 'quarantine.clear', { teamId }))
      return 'Reviewers of the team, and who is on call for the organisation, clear a quarantine';
    return ownObjection(rollback, actor.id)?.message ?? null;
  }
}
