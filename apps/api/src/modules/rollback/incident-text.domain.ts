import { leverInWords, type LeverWords } from './rollback-words.domain.js';

export interface IncidentTextFacts {
  readonly workflow: string;
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly note: string;
  readonly openedAt: Date;
  readonly monitoringAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly rollbacks: readonly {
    readonly number: number;
    readonly by: string;
    readonly askedAt: Date;
    readonly appliedAt: Date;
    readonly reason: string | null;
    readonly stageNames: readonly string[];
    readonly levers: readonly LeverWords[];
    readonly servesAlias: string | null;
    readonly left: readonly string[];
  }[];
}

/** What happened, as plain text to be copied into a chat or a ticket. Times in UTC, nothing relative. */
export function incidentText(facts: IncidentTextFacts): string {
  const lines = [
    `${facts.workflow}, incident #${String(facts.number)}: ${facts.title}`,
    `State: ${facts.state}`,
    `Opened: ${facts.openedAt.toISOString()}`,
    ...(facts.monitoringAt ? [`Being watched since: ${facts.monitoringAt.toISOString()}`] : []),
    ...(facts.resolvedAt ? [`Resolved: ${facts.resolvedAt.toISOString()}`] : []),
  ];
  for (const one of facts.rollbacks) {
    const what = one.levers.map((lever) => leverInWords(lever, one.servesAlias)).join(' and ');
    lines.push(
      '',
      `Rollback #${String(one.number)} by ${one.by}: ${what}, in ${one.stageNames.join(', ')}`,
      `Asked: ${one.askedAt.toISOString()}; applied: ${one.appliedAt.toISOString()}`,
      ...(one.left.length > 0 ? [`Left: ${one.left.join(', ')}`] : []),
      ...(one.reason === null ? [] : [`Reason: ${one.reason}`]),
    );
  }
  if (facts.note !== '') lines.push('', `Note: ${facts.note}`);
  return lines.join('\n');
}
