/** What a run of a file says of itself. */
export interface RunClaim {
  /** Eval digests that the file names for it. */
  evalDigests: readonly string[];
  /** Whether one of them stands at the prompt itself, not only at its cases. */
  promptNamesDigest: boolean;
  cases: number;
  promptIndex: number;
  promptLabel: string;
}

/** What the upload says. */
export interface UploadClaim {
  releaseEvalDigest: string | null;
  /** Labels or places (from 0) of the prompts that are what was measured; empty to leave it to the file. */
  prompts: readonly string[];
}

export interface Binding {
  /** What the run measured; null where that is not known for certain. */
  evalDigest: string | null;
  counts: boolean;
  uncountedReason: string | null;
}

const isNamed = (run: RunClaim, prompts: readonly string[]): boolean =>
  prompts.includes(run.promptLabel) || prompts.includes(String(run.promptIndex));

/** Prompts that an upload names and the file does not have. */
export const unknownPrompts = (runs: readonly RunClaim[], prompts: readonly string[]): string[] =>
  prompts.filter((prompt) => !runs.some((run) => isNamed(run, [prompt])));

const short = (digest: string): string => `${digest.slice(0, 'sha256:'.length + 12)}…`;
const uncounted = (uncountedReason: string): Binding => ({
  evalDigest: null,
  counts: false,
  uncountedReason,
});

/**
 * Ties a run to what it measured, or says why it counts for nothing. A release and a file that disagree count
 * for nothing, and so does one of several prompts of which nobody says which is the release.
 */
export const bindRun = (run: RunClaim, runs: readonly RunClaim[], upload: UploadClaim): Binding => {
  const [named, ...others] = run.evalDigests;
  const { releaseEvalDigest: released, prompts } = upload;
  const evalDigest = named ?? released;
  if (run.cases === 0) return uncounted('No case in the file is of this prompt');
  if (others.length > 0) return uncounted('The file names different eval digests for it');
  if (evalDigest === null) return uncounted('No release was given, and the file names no eval digest');
  if (named !== undefined && released !== null && named !== released) {
    return uncounted(`The file names ${short(named)}, but the release given has ${short(released)}`);
  }
  if (prompts.length > 0) {
    if (!isNamed(run, prompts))
      return uncounted('The upload says that another prompt of the file was measured');
    return { evalDigest, counts: true, uncountedReason: null };
  }
  const measured = runs.filter((one) => one.cases > 0).length;
  if (measured > 1 && !run.promptNamesDigest) {
    return uncounted(
      `The file has ${String(measured)} prompts and nothing says which of them is the release`,
    );
  }
  return { evalDigest, counts: true, uncountedReason: null };
};
