import { answerParts } from '../checklist/checklist.domain.js';
import type { Check } from '../checklist/checklist.schema.js';
import { evidenceRefs, judgeAnswer, type AnswerJudgement } from './answer-judgement.domain.js';
import { whyNotApplicable } from './applies.domain.js';
import type { RuleTable } from './check-rules.js';
import { linkTo, organisationLink } from './links.js';
import type { Facts } from './readiness.facts.js';
import type { CheckResult } from './readiness-result.domain.js';
import { addDays, day, type RuleOutcome } from './rule.js';

/** What a check comes to before waivers and before the stage says whether it asks for it. */
export type Finding = Pick<
  CheckResult,
  | 'status'
  | 'reason'
  | 'measured'
  | 'required'
  | 'evidence'
  | 'evaluatedFrom'
  | 'expiresAt'
  | 'inherited'
  | 'link'
  | 'answerId'
>;

/** Written out, here and below: a board makes thousands of these, and spreading them is what would take its time. */
const bare = (status: Finding['status'], reason: string, check: Check, facts: Facts): Finding => ({
  status,
  reason,
  measured: null,
  required: null,
  evidence: [],
  evaluatedFrom: null,
  expiresAt: null,
  inherited: false,
  link: linkTo({ to: 'check' }, check.id, facts),
  answerId: null,
});

/** `settles`: while it passes, no person is asked. */
type RuleFinding = Finding & { settles?: boolean };

/** A rule's outcome, gone stale where what it rests on is past the check's age limit. */
function ruleFinding(check: Check, outcome: RuleOutcome, facts: Facts): RuleFinding {
  const from = outcome.evaluatedFrom ?? null;
  const { maxAgeDays } = check.freshness;
  const ages =
    outcome.ages === true && from !== null && maxAgeDays !== null ? addDays(from, maxAgeDays) : null;
  const expiresAt = outcome.expiresAt ?? ages;
  const stale = outcome.status === 'pass' && expiresAt !== null && facts.evaluatedAt >= expiresAt;
  return {
    status: stale ? 'stale' : outcome.status,
    reason:
      stale && from ? `What it rests on is of ${day(from)} and held until ${day(expiresAt)}` : outcome.reason,
    measured: outcome.measured ?? null,
    required: outcome.required ?? null,
    evidence: outcome.evidence ?? [],
    evaluatedFrom: from,
    expiresAt,
    inherited: false,
    link: linkTo(outcome.place, check.id, facts),
    answerId: null,
    settles: outcome.settles === true,
  };
}

function runRule(check: Check, rules: RuleTable, facts: Facts): RuleFinding {
  const rule = Object.hasOwn(rules, check.id) ? rules[check.id] : undefined;
  if (!rule) return bare('pending', 'This version has no rule for this check', check, facts);
  try {
    return ruleFinding(check, rule(facts), facts);
  } catch (error) {
    return bare(
      'error',
      `The rule failed: ${error instanceof Error ? error.message : 'unknown cause'}`,
      check,
      facts,
    );
  }
}

function answerFinding(check: Check, judged: AnswerJudgement, facts: Facts): Finding {
  const { answer } = judged;
  const general = answer !== null && check.organisationAnswer && facts.organisationAnswers.includes(answer);
  return {
    status: judged.status,
    reason: judged.reason,
    measured: answer ? `answered ${answer.answer.replace('_', ' ')} on ${day(answer.createdAt)}` : null,
    required: check.evidence ? `yes, with ${check.evidence.description}` : null,
    evidence: answer ? evidenceRefs(answer) : [],
    evaluatedFrom: answer?.createdAt ?? null,
    expiresAt: judged.expiresAt,
    inherited: judged.inherited,
    link: general ? organisationLink(check.id) : linkTo({ to: 'check' }, check.id, facts),
    answerId: answer?.id ?? null,
  };
}

/** Worst first: a hybrid is no better than its worse half. */
const gravity = ['error', 'fail', 'stale', 'pending', 'not_applicable', 'pass', 'waived'] as const;
const later = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (a ?? b));
const earlier = (a: Date | null, b: Date | null) => (a && b ? (a < b ? a : b) : (a ?? b));

function both(rule: Finding, person: Finding): Finding {
  if (rule.status === 'not_applicable') return rule;
  const ruleLeads = gravity.indexOf(rule.status) <= gravity.indexOf(person.status);
  const [lead, other] = ruleLeads ? [rule, person] : [person, rule];
  const done = lead.status === 'pass' || lead.status === 'not_applicable';
  return {
    status: lead.status,
    reason: lead.status === other.status || done ? `${rule.reason}; ${person.reason}` : lead.reason,
    measured: [rule.measured, person.measured].filter((part) => part !== null).join('; ') || null,
    required: [rule.required, person.required].filter((part) => part !== null).join('; ') || null,
    evidence: [...rule.evidence, ...person.evidence],
    evaluatedFrom: later(rule.evaluatedFrom, person.evaluatedFrom),
    expiresAt: earlier(rule.expiresAt, person.expiresAt),
    inherited: person.inherited,
    link: lead.link,
    answerId: person.answerId,
  };
}

/** What one check comes to. A check that nobody and nothing answers is pending. */
export function findingOf(check: Check, rules: RuleTable, facts: Facts): Finding {
  const absent = whyNotApplicable(check, facts);
  if (absent !== null) return bare('not_applicable', absent, check, facts);
  const parts = answerParts(check, facts.tier);
  if (!parts.person) {
    return parts.rule
      ? runRule(check, rules, facts)
      : bare('pending', 'Nothing has been reported for it', check, facts);
  }
  const rule = parts.rule ? runRule(check, rules, facts) : null;
  if (rule?.settles && rule.status === 'pass') return rule;
  const person = answerFinding(check, judgeAnswer(check, facts), facts);
  if (rule) return both(rule, person);
  if (check.auto?.role !== 'signal' || !Object.hasOwn(rules, check.id)) return person;
  const signal = runRule(check, rules, facts);
  return {
    ...person,
    measured: [person.measured, signal.measured].filter((part) => part !== null).join('; ') || null,
  };
}
