import { Injectable } from '@nestjs/common';
import { canonicalJson, digestOf, digestOfText } from '../../platform/digest/digest.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { completeDraft, missingFields, type DraftContent } from './contract.domain.js';
import { ContractReads, idsOfKinds } from './contract.reads.js';
import { componentKinds, type ComponentKind } from './contract.schema.js';
import { computeTier, effectiveTier, type TierTools } from './risk.domain.js';
import type { RiskTier } from './risk.schema.js';
import { contractDraftSave, contractPublish } from './workflow.schema.js';

type Pinned = Record<ComponentKind, { id: string; digest: string } | null>;

/** The contract: written as a draft, published as immutable components. */
@Injectable()
export class ContractService {
  constructor(
    private readonly door: Door,
    private readonly reads: ContractReads,
  ) {}

  saveDraft(actor: Actor, requestId: string, raw: unknown): Promise<{ workflowId: string }> {
    const input = parse(contractDraftSave, raw);
    const { workflowId, expectedRevision, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'contractDraftSave', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'workflow.edit' },
      },
      async (act) => {
        const saved = await this.draftAt(act, expectedRevision);
        const given = componentKinds.filter((kind) => input[kind] !== undefined);
        const content = { ...saved, ...Object.fromEntries(given.map((kind) => [kind, input[kind] ?? null])) };
        const revision = expectedRevision + 1;
        const data = {
          content: content as Prisma.InputJsonObject,
          revision,
          updatedById: act.actor.id,
          updatedAt: act.now,
        };
        await act.tx.contractDraft.upsert({
          where: { workflowId },
          create: { workflowId, ...data },
          update: data,
        });
        act.record({
          act: 'contract.draft_saved',
          subjectKind: 'workflow',
          subjectId: workflowId,
          subjectDigest: digestOf(content),
          data: { revision, components: given },
        });
        return { workflowId };
      },
    );
  }

  /**
   * Makes a component of every kind that is new, and a publication that says which ones hold from now on.
   * @throws Refusal CONTRACT_INCOMPLETE naming every field, CONFLICT, NOTHING_CHANGED
   */
  publish(actor: Actor, requestId: string, raw: unknown): Promise<{ workflowId: string }> {
    const input = parse(contractPublish, raw);
    const { workflowId, expectedRevision, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'contractPublish', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'workflow.edit' },
      },
      async (act) => {
        const draft = await this.draftAt(act, expectedRevision);
        const missing = missingFields(draft);
        if (missing.length > 0) {
          throw Refusal.many(
            missing.map(({ component, path, message }) => ({
              code: 'CONTRACT_INCOMPLETE',
              message,
              field: ['input', component, ...path],
            })),
          );
        }
        const complete = completeDraft(draft);
        const last = await this.reads.latestPublication(workflowId, act.tx);
        const pinned = await this.pin(act, complete);
        const before = last ? idsOfKinds(last) : null;
        if (before && componentKinds.every((kind) => before[kind] === (pinned[kind]?.id ?? null)))
          throw new Refusal('NOTHING_CHANGED', 'This is what is published already', [
            'input',
            'expectedRevision',
          ]);
        const { core, output, retrieval, tools, budgets } = pinned;
        if (!core || !output) throw new Error('A complete draft has a core and an output');
        const number = (last?.number ?? 0) + 1;
        await act.tx.contractPublication.create({
          data: {
            ...{ id: act.newId(), workflowId, number, authorId: act.actor.id, createdAt: act.now },
            ...{ coreId: core.id, outputId: output.id, retrievalId: retrieval?.id, toolsId: tools?.id },
            budgetsId: budgets?.id,
          },
        });
        // The failure behaviour of the latest contract is part of what is served.
        if (before?.core !== core.id) act.servedChanged();
        const computed = computeTier(complete.core, complete.tools as TierTools | null).tier;
        const riskTier = effectiveTier(computed, act.workflow.raisedTier as RiskTier | null);
        await act.tx.workflow.update({ where: { id: workflowId }, data: { riskTier } });
        act.record({
          act: 'contract.published',
          subjectKind: 'workflow',
          subjectId: workflowId,
          data: {
            ...{ number, computedTier: computed, riskTier },
            components: Object.fromEntries(
              componentKinds.map((kind) => [kind, pinned[kind]?.digest ?? null]),
            ),
          },
        });
        act.emit('contract.published', { number });
        return { workflowId };
      },
    );
  }

  private async draftAt(act: Act, expectedRevision: number): Promise<DraftContent> {
    const row = await act.tx.contractDraft.findUnique({ where: { workflowId: act.workflow.id } });
    if ((row?.revision ?? 0) !== expectedRevision)
      throw new Refusal('CONFLICT', 'Somebody changed this draft since you read it', [
        'input',
        'expectedRevision',
      ]);
    return (row?.content ?? {}) as DraftContent;
  }

  /** Content that was published before is the component that it was then: same digest, same author. */
  private async pin(act: Act, complete: Record<ComponentKind, object | null>): Promise<Pinned> {
    const workflowId = act.workflow.id;
    const known = await act.tx.contractComponent.findMany({
      where: { workflowId },
      select: { id: true, kind: true, number: true, digest: true },
    });
    const pinned: Pinned = { core: null, output: null, retrieval: null, tools: null, budgets: null };
    for (const kind of componentKinds) {
      const content = complete[kind];
      if (content === null) continue;
      const canonical = canonicalJson(content);
      const digest = digestOfText(canonical);
      const ofKind = known.filter((row) => row.kind === kind);
      const same = ofKind.find((row) => row.digest === digest);
      const id = same?.id ?? act.newId();
      pinned[kind] = { id, digest };
      if (same) continue;
      const number = Math.max(0, ...ofKind.map((row) => row.number)) + 1;
      await act.tx.contractComponent.create({
        data: { id, workflowId, kind, number, digest, canonical, authorId: act.actor.id, createdAt: act.now },
      });
    }
    return pinned;
  }
}
