import type { Actor } from '../../platform/identity/actor.js';
import type { RefusalCode } from '../../platform/refusal/refusal-codes.js';
import { answerParts } from '../checklist/checklist.domain.js';
import type { AnsweringRole, Check } from '../checklist/checklist.schema.js';
import type { CheckAnswerContent } from './check-answer.schema.js';
import type { Facts } from './readiness.facts.js';

export interface AnswerObjection {
  code: RefusalCode;
  message: string;
  field: string[];
}

/** A role as a person of this team holds it. Members answer for their team whatever they are in it. */
function holds(actor: Actor, role: AnsweringRole, teamId: string | null): boolean {
  if (role === 'risk_reviewer' || role === 'security_reviewer') return actor.organisationRoles.includes(role);
  return actor.memberships.some(
    (one) => one.teamId === teamId && (role === 'member' || one.role === 'reviewer'),
  );
}

const organisationWide = ['administrator', 'risk_reviewer', 'security_reviewer'] as const;
const isOrganisationVoice = (actor: Actor) =>
  organisationWide.some((role) => actor.organisationRoles.includes(role));

/** Whether this person may answer the check; without a team: for the organisation. */
export function mayAnswer(check: Pick<Check, 'answeredBy'>, actor: Actor, teamId: string | null): boolean {
  const { answeredBy: role } = check;
  if (role === 'risk_reviewer' || role === 'security_reviewer') return actor.organisationRoles.includes(role);
  return teamId === null ? isOrganisationVoice(actor) : holds(actor, role, teamId);
}

/** Whether this person may say that the check asks nothing here: an approver, not whoever would have to do the work. */
export function maySayNotApplicable(
  check: Pick<Check, 'answeredBy'>,
  actor: Actor,
  teamId: string | null,
): boolean {
  const { answeredBy: role } = check;
  if (role === 'risk_reviewer' || role === 'security_reviewer') return actor.organisationRoles.includes(role);
  return isOrganisationVoice(actor) || holds(actor, 'reviewer', teamId);
}

type Ground = { actor: Actor; teamId: string | null; now: Date; facts: Facts | null };

function roleObjections(
  check: Check,
  content: CheckAnswerContent,
  { actor, teamId }: Ground,
): AnswerObjection[] {
  const no = (message: string): AnswerObjection[] => [{ code: 'FORBIDDEN', message, field: ['checkId'] }];
  if (actor.kind !== 'user') return no('A person answers, nobody else');
  const role = check.answeredBy.replace('_', ' ');
  if (content.answer !== 'not_applicable')
    return mayAnswer(check, actor, teamId) ? [] : no(`A ${role} answers this check`);
  return maySayNotApplicable(check, actor, teamId) ? [] : no('An approver says that a check does not apply');
}

/** For a first release a ticket with a date may stand in; whether it suffices is judged where the release wants to go. */
const ticketStandsIn = (check: Check, facts: Facts | null) =>
  check.firstRelease !== null && facts?.firstRelease === true;

function evidenceObjections(
  check: Check,
  { answer, evidence, comment }: CheckAnswerContent,
  { facts, now }: Ground,
): AnswerObjection[] {
  const late = evidence.flatMap((one, index) =>
    one.dueAt && new Date(one.dueAt) <= now
      ? [
          {
            code: 'INVALID_INPUT' as const,
            message: 'This date has passed',
            field: ['evidence', String(index), 'dueAt'],
          },
        ]
      : [],
  );
  if (late.length > 0) return late;
  if (answer === 'not_applicable' && comment === '') {
    return [{ code: 'INVALID_INPUT', message: 'Say why it does not apply', field: ['comment'] }];
  }
  if (answer !== 'yes') return [];
  const kinds: readonly string[] = check.evidence?.kinds ?? [];
  const given = evidence.some(
    (one) => kinds.includes(one.kind) || (one.kind === 'ticket' && ticketStandsIn(check, facts)),
  );
  if (given || (kinds.includes('comment') && comment !== '')) return [];
  const asked = `${check.evidence?.description ?? 'evidence'} (${kinds.join(' or ')})`;
  return [
    { code: 'EVIDENCE_REQUIRED', message: `This answer needs evidence: ${asked}`, field: ['evidence'] },
  ];
}

/** Why this answer is not taken; empty where it is. Fields are paths inside the input. */
export function answerObjections(
  check: Check | null,
  content: CheckAnswerContent,
  ground: Ground,
): AnswerObjection[] {
  if (!check)
    return [
      { code: 'UNKNOWN_CHECK', message: `The checklist has no check ${content.checkId}`, field: ['checkId'] },
    ];
  if (ground.teamId === null && !check.organisationAnswer) {
    return [
      {
        code: 'INVALID_INPUT',
        message: 'This check is answered for one workflow at a time',
        field: ['workflowId'],
      },
    ];
  }
  if (ground.facts && !answerParts(check, ground.facts.tier).person) {
    return [
      { code: 'CHECK_IS_AUTOMATIC', message: 'Nobody answers this check: a rule does', field: ['checkId'] },
    ];
  }
  return [...roleObjections(check, content, ground), ...evidenceObjections(check, content, ground)];
}
