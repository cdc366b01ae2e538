import { Injectable } from '@nestjs/common';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { PromotionReads } from '../promotion/promotion.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { IncidentReads } from './incident.reads.js';
import { incidentLink, type IncidentLinkKind } from './incident.schema.js';
import { unknownIncident } from './incident.service.js';

/** Points incidents to what they are about, also after they are resolved. */
@Injectable()
export class IncidentLinkService {
  constructor(
    private readonly door: Door,
    private readonly reads: IncidentReads,
    private readonly promotions: PromotionReads,
    private readonly releases: ReleaseReads,
  ) {}

  /** @throws Refusal `NOT_FOUND` for a promotion or release that the incident's workflow does not have. */
  async link(actor: Actor, requestId: string, raw: unknown): Promise<{ incidentId: string }> {
    const input = parse(incidentLink, raw);
    const { incidentId, kind, value, idempotencyKey } = input;
    const workflowId = await this.reads.workflowOf(incidentId);
    if (workflowId === null) throw unknownIncident();
    const there = await this.isThere(workflowId, kind, value);
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'incidentLink', input, idempotencyKey: idempotencyKey ?? null },
        ...{ scope: { workflowId }, permission: 'incident.work', unknown: unknownIncident },
      },
      async (act) => {
        if (!there) throw new Refusal('NOT_FOUND', `This workflow has no such ${kind}`, ['input', 'value']);
        const { links } = (await this.reads.plain(act.tx, incidentId)) ?? { links: [] };
        if (links.some((link) => link.kind === kind && link.value === value)) {
          throw new Refusal('NOTHING_CHANGED', 'It points there already', ['input', 'value']);
        }
        const id = act.newId();
        const made = { createdById: act.actor.id, createdAt: act.now };
        await act.tx.incidentLink.create({ data: { id, incidentId, kind, value, ...made } });
        const isOurs = kind === 'promotion' || kind === 'release';
        act.record({
          ...{ act: 'incident.linked', subjectKind: 'incident', subjectId: incidentId },
          // What people typed may name somebody: like every free text, the ledger has only its hash.
          ...{ data: { linkId: id, kind, id: isOurs ? value : null }, reason: isOurs ? null : value },
        });
        act.emit('incident.linked', { incidentId });
        return { incidentId };
      },
    );
  }

  private async isThere(workflowId: string, kind: IncidentLinkKind, value: string): Promise<boolean> {
    if (kind === 'promotion') return (await this.promotions.workflowOf(value)) === workflowId;
    if (kind === 'release') return (await this.releases.plain(value))?.workflowId === workflowId;
    return true;
  }
}
