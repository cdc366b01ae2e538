import type { Lever as LeverKind } from '../workflow/contract.schema.js';

const fallbackWords: Readonly<Record<string, string>> = {
  search: 'search',
  templates: 'templates',
  people: 'people',
};

export interface LeverWords {
  readonly kind: LeverKind;
  readonly to?: string | null | undefined;
  readonly tool?: string | null | undefined;
  readonly step?: string | null | undefined;
}

/** What one lever does, in a few words. @param alias of the release that is served by it */
export function leverInWords({ kind, to, tool, step }: LeverWords, alias: string | null): string {
  const where = step ? ` of ${step}` : '';
  const by = alias === null ? '' : `, served as ${alias}`;
  switch (kind) {
    case 'disable':
      return 'turned off';
    case 'fallback':
      return `fallen back to ${fallbackWords[to ?? ''] ?? 'the failure behaviour'}`;
    case 'disableTool':
      return `tool ${tool ?? ''} switched off`;
    case 'revertRelease':
      return `gone back to ${alias ?? 'an earlier release'}`;
    case 'revertPrompt':
      return `prompt${where} reverted${by}`;
    case 'pinModel':
      return `model${where} pinned${by}`;
  }
}

/** What was done where: the title of an incident that a rollback opens. At most 200 characters. */
export function rollbackInWords(rollback: {
  readonly levers: readonly LeverWords[];
  readonly alias: string | null;
  readonly scope: 'stages' | 'workflow';
  /** As its team calls them. */
  readonly stageNames: readonly string[];
  readonly isSegment: boolean;
}): string {
  const what = rollback.levers.map((lever) => leverInWords(lever, rollback.alias)).join(' and ');
  const where = rollback.scope === 'workflow' ? 'everywhere' : `in ${rollback.stageNames.join(', ')}`;
  const text = `${what} ${where}${rollback.isSegment ? ', for a segment' : ''}`;
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return sentence.length <= 200 ? sentence : `${sentence.slice(0, 199)}…`;
}
