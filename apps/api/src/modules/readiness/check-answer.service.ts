import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { Act, ActSpec } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { checkById } from '../checklist/checklist.domain.js';
import { ChecklistReads } from '../checklist/checklist.reads.js';
import type { Check } from '../checklist/checklist.schema.js';
import { AnswerGroundReads } from './answer-ground.reads.js';
import { bindingsOf } from './bindings.domain.js';
import { answerObjections } from './check-answer.domain.js';
import { checkAnswer, type CheckAnswerContent } from './check-answer.schema.js';
import type { Facts } from './readiness.facts.js';

type Answered = { checkAnswerId: string };

/** Takes answers, each bound to exactly the digests that its check names. */
@Injectable()
export class CheckAnswerService {
  constructor(
    private readonly door: Door,
    private readonly checklists: ChecklistReads,
    private readonly grounds: AnswerGroundReads,
  ) {}

  give(actor: Actor, requestId: string, raw: unknown): Promise<Answered> {
    const content = parse(checkAnswer, raw);
    const { workflowId, idempotencyKey } = content;
    const spec = { actor, requestId, mutation: 'checkAnswer', input: content, idempotencyKey };
    return workflowId
      ? this.forWorkflow({ ...spec, scope: { workflowId }, permission: 'checkAnswer.give' }, content)
      : this.forOrganisation(
          { ...spec, scope: { organisation: true }, permission: 'organisationAnswer.give' },
          content,
        );
  }

  private forWorkflow(spec: ActSpec, content: CheckAnswerContent): Promise<Answered> {
    return this.door.act(spec, async (act) => {
      const { facts, checklist } = await this.grounds.of(act, content.releaseId ?? null);
      const check = checkById(checklist.content, content.checkId);
      this.mustTake(act, check, content, { teamId: act.workflow.teamId, facts });
      return this.write(act, content, {
        workflowId: act.workflow.id,
        releaseId: facts.release.id,
        bindings: check ? bindingsOf(check, facts) : {},
      });
    });
  }

  private forOrganisation(spec: ActSpec, content: CheckAnswerContent): Promise<Answered> {
    return this.door.act(spec, async (act) => {
      if (content.releaseId) {
        throw new Refusal('INVALID_INPUT', "The organisation's answer is about no release", [
          'input',
          'releaseId',
        ]);
      }
      const { content: checklist } = await this.checklists.newest(act.tx);
      this.mustTake(act, checkById(checklist, content.checkId), content, { teamId: null, facts: null });
      return this.write(act, content, { workflowId: null, releaseId: null, bindings: {} });
    });
  }

  private mustTake(
    act: Act,
    check: Check | null,
    content: CheckAnswerContent,
    about: { teamId: string | null; facts: Facts | null },
  ): void {
    const objections = answerObjections(check, content, { actor: act.actor, now: act.now, ...about });
    if (objections.length === 0) return;
    throw Refusal.many(
      objections.map(({ code, message, field }) => ({ code, message, field: ['input', ...field] })),
    );
  }

  private async write(
    act: Act,
    { checkId, answer, comment, evidence }: CheckAnswerContent,
    about: { workflowId: string | null; releaseId: string | null; bindings: Record<string, string> },
  ): Promise<Answered> {
    const id = act.newId();
    const kept = evidence.map(({ kind, value, dueAt }) => ({ kind, value, ...(dueAt ? { dueAt } : {}) }));
    await act.tx.checkAnswer.create({
      data: {
        ...{ id, ...about, checkId, answer, comment },
        evidence: kept satisfies Prisma.InputJsonValue,
        answeredById: act.actor.id,
        createdAt: act.now,
      },
    });
    act.record({
      act: 'check.answered',
      subjectKind: 'check_answer',
      subjectId: id,
      data: {
        checkId,
        answer,
        releaseId: about.releaseId,
        bindings: about.bindings,
        evidence: kept.map(({ kind }) => kind),
      },
      reason: comment === '' ? null : comment,
    });
    act.emit('check.answered', { checkId });
    return { checkAnswerId: id };
  }
}
