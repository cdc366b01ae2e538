import { effectInWords, type EffectFacts } from './effect-words.domain.js';
import { leverInWords, type LeverWords } from './rollback-words.domain.js';
import type { Segment } from './segment.domain.js';
import { segmentInWords } from './segment-in-words.domain.js';

export interface IncidentTextFacts {
  readonly workflow: string;
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly note: string;
  readonly openedAt: Date;
  readonly monitoringAt: Date | null;
  readonly resolvedAt: Date | null;
  /** Where to read on: an address, or a path in the console where no public address is known. */
  readonly pages: { readonly incident: string; readonly live: string };
  readonly rollbacks: readonly {
    readonly number: number;
    readonly by: string;
    readonly askedAt: Date;
    readonly appliedAt: Date;
    readonly reason: string | null;
    readonly stageNames: readonly string[];
    readonly segment: Segment;
    readonly levers: readonly LeverWords[];
    readonly servesAlias: string | null;
    readonly left: readonly string[];
    readonly effect: EffectFacts | null;
  }[];
}

/** What happened, as plain text to be copied into a chat or a ticket. Times in UTC, nothing relative. */
export function incidentText(facts: IncidentTextFacts): string {
  const lines = [
    `${facts.workflow}, incident #${String(facts.number)}: ${facts.title}`,
    facts.pages.incident,
    `State: ${facts.state}`,
    `Opened: ${facts.openedAt.toISOString()}`,
    ...(facts.monitoringAt ? [`Monitoring since: ${facts.monitoringAt.toISOString()}`] : []),
    ...(facts.resolvedAt ? [`Resolved: ${facts.resolvedAt.toISOString()}`] : []),
  ];
  for (const one of facts.rollbacks) {
    const what = one.levers.map((lever) => leverInWords(lever, one.servesAlias)).join(' and ');
    const whom = segmentInWords(one.segment);
    lines.push(
      '',
      `Rollback #${String(one.number)} by ${one.by}: ${what}, in ${one.stageNames.join(', ')}${whom === null ? '' : `, only where ${whom}`}`,
      `Asked: ${one.askedAt.toISOString()}; applied: ${one.appliedAt.toISOString()}`,
      ...(one.effect ? effectInWords(one.effect) : []),
      ...(one.left.length > 0 ? [`Left: ${one.left.join(', ')}`] : []),
      ...(one.reason === null ? [] : [`Reason: ${one.reason}`]),
    );
  }
  if (facts.note !== '') lines.push('', `Note: ${facts.note}`);
  if (facts.resolvedAt === null) lines.push('', `What is live now: ${facts.pages.live}`);
  return lines.join('\n');
}
