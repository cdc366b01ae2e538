import { Injectable } from '@nestjs/common';
import { canonicalJson, digestOf, digestOfText } from '../../platform/digest/digest.js';
import type { Act } from '../../platform/door/act.types.js';
import { defaultDefinitions } from './stage-defaults.domain.js';
import type { StageEffect } from './stage.domain.js';
import type { StageDefinition } from './stage.schema.js';

export interface StageInForce {
  key: string;
  revision: number;
  digest: string;
  definition: StageDefinition;
  /** Highest number given to a revision of this stage. */
  lastRevision: number;
  occupied: boolean;
  keysInOrder: string[];
}

export interface StoredRevision {
  id: string;
  stageKey: string;
  revision: number;
  digest: string;
  definition: StageDefinition;
  createdById: string;
  approved: boolean;
}

const definitionOf = (canonical: string) => JSON.parse(canonical) as StageDefinition;

/** What the acts of this module read and write inside their transaction. */
@Injectable()
export class StageWrites {
  digestOf(definition: StageDefinition): string {
    return digestOf(definition);
  }

  async createDefaults(act: Act, workflowId: string): Promise<void> {
    const workflow = await act.tx.workflow.findUniqueOrThrow({
      where: { id: workflowId },
      select: { key: true, team: { select: { key: true } } },
    });
    const stages = defaultDefinitions(`${workflow.team.key}.${workflow.key}`).map(
      ({ key, definition }, position) => ({
        ...{ key, position, id: act.newId(), canonical: canonicalJson(definition) },
      }),
    );
    await act.tx.stageRevision.createMany({
      data: stages.map(({ key, id, canonical }) => ({
        ...{ id, workflowId, stageKey: key, revision: 1, canonical, digest: digestOfText(canonical) },
        ...{ effect: 'initial', createdById: act.actor.id, createdAt: act.now },
      })),
    });
    await act.tx.stage.createMany({
      data: stages.map(({ key, position, id }) => ({ workflowId, key, position, currentRevisionId: id })),
    });
  }

  async inForce(act: Act, key: string): Promise<StageInForce | null> {
    const [row] = await act.tx.$queryRaw<(Omit<StageInForce, 'definition'> & { canonical: string })[]>`
      SELECT s.key, r.revision, r.digest, r.canonical,
        (SELECT max(all_of.revision) FROM stage_revision all_of
         WHERE all_of.workflow_id = s.workflow_id AND all_of.stage_key = s.key) AS "lastRevision",
        EXISTS (SELECT 1 FROM occupancy o
          WHERE o.workflow_id = s.workflow_id AND o.stage_key = s.key AND o."to" IS NULL) AS occupied,
        (SELECT array_agg(o.key ORDER BY o.position) FROM stage o WHERE o.workflow_id = s.workflow_id) AS "keysInOrder"
      FROM stage s JOIN stage_revision r ON r.id = s.current_revision_id
      WHERE s.workflow_id = ${act.workflow.id}::uuid AND s.key = ${key}`;
    if (!row) return null;
    const { canonical, ...stage } = row;
    return { ...stage, definition: definitionOf(canonical) };
  }

  async revision(act: Act, id: string): Promise<StoredRevision | null> {
    const row = await act.tx.stageRevision.findFirst({ where: { id, workflowId: act.workflow.id } });
    if (!row) return null;
    const approval = await act.tx.stageRevisionApproval.findUnique({ where: { stageRevisionId: id } });
    return { ...row, definition: definitionOf(row.canonical), approved: approval !== null };
  }

  async addRevision(
    act: Act,
    stage: StageInForce,
    { definition, effect, reason }: { definition: StageDefinition; effect: StageEffect; reason: string },
  ): Promise<{ id: string; revision: number; digest: string }> {
    const canonical = canonicalJson(definition);
    const written = { id: act.newId(), revision: stage.lastRevision + 1, digest: digestOfText(canonical) };
    await act.tx.stageRevision.create({
      data: {
        ...written,
        ...{ workflowId: act.workflow.id, stageKey: stage.key, canonical, effect, reason },
        ...{ createdById: act.actor.id, createdAt: act.now },
      },
    });
    return written;
  }

  async approveRevision(act: Act, stageRevisionId: string): Promise<void> {
    await act.tx.stageRevisionApproval.create({
      data: { stageRevisionId, approvedById: act.actor.id, createdAt: act.now },
    });
  }

  /** What is served may change with it: audience, percentage and caps are read from the definition. */
  async putInForce(act: Act, key: string, currentRevisionId: string): Promise<void> {
    await act.tx.stage.update({
      where: { workflowId_key: { workflowId: act.workflow.id, key } },
      data: { currentRevisionId },
    });
    act.servedChanged();
    act.emit('stage.revised', { stageKey: key, stageRevisionId: currentRevisionId });
  }
}
