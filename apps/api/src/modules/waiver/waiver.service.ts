import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { checkById } from '../checklist/checklist.domain.js';
import { ChecklistReads } from '../checklist/checklist.reads.js';
import { approvalObjection, requestObjection, waiverState, type WaiverObjection } from './waiver.domain.js';
import { waiverApprove, waiverEnd, waiverRequest } from './waiver.schema.js';

type WaiverId = { waiverId: string };
type ById = { waiverId: string; idempotencyKey?: string | null | undefined };

const refuse = (objection: WaiverObjection | null) => {
  if (objection)
    throw new Refusal(
      objection.code,
      objection.message,
      objection.field === undefined ? undefined : ['input', objection.field],
    );
};

/** Waivers: asked for by one person, approved by another, ended by either or by their date. */
@Injectable()
export class WaiverService {
  constructor(
    private readonly door: Door,
    private readonly database: Database,
    private readonly checklists: ChecklistReads,
  ) {}

  request(actor: Actor, requestId: string, raw: unknown): Promise<WaiverId> {
    const input = parse(waiverRequest, raw);
    const { workflowId, checkId, reason, idempotencyKey } = input;
    const expiresAt = new Date(input.expiresAt);
    return this.door.act(
      {
        actor,
        requestId,
        mutation: 'waiverRequest',
        input,
        idempotencyKey,
        scope: { workflowId },
        permission: 'waiver.request',
      },
      async (act) => {
        const { content } = await this.checklists.newest(act.tx);
        const standing = await act.tx.waiver.findMany({
          where: { workflowId, expiresAt: { gt: act.now }, endedAt: null },
        });
        refuse(
          requestObjection(
            checkById(content, checkId),
            { checkId, expiresAt },
            { actor: act.actor, now: act.now, standing },
          ),
        );
        const id = act.newId();
        await act.tx.waiver.create({
          data: {
            id,
            workflowId,
            checkId,
            reason,
            expiresAt,
            requestedById: act.actor.id,
            createdAt: act.now,
          },
        });
        this.record(act, 'requested', id, { checkId, expiresAt: expiresAt.toISOString() }, reason);
        return { waiverId: id };
      },
    );
  }

  async approve(actor: Actor, requestId: string, raw: unknown): Promise<WaiverId> {
    const input = parse(waiverApprove, raw);
    const spec = {
      ...(await this.spec(actor, requestId, input)),
      mutation: 'waiverApprove',
      permission: 'waiver.approve' as const,
    };
    return this.door.act(spec, async (act) => {
      const waiver = await this.find(act, input.waiverId);
      const { content } = await this.checklists.newest(act.tx);
      refuse(
        approvalObjection(
          waiver,
          checkById(content, waiver.checkId),
          act.actor,
          act.workflow.teamId,
          act.now,
        ),
      );
      await act.tx.waiver.update({
        where: { id: waiver.id },
        data: { approvedById: act.actor.id, approvedAt: act.now },
      });
      this.record(act, 'approved', waiver.id, { checkId: waiver.checkId });
      return { waiverId: waiver.id };
    });
  }

  async end(actor: Actor, requestId: string, raw: unknown): Promise<WaiverId> {
    const input = parse(waiverEnd, raw);
    const spec = {
      ...(await this.spec(actor, requestId, input)),
      mutation: 'waiverEnd',
      permission: 'waiver.end' as const,
    };
    return this.door.act(spec, async (act) => {
      const waiver = await this.find(act, input.waiverId);
      const state = waiverState(waiver, act.now);
      if (state === 'ended' || state === 'expired')
        throw new Refusal('CONFLICT', `This waiver is ${state} already`);
      await act.tx.waiver.update({ where: { id: waiver.id }, data: { endedAt: act.now } });
      this.record(act, 'ended', waiver.id, { checkId: waiver.checkId });
      return { waiverId: waiver.id };
    });
  }

  private async spec(actor: Actor, requestId: string, input: ById) {
    const { waiverId, idempotencyKey } = input;
    const row = await this.database.client.waiver.findUnique({
      where: { id: waiverId },
      select: { workflowId: true },
    });
    const unknown = () => new Refusal('NOT_FOUND', 'There is no such waiver', ['input', 'waiverId']);
    if (!row) throw unknown();
    return {
      actor,
      requestId,
      input,
      idempotencyKey: idempotencyKey ?? null,
      scope: { workflowId: row.workflowId },
      unknown,
    };
  }

  private async find(act: Act, id: string) {
    return act.tx.waiver.findUniqueOrThrow({ where: { id } });
  }

  private record(act: Act, what: string, id: string, data: Record<string, string>, reason?: string): void {
    act.record({ act: `waiver.${what}`, subjectKind: 'waiver', subjectId: id, data, reason: reason ?? null });
    act.emit(`waiver.${what}`, data);
  }
}
