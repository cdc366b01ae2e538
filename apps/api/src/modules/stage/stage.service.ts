import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ChecklistReads } from '../checklist/checklist.reads.js';
import { OpenMoveReads } from '../promotion/open-move.reads.js';
import { revisionStanding, widensUnderReview, type RevisionStanding } from './revision-standing.domain.js';
import { compareDefinitions, needsSecondPerson } from './stage.domain.js';
import { StageReads } from './stage.reads.js';
import { stageRevise, stageRevisionApprove, type StageDefinition } from './stage.schema.js';
import { definitionProblems } from './stage-validity.domain.js';
import { StageWrites, type StageInForce } from './stage.writes.js';

type Revised = { stageRevisionId: string };

/** Revises the stages of a rollout. A definition is never changed: each revision is a new one. */
@Injectable()
export class StageService {
  constructor(
    private readonly door: Door,
    private readonly reads: StageReads,
    private readonly writes: StageWrites,
    private readonly checklists: ChecklistReads,
    private readonly openMoves: OpenMoveReads,
  ) {}

  /** The stages a new workflow starts with. Part of the act that registers it. */
  createDefaults(act: Act, workflowId: string): Promise<void> {
    return this.writes.createDefaults(act, workflowId);
  }

  revise(actor: Actor, requestId: string, raw: unknown): Promise<Revised> {
    const input = parse(stageRevise, raw);
    const { workflowId, stageKey, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'stageRevise', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'stage.revise' },
      },
      async (act) => {
        const stage = await this.stageInForce(act, stageKey);
        if (stage.revision !== input.expectedRevision) {
          throw new Refusal('CONFLICT', `${stage.definition.name} is at revision ${stage.revision} now`, [
            'input',
            'expectedRevision',
          ]);
        }
        await this.checkDefinition(act, stage, input.definition);
        const comparison = compareDefinitions(stage.definition, input.definition);
        if (needsSecondPerson(comparison.effect) && input.reason === '') {
          throw new Refusal('INVALID_INPUT', 'Say why a check is taken away', ['input', 'reason']);
        }
        const written = await this.writes.addRevision(act, stage, { ...input, effect: comparison.effect });
        const standing = await this.settle(act, stage, { ...written, definition: input.definition }, false);
        act.record({
          act: 'stage.revised',
          subjectKind: 'stage_revision',
          subjectId: written.id,
          subjectDigest: written.digest,
          data: {
            stageKey,
            revision: written.revision,
            effect: comparison.effect,
            widens: [...comparison.widens],
            thins: [...comparison.thins],
            standing,
          },
          reason: input.reason,
        });
        return { stageRevisionId: written.id };
      },
    );
  }

  /** A second person's word that fewer checks may be asked. It holds then, unless it also widens what is occupied. */
  async approve(actor: Actor, requestId: string, raw: unknown): Promise<Revised> {
    const input = parse(stageRevisionApprove, raw);
    const { stageRevisionId, idempotencyKey } = input;
    const workflowId = await this.reads.workflowOfRevision(stageRevisionId);
    const unknown = () =>
      new Refusal('NOT_FOUND', 'There is no such revision of a stage', ['input', 'stageRevisionId']);
    if (workflowId === null) throw unknown();
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'stageRevisionApprove', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'stage.approve', unknown },
      },
      async (act) => {
        const revision = await this.writes.revision(act, stageRevisionId);
        if (!revision) throw unknown();
        const stage = await this.stageInForce(act, revision.stageKey);
        if (revision.revision <= stage.revision) {
          throw new Refusal('CONFLICT', `Revision ${stage.revision} holds meanwhile; this one waits no more`);
        }
        if (
          revision.approved ||
          !needsSecondPerson(compareDefinitions(stage.definition, revision.definition).effect)
        ) {
          throw new Refusal('CONFLICT', 'This revision does not wait for a second person');
        }
        if (act.actor.kind !== 'user' || act.actor.responsibleIds.includes(revision.createdById)) {
          throw new Refusal('SELF_APPROVAL', 'You wrote this revision; another person approves it');
        }
        await this.writes.approveRevision(act, revision.id);
        const standing = await this.settle(act, stage, revision, true);
        act.record({
          act: 'stage.revision_approved',
          subjectKind: 'stage_revision',
          subjectId: revision.id,
          subjectDigest: revision.digest,
          data: { stageKey: stage.key, revision: revision.revision, standing },
        });
        return { stageRevisionId: revision.id };
      },
    );
  }

  /** Puts the revision in force where nothing more is asked. */
  private async settle(
    act: Act,
    stage: StageInForce,
    revision: { id: string; definition: StageDefinition },
    approved: boolean,
  ): Promise<RevisionStanding> {
    const occupied = stage.occupied;
    const standing = revisionStanding(stage.definition, revision.definition, { occupied, approved });
    if (standing !== 'in_force') return standing;
    const openMove = (await this.openMoves.of(act.tx, act.workflow.id)).some(
      (move) => move.stageKey === stage.key,
    );
    if (widensUnderReview(stage.definition, revision.definition, { occupied, openMove })) {
      throw new Refusal(
        'PROMOTION_OPEN',
        `A promotion into ${stage.definition.name} is open; withdraw it before the stage is widened`,
      );
    }
    await this.writes.putInForce(act, stage.key, revision.id);
    return standing;
  }

  private async stageInForce(act: Act, key: string): Promise<StageInForce> {
    const stage = await this.writes.inForce(act, key);
    if (!stage) throw new Refusal('NOT_FOUND', `This workflow has no stage ${key}`, ['input', 'stageKey']);
    return stage;
  }

  private async checkDefinition(act: Act, stage: StageInForce, definition: StageDefinition): Promise<void> {
    if (this.writes.digestOf(definition) === stage.digest) {
      throw new Refusal('NOTHING_CHANGED', 'This is the definition that is in force', [
        'input',
        'definition',
      ]);
    }
    const problems = definitionProblems(
      definition,
      await this.checklists.forStage(act.tx, stage.keysInOrder, stage.key),
    );
    if (problems.length === 0) return;
    throw Refusal.many(
      problems.map(({ code, message, path }) => ({ code, message, field: ['input', 'definition', ...path] })),
    );
  }
}
