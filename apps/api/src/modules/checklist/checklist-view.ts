import { riskTiers } from '../workflow/risk.schema.js';
import type { PublishedChecklist } from './checklist.reads.js';
import type { Check } from './checklist.schema.js';
import type { ChecklistType, CheckType } from './checklist.types.js';

function appliesText({ appliesWhen }: Check): string {
  switch (appliesWhen.kind) {
    case 'always':
      return 'always';
    case 'layer':
      return `the contract has ${appliesWhen.layer}`;
    case 'pattern':
      return `the pattern is ${appliesWhen.pattern}`;
    case 'modelGradedMetric':
      return 'a gate metric is scored by a model';
  }
}

/** "from internal", or "from limited (low), internal (medium, high)" */
function requiresText({ requiredFrom }: Check): string {
  const stages = [...new Set(riskTiers.map((tier) => requiredFrom[tier]))];
  if (stages.length === 1) return `from ${stages[0] ?? ''}`;
  const parts = stages.map(
    (stage) => `${stage} (${riskTiers.filter((tier) => requiredFrom[tier] === stage).join(', ')})`,
  );
  return `from ${parts.join(', ')}`;
}

/** A check as the API shows it. */
export const checkView = (check: Check): CheckType => ({
  id: check.id,
  area: check.area,
  text: check.text,
  about: check.about,
  mode: check.mode,
  manualInterim: check.manualInterim,
  interimReason: check.interim?.missing ?? null,
  requiredFrom: check.requiredFrom,
  appliesWhen: appliesText(check),
  passWhen: check.auto?.passWhen ?? null,
  reads: check.auto?.reads ?? [],
  ruleAloneAt: riskTiers.filter((tier) => check.byTier[tier] === 'auto'),
  evidenceKinds: check.evidence?.kinds ?? [],
  evidenceDescription: check.evidence?.description ?? null,
  ticketSuffices: check.firstRelease !== null,
  maxAgeDays: check.freshness.maxAgeDays,
  invalidatedBy: check.freshness.invalidatedBy,
  waivable: check.waiver.allowed,
  waiverMaxDays: check.waiver.maxDays,
  answeredBy: check.answeredBy,
  organisationAnswer: check.organisationAnswer,
  requiresText: requiresText(check),
  mappings: check.mappings,
});

export const checklistView = ({
  version,
  digest,
  publishedAt,
  content,
}: PublishedChecklist): ChecklistType => ({
  version,
  digest,
  publishedAt,
  areas: content.areas,
  checks: content.checks.map(checkView),
  disclaimer: content.disclaimer,
});
