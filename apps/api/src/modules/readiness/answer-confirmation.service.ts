import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { Act } from '../../platform/door/act.types.js';
import { AnswerGroundReads } from './answer-ground.reads.js';
import { judgeAnswer } from './answer-judgement.domain.js';
import { bindingsOf } from './bindings.domain.js';
import { mayAnswer, maySayNotApplicable } from './check-answer.domain.js';
import { isOwnWordOnly } from './own-word.domain.js';
import { addDays } from './rule.js';

/** A reviewer's "still true for this diff", said once for all answers that a change has touched. */
@Injectable()
export class AnswerConfirmationService {
  constructor(private readonly grounds: AnswerGroundReads) {}

  /**
   * Part of another act. Gives anew, for this release, each answer that this person may give and that fell because
   * something changed under it, or that was an author's word alone. What is too old, and what is about traffic, is not confirmed by reading a diff.
   * @returns ids of the checks whose answers now stand.
   */
  async confirm(
    act: Act,
    releaseId: string,
    promotion: { id: string; stageKey: string } | null,
  ): Promise<string[]> {
    const { facts, checklist } = await this.grounds.of(act, releaseId, promotion);
    const fallen = checklist.content.checks.flatMap((check) => {
      const { status, answer } = judgeAnswer(check, facts);
      if (!answer || !facts.answers.includes(answer)) return [];
      const lacksSecond = status === 'pending' && isOwnWordOnly(answer, facts);
      if (!lacksSecond && (status !== 'stale' || check.about === 'soak')) return [];
      const { maxAgeDays } = check.freshness;
      const tooOld = maxAgeDays !== null && act.now >= addDays(answer.createdAt, maxAgeDays);
      const may = answer.answer === 'not_applicable' ? maySayNotApplicable : mayAnswer;
      return tooOld || !may(check, act.actor, act.workflow.teamId) ? [] : [{ check, answer }];
    });
    await act.tx.checkAnswer.createMany({
      data: fallen.map(({ check, answer }) => ({
        ...{ id: act.newId(), workflowId: act.workflow.id, checkId: check.id, releaseId },
        ...{ answer: answer.answer, comment: answer.comment, answeredById: act.actor.id, createdAt: act.now },
        evidence: answer.evidence as unknown as Prisma.InputJsonValue,
        bindings: bindingsOf(check, facts),
      })),
    });
    return fallen.map(({ check }) => check.id);
  }
}
