import type { Effect, Lever, OnCall, Preview } from './operations.js';

const instancesOf = (count: number) => `${count} ${count === 1 ? 'instance' : 'instances'}`;
export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

export function leverWords({ kind, to, tool, step }: Lever): string {
  const where = step === null ? '' : ` in ${step}`;
  switch (kind) {
    case 'disable':
      return 'switch it off';
    case 'fallback':
      return `fall back to ${to ?? 'nothing'}`;
    case 'revertRelease':
      return 'go back to another release';
    case 'revertPrompt':
      return `go back to the last good prompt${where}`;
    case 'pinModel':
      return `pin the model${where}`;
    case 'disableTool':
      return `switch the tool ${tool ?? ''} off`;
    default:
      return kind;
  }
}

const outcomes: Record<string, string> = {
  disabled: 'switched off',
  fallback: 'falls back',
  failure: 'nothing: the failure behaviour holds',
};

/** What is served in which stage. */
export function servingLines({ serving, version }: OnCall): string[] {
  const lines = serving.map(
    ({ stageKey, alias, effectiveOutcome }) =>
      `  ${stageKey}: ${effectiveOutcome === 'release' ? (alias ?? 'nothing') : (outcomes[effectiveOutcome] ?? effectiveOutcome)}`,
  );
  return [`Served now, at version ${version.incarnation}.${version.epoch}:`, ...lines];
}

/** What a stage serves before, and what it holds where that is something else. */
function beforeWords({
  before,
  leavesAlias,
}: Pick<Preview['stages'][number], 'before' | 'leavesAlias'>): string {
  if (before === 'release') return leavesAlias ?? 'nothing';
  const words = outcomes[before] ?? before;
  return leavesAlias === null ? words : `${words} (holds ${leavesAlias})`;
}

const forWhom = (segment: readonly { attribute: string; values: readonly string[] }[]) =>
  segment.map(({ attribute, values }) => `${attribute} is ${values.join(' or ')}`).join(' and ');

/** @param segment whom it is about; empty: everybody */
export function previewLines(
  preview: Preview,
  segment: readonly { attribute: string; values: readonly string[] }[],
): string[] {
  const { stages, levers, shareOfTraffic, instances, recommendation } = preview;
  const share = shareOfTraffic === null ? null : `${Math.round(shareOfTraffic * 100)} % of the traffic`;
  const reach = [share, instances === null ? null : instancesOf(instances)].filter((one) => one !== null);
  return [
    ...(recommendation ? [`Recommended: ${recommendation.kind}. ${recommendation.reason}`] : []),
    `This would ${levers.map(leverWords).join(' and ')}${reach.length > 0 ? ` (${reach.join(', ')})` : ''}:`,
    ...(segment.length === 0 ? [] : [`  Only where ${forWhom(segment)}`]),
    ...stages.map(
      ({ getsAlias, outcome, ...stage }) =>
        `  ${stage.stageKey}: ${beforeWords(stage)} -> ${outcome === 'release' ? (getsAlias ?? 'a derived release') : (outcomes[outcome] ?? outcome)}`,
    ),
    ...preview.notRolledBack.map(({ what, why }) => `  Not rolled back: ${what} (${why})`),
    ...preview.warnings.map(({ message }) => `  Warning: ${message}`),
    ...preview.blockers.map(({ code, message }) => `  Refused: ${code}: ${message}`),
  ];
}

/** `41 of 42 instances, slowest 0.8 s` */
export function effectLine({ confirmed, expected, slowestMs, byOfrep }: Effect): string {
  const slowest = slowestMs === null ? '' : `, slowest ${seconds(slowestMs)}`;
  const ofrep =
    byOfrep.expected > 0
      ? `; by OFREP ${byOfrep.fetched} of ${byOfrep.expected} ${byOfrep.expected === 1 ? 'has' : 'have'} fetched it`
      : '';
  return `${confirmed} of ${instancesOf(expected)}${slowest}${ofrep}`;
}

export function stragglerLines({ stragglers, unhonoured }: Effect): string[] {
  return [
    ...stragglers.map(
      (one) =>
        `  ${one.application} ${one.instanceId} serves ${one.servesIncarnation}.${one.servesEpoch}${one.silent ? ', silent' : ''}`,
    ),
    ...unhonoured.map(
      ({ application, instanceId, levers }) =>
        `  ${application} ${instanceId} has it, and does not honour ${levers.join(', ')}`,
    ),
  ];
}
