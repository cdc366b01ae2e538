import { segmentInWords } from '@holdpoint/contract';
import type { LeverKind, LeverPulledFragment, OnCallServingFragment } from '../api/generated/documents.js';
import type { Tone } from '../app/status-colours.js';

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const dayClock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** "22:03:14" where it was today, else with its date; local. */
export function clockTime(at: string, now = Date.now()): string {
  const time = new Date(at);
  return (new Date(now).toDateString() === time.toDateString() ? clock : dayClock).format(time);
}

/** "0.8 s", "12 s", "3 min 5 s" */
export function span(ms: number): string {
  if (ms < 50) return 'under 0.1\u00a0s';
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)}\u00a0s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60
    ? `${String(seconds)}\u00a0s`
    : `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

/** "62 %"; "under 1 %" rather than nothing. */
export function share(of: number): string {
  const percent = of * 100;
  return percent > 0 && percent < 1 ? 'under 1 %' : `${String(Math.round(percent))} %`;
}

export const counted = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const leverNames: Record<LeverKind, { word: string; about: string }> = {
  revertRelease: { word: 'Go back to an earlier release', about: 'Prompt, model and contract as they were.' },
  disable: { word: 'Turn it off', about: 'Applications are told not to call it at all.' },
  fallback: { word: 'Fall back', about: 'Applications answer by search, templates or people instead.' },
  revertPrompt: { word: 'Go back to the earlier prompt', about: 'Everything but the prompt stays.' },
  pinModel: { word: 'Pin the earlier model', about: 'Everything but the model stays.' },
  disableTool: { word: 'Turn one tool off', about: 'It goes on without that tool.' },
};

const noNames: ReadonlyMap<string, string> = new Map();

/** What a lever does, as part of a sentence. @param names of releases by their id, where they are known: "#2 first" */
export function leverWords(
  { kind, to, tool, step, releaseId }: Partial<LeverPulledFragment> & { kind: LeverKind },
  names: ReadonlyMap<string, string> = noNames,
): string {
  const where = step ? ` in ${step}` : '';
  const release = names.get(releaseId ?? '') || null;
  const derived = release ? `, as ${release}` : '';
  switch (kind) {
    case 'disable':
      return 'turn it off';
    case 'fallback':
      return `fall back to ${to ?? 'something simpler'}`;
    case 'revertRelease':
      return `go back to ${release ?? 'an earlier release'}`;
    case 'revertPrompt':
      return `go back to the earlier prompt${where}${derived}`;
    case 'pinModel':
      return `pin the earlier model${where}${derived}`;
    case 'disableTool':
      return `turn the tool ${tool ?? ''} off`;
  }
}

export const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const outcomeWords: Record<string, string> = {
  disabled: 'Turned off',
  fallback: 'Falls back',
  failure: 'Failure behaviour',
};

/** What everybody in a stage gets. */
export function outcomeOf(
  stage: Pick<OnCallServingFragment, 'effectiveOutcome' | 'releaseId' | 'alias' | 'number'>,
): {
  words: string;
  tone: Tone;
} {
  if (stage.effectiveOutcome !== 'release')
    return { words: outcomeWords[stage.effectiveOutcome] ?? stage.effectiveOutcome, tone: 'warn' };
  if (!stage.releaseId) return { words: 'Nothing of its own', tone: 'plain' };
  return { words: `#${String(stage.number)} ${stage.alias ?? ''}`, tone: 'good' };
}

const overlayKinds: Record<string, string> = {
  disable: 'Turned off',
  fallback: 'Falls back',
  serve: 'Another release',
  disableTool: 'A tool is off',
};

/** What an overlay does: "Falls back" */
export const overlayWords = (kind: string) => overlayKinds[kind] ?? kind;

/** "No effect: rollback #4 comes before it"; null where it takes effect. @param by what overrules it */
export function noEffectWords(by: readonly { number: number; isDrill: boolean }[]): string | null {
  if (by.length === 0) return null;
  const names = by.map(({ number, isDrill }) => `${isDrill ? 'drill' : 'rollback'} #${String(number)}`);
  return `No effect: ${names.join(' and ')} ${by.length === 1 ? 'comes' : 'come'} before it`;
}

/** What a preview says that a stage serves now, which may not be what it holds. */
export function hasWords({ before, leavesAlias }: { before: string; leavesAlias: string | null }): string {
  if (before === 'release' || (before === 'failure' && leavesAlias === null)) return leavesAlias ?? 'nothing';
  const words = (outcomeWords[before] ?? before).toLowerCase();
  return leavesAlias === null ? words : `${words} (holds ${leavesAlias})`;
}

/** What a preview says that a stage gets. */
export function getsWords({ outcome, getsAlias }: { outcome: string; getsAlias: string | null }): string {
  return outcome === 'release'
    ? (getsAlias ?? 'a derived release')
    : (outcomeWords[outcome] ?? outcome).toLowerCase();
}

/** Audience rules, as the API gives them, as a sentence; null for everybody. */
export const segmentWords = (segment: unknown): string | null =>
  segmentInWords((segment ?? []) as Parameters<typeof segmentInWords>[0]);

/** What is served, of all stages together: "#12 r12-1fe0a2", or "turned off" */
export function servedWords(serving: readonly OnCallServingFragment[]): string {
  const different = new Set(
    serving
      .filter(({ releaseId, effectiveOutcome }) => releaseId ?? effectiveOutcome !== 'release')
      .map((one) => outcomeOf(one).words),
  );
  return different.size === 0 ? 'nothing' : [...different].join(' and ');
}
