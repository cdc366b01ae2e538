import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ReadinessReads } from '../readiness/readiness.reads.js';
import { ReleaseReads } from '../release/release.reads.js';
import { debtsOf, type Debt } from './adoption.domain.js';
import { workflowAdopt } from './stage.schema.js';
import { StageEntryService } from './stage-entry.service.js';
import type { StageFacts } from './stage-facts.domain.js';
import { StageFactsReads } from './stage-facts.reads.js';

/** Records, once, that a workflow was live before it came here: ungated, with what is missing as dated debt. */
@Injectable()
export class AdoptionService {
  constructor(
    private readonly door: Door,
    private readonly releases: ReleaseReads,
    private readonly stages: StageFactsReads,
    private readonly entries: StageEntryService,
    private readonly readiness: ReadinessReads,
  ) {}

  async adopt(actor: Actor, requestId: string, raw: unknown): Promise<{ adoptionId: string }> {
    const input = parse(workflowAdopt, raw);
    const { workflowId, releaseId, stageKeys, reason, idempotencyKey } = input;
    const release = await this.releases.plain(releaseId);
    if (release?.workflowId !== workflowId) {
      throw new Refusal('NOT_FOUND', 'This workflow has no such release', ['input', 'releaseId']);
    }
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'workflowAdopt', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'workflow.adopt' },
      },
      async (act) => {
        const stages = await this.stages.of(act.tx, workflowId);
        await this.mayAdopt(act, stages, stageKeys, releaseId);
        const entered = stages.filter((stage) => stageKeys.includes(stage.key));
        const debts = await this.debts(act, releaseId, entered);
        const adoptionId = act.newId();
        await act.tx.adoption.create({
          data: {
            ...{
              id: adoptionId,
              workflowId,
              releaseId,
              stageKeys: entered.map((stage) => stage.key),
              reason,
            },
            ...{ debts: debts.map((debt) => ({ ...debt })), adoptedById: act.actor.id, createdAt: act.now },
          },
        });
        for (const { key: stageKey, currentRevisionId: stageRevisionId } of entered) {
          await this.entries.enter(act, {
            stageKey,
            stageRevisionId,
            releaseId,
            origin: 'adoption',
            adoptionId,
          });
        }
        act.record({
          act: 'workflow.adopted',
          subjectKind: 'adoption',
          subjectId: adoptionId,
          subjectDigest: release.digest,
          data: {
            releaseId,
            stageKeys: entered.map((stage) => stage.key),
            debts: debts.map((debt) => ({ ...debt })),
          },
          reason,
        });
        act.emit('workflow.adopted', { adoptionId, releaseId });
        return { adoptionId };
      },
    );
  }

  private async mayAdopt(
    act: Act,
    stages: readonly StageFacts[],
    stageKeys: readonly string[],
    releaseId: string,
  ): Promise<void> {
    if (act.workflow.retiredAt) throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
    const unknown = stageKeys.find((key) => !stages.some((stage) => stage.key === key));
    if (unknown !== undefined) {
      throw new Refusal('NOT_FOUND', `This workflow has no stage ${unknown}`, ['input', 'stageKeys']);
    }
    const before = await act.tx.adoption.findUnique({ where: { workflowId: act.workflow.id } });
    if (before) throw new Refusal('ALREADY_ADOPTED', 'A workflow is adopted once');
    const held = stages.find((stage) => (stage.heldFor ?? []).length > 0 && stageKeys.includes(stage.key));
    if (held) {
      throw new Refusal('STAGE_ON_HOLD', `${held.name} is on hold since a rollback`, ['input', 'stageKeys']);
    }
    if (await act.tx.quarantine.findFirst({ where: { releaseId, clearedAt: null } })) {
      throw new Refusal('QUARANTINED', 'A rollback left this release', ['input', 'releaseId']);
    }
    if (stages.some((stage) => stage.occupantId !== null)) {
      throw new Refusal('ALREADY_LIVE', 'Something is live here already; from now on promotions move it');
    }
  }

  private async debts(act: Act, releaseId: string, stages: readonly StageFacts[]): Promise<Debt[]> {
    const readiness = await this.readiness.forSubjects(
      act.tx,
      stages.map(({ key: stageKey }) => ({ workflowId: act.workflow.id, releaseId, stageKey })),
      act.now,
    );
    return readiness.flatMap(({ stageKey, gates }) =>
      debtsOf(
        stageKey,
        gates.flatMap((gate) => gate.checks),
        act.now,
      ),
    );
  }
}
