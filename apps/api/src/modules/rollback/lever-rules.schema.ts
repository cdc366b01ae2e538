import type { Lever as LeverKind } from '../workflow/contract.schema.js';
import type { LeverInput } from './lever.schema.js';

export interface LeverProblem {
  /** Below `levers`. */
  readonly path: (string | number)[];
  readonly message: string;
}

type LeverField = Exclude<keyof LeverInput, 'kind'>;

/** Which fields a lever may have, and which it must. `digest` is of the release that will be served. */
const fieldsOf: Record<LeverKind, { may: readonly LeverField[]; must: readonly LeverField[] }> = {
  disable: { may: [], must: [] },
  fallback: { may: ['to'], must: ['to'] },
  revertRelease: { may: ['releaseId', 'digest'], must: ['releaseId', 'digest'] },
  revertPrompt: { may: ['step', 'promptVersionId', 'digest'], must: [] },
  pinModel: { may: ['step', 'modelConfigVersionId', 'digest'], must: ['modelConfigVersionId'] },
  disableTool: { may: ['tool'], must: ['tool'] },
};

const missing: Partial<Record<LeverField, string>> = {
  to: 'Say to what it falls back: search, templates or people',
  releaseId: 'Say to which release it goes back',
  digest: 'Give the digest that the preview showed',
  modelConfigVersionId: 'Say which version of the model config is pinned',
  tool: 'Say which tool is switched off',
};

const given = (lever: LeverInput, field: LeverField) => lever[field] != null;

function fieldProblems(lever: LeverInput, at: number, shown: boolean): LeverProblem[] {
  const { may, must } = fieldsOf[lever.kind];
  const fields = (Object.keys(lever) as (keyof LeverInput)[]).filter((one) => one !== 'kind');
  const foreign = fields.filter((field) => given(lever, field) && !may.includes(field));
  // Before it was previewed nobody knows a digest, nor need they know a target.
  const lacking = must.filter(
    (field) => !given(lever, field) && (shown || (field !== 'digest' && field !== 'releaseId')),
  );
  // Without a digest, the version has to be named: what was "last good" when it was read is not looked up again.
  const unnamed =
    shown && lever.kind === 'revertPrompt' && !given(lever, 'promptVersionId') && !given(lever, 'digest');
  return [
    ...foreign.map((field) => ({ path: [at, field], message: `${lever.kind} has no ${field}` })),
    ...lacking.map((field) => ({ path: [at, field], message: missing[field] ?? `${field} is missing` })),
    ...(unnamed ? [{ path: [at, 'digest'], message: missing.digest ?? '' }] : []),
  ];
}

const serves: readonly LeverKind[] = ['revertPrompt', 'pinModel'];
const ends: readonly LeverKind[] = ['disable', 'fallback'];

/** What tells two levers of one kind apart, so that both can be pulled. */
const aim = ({ kind, tool, step }: LeverInput) =>
  kind === 'disableTool' ? `${kind} ${tool ?? ''}` : serves.includes(kind) ? `${kind} ${step ?? ''}` : kind;

function togetherProblem(levers: readonly LeverInput[], at: number, forSegment: boolean): string | null {
  const lever = levers[at];
  if (!lever) return null;
  const before = levers.slice(0, at);
  if (before.some((other) => aim(other) === aim(lever))) return `${lever.kind} is pulled twice`;
  const everyStep = (one: LeverInput) => one.kind === lever.kind && one.step == null;
  if (
    serves.includes(lever.kind) &&
    (before.some(everyStep) || (lever.step == null && before.some((one) => one.kind === lever.kind)))
  )
    return `${lever.kind} is pulled for every step already`;
  const other = (kinds: readonly LeverKind[]) =>
    before.find((one) => kinds.includes(one.kind) && one.kind !== lever.kind);
  const clash = (mine: readonly LeverKind[], theirs: readonly LeverKind[]) =>
    mine.includes(lever.kind) ? other(theirs) : undefined;
  const both = clash(ends, ends);
  if (both) return `It cannot be turned off and fall back at once: ${both.kind} is pulled already`;
  const release = clash(serves, ['revertRelease']) ?? clash(['revertRelease'], serves);
  if (release) return `${lever.kind} and ${release.kind} each say which release is served; pull one of them`;
  // These would begin and end with the same overlay as what ends the evaluation, and so never show.
  const shadowed: readonly LeverKind[] = [
    ...serves,
    'disableTool',
    ...(forSegment ? (['revertRelease'] as const) : []),
  ];
  const hidden = clash(ends, shadowed) ?? clash(shadowed, ends);
  if (hidden)
    return `${lever.kind} and ${hidden.kind} make no sense together: nothing would be served of the one`;
  return null;
}

/**
 * What is wrong with levers that are to be pulled together, each with the field to blame. One may turn the workflow off
 * and take its pointers back at once; one may revert a prompt and pin a model at once: that is one derived release.
 * @param shown whether the preview has been seen, so that targets and digests have to be there
 */
export function leverProblems(
  levers: readonly LeverInput[],
  { shown, forSegment }: { readonly shown: boolean; readonly forSegment: boolean },
): LeverProblem[] {
  return levers.flatMap((lever, at) => {
    const together = togetherProblem(levers, at, forSegment);
    return [
      ...fieldProblems(lever, at, shown),
      ...(together === null ? [] : [{ path: [at, 'kind'], message: together }]),
    ];
  });
}
