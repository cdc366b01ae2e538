import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../../platform/digest/digest.js';
import type { Act } from '../../platform/door/act.types.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { defaultAlias, evalDigest } from '../release/release.domain.js';
import type { DerivedRelease } from './derived.domain.js';
import type { Segment } from './effective.domain.js';
import type { LaidOver, LaidOverlay } from './laid-over.domain.js';
import type { JsonObject } from '../../platform/ledger/ledger-entry.domain.js';
import type { RollbackPlan } from './rollback.domain.js';
import type { StoredLever } from './stored-lever.domain.js';

const json = (value: unknown) => value as Prisma.InputJsonValue;

export interface NewRollback {
  id: string;
  number: number;
  incidentId: string | null;
  plan: RollbackPlan;
  levers: readonly StoredLever[];
  askedAt: Date;
  reviewDueAt: Date | null;
}

const inLedger = ({ id, stageKey, segment, levers }: LaidOverlay & { id: string }): JsonObject => ({
  ...{ id, stageKey, segment: segmentInLedger(segment) },
  levers: levers.map((lever) => Object.fromEntries(Object.entries(lever))),
});

/** The rules of a segment as entries of the ledger give them. */
export const segmentInLedger = (segment: Segment): JsonObject[] =>
  segment.map(({ attribute, operator, values }) => ({ attribute, operator, values: [...values] }));

/** The rows of rollbacks, written inside an act. None of them grows the number of statements. */
@Injectable()
export class RollbackWrites {
  async create(
    act: Act,
    { id, number, incidentId, plan, levers, askedAt, reviewDueAt }: NewRollback,
  ): Promise<void> {
    const { id: workflowId, incarnation, epoch } = act.workflow;
    const { asked, stages, leftReleaseIds } = plan;
    await act.tx.rollback.create({
      data: {
        ...{ id, workflowId, number, kind: asked.kind, incidentId, scope: asked.scope },
        stageKeys: stages.map(({ key }) => key),
        ...{ segment: json(asked.segment), levers: json(levers), leftReleaseIds: [...leftReleaseIds] },
        ...{ triggeredById: act.actor.id, triggeredBy: act.actor.kind },
        responsibleIds: [...new Set(act.actor.responsibleIds)],
        ...{ askedAt, appliedAt: act.now, incarnation, epoch: epoch + 1, reviewDueAt },
        ledgerEntryId: act.entryId,
      },
    });
  }

  /** @returns for the ledger: what lies where from now on, and what that takes the place of */
  async lay(
    act: Act,
    rollbackId: string,
    { laid, superseded }: LaidOver,
    to: Date | null,
  ): Promise<{ overlays: JsonObject[]; supersededOverlayIds: string[] }> {
    const ended = { to: act.now, endedBy: 'superseded', endLedgerEntryId: act.entryId };
    if (superseded.length > 0)
      await act.tx.overlay.updateMany({ where: { id: { in: [...superseded] } }, data: ended });
    const rows = laid.map((one) => ({ id: act.newId(), ...one }));
    const said = { overlays: rows.map(inLedger), supersededOverlayIds: [...superseded] };
    if (rows.length === 0) return said;
    await act.tx.overlay.createMany({
      data: rows.map(({ id, stageKey, segment, levers }) => ({
        ...{ id, workflowId: act.workflow.id, rollbackId, stageKey },
        ...{ segment: json(segment), levers: json(levers), from: act.now, to },
        endedBy: to === null ? null : 'drill',
      })),
    });
    return said;
  }

  async hold(act: Act, rollbackId: string, incidentId: string, stageKeys: readonly string[]): Promise<void> {
    await act.tx.hold.createMany({
      data: stageKeys.map((stageKey) => ({
        ...{ id: act.newId(), workflowId: act.workflow.id, rollbackId, incidentId, stageKey, from: act.now },
      })),
    });
  }

  async quarantine(
    act: Act,
    rollbackId: string,
    left: readonly { stageKey: string; releaseId: string }[],
    segment: Segment,
  ): Promise<void> {
    if (left.length === 0) return;
    await act.tx.quarantine.createMany({
      data: left.map(({ stageKey, releaseId }) => ({
        ...{ id: act.newId(), workflowId: act.workflow.id, rollbackId, releaseId, stageKey },
        ...{ segment: json(segment), from: act.now },
      })),
    });
  }

  /** An identical release is served as it is; else the derived one is made. @returns its id */
  async derived(
    act: Act,
    { from, bundle, digest, steps }: DerivedRelease,
  ): Promise<{ id: string; alias: string }> {
    const same = await act.tx.release.findFirst({ where: { workflowId: act.workflow.id, digest } });
    if (same) return { id: same.id, alias: same.alias };
    const source = await act.tx.release.findUniqueOrThrow({ where: { id: from.id } });
    const { coreId, outputId, retrievalId, toolsId, budgetsId } = source;
    const [id, number] = [act.newId(), act.workflow.lastReleaseNumber + 1];
    const alias = await this.freeAlias(act, defaultAlias(number, digest));
    await act.tx.release.create({
      data: {
        ...{ id, workflowId: act.workflow.id, number, alias, digest, evalDigest: evalDigest(bundle) },
        ...{ canonical: canonicalJson(bundle), derivedFromId: from.id, origin: 'rollback' },
        ...{ coreId, outputId, retrievalId, toolsId, budgetsId },
        ...{ createdById: act.actor.id, responsibleIds: [...new Set(act.actor.responsibleIds)] },
        createdAt: act.now,
      },
    });
    await act.tx.releaseStep.createMany({
      data: steps.map((step, position) => ({ id: act.newId(), releaseId: id, position, ...step })),
    });
    await act.tx.workflow.update({ where: { id: act.workflow.id }, data: { lastReleaseNumber: number } });
    return { id, alias };
  }

  /** Somebody may have taken the name that it would get. */
  private async freeAlias(act: Act, alias: string): Promise<string> {
    const taken = await act.tx.release.findFirst({ where: { workflowId: act.workflow.id, alias } });
    return taken ? `${alias}-${act.newId().slice(-6)}` : alias;
  }
}
