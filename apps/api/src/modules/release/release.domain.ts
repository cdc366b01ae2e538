import { digestOf } from '../../platform/digest/digest.js';
import type { ComponentKind } from '../workflow/contract.schema.js';

/** A named call, pinning the digests of one prompt version and one model config version. */
export interface BundleStep {
  name: string;
  prompt: string;
  model: string;
}

/**
 * What a release is, content-addressed: digests of the contract's components (null where it has none) and of what the
 * steps pin, in the order of the steps. Its RFC 8785 text is stored with the release, and its digest is over that text.
 */
export interface ReleaseBundle {
  format: 'holdpoint/release@1';
  components: Record<ComponentKind, string | null>;
  steps: BundleStep[];
}

export const releaseBundle = (
  components: Record<ComponentKind, string | null>,
  steps: readonly BundleStep[],
): ReleaseBundle => ({
  format: 'holdpoint/release@1',
  components: {
    core: components.core,
    output: components.output,
    retrieval: components.retrieval,
    tools: components.tools,
    budgets: components.budgets,
  },
  steps: steps.map(({ name, prompt, model }) => ({ name, prompt, model })),
});

export const releaseDigest = (bundle: ReleaseBundle) => digestOf(bundle);

/** What an eval measures, so that a change of wording in the contract or of a budget voids no run. */
export const evalDigest = (bundle: ReleaseBundle) =>
  digestOf({
    format: 'holdpoint/eval@1',
    output: bundle.components.output,
    retrieval: bundle.components.retrieval,
    tools: bundle.components.tools,
    steps: bundle.steps,
  });

/** What an answer can be bound to in a release: the names that the checklist's `invalidatedBy` uses. */
export const boundComponents = [
  'core',
  'output',
  'retrieval',
  'tools',
  'budgets',
  'prompts',
  'models',
] as const;
export type BoundComponent = (typeof boundComponents)[number];

/** Digests of the parts of a release by name; 'none' for a component that it does not have. */
export function componentDigests(bundle: ReleaseBundle): Record<BoundComponent, string> {
  const { components, steps } = bundle;
  return {
    core: components.core ?? 'none',
    output: components.output ?? 'none',
    retrieval: components.retrieval ?? 'none',
    tools: components.tools ?? 'none',
    budgets: components.budgets ?? 'none',
    prompts: digestOf(steps.map(({ name, prompt }) => ({ name, prompt }))),
    models: digestOf(steps.map(({ name, model }) => ({ name, model }))),
  };
}

/** The bundle of a stored release: `Release.canonical` read back. */
export const parseBundle = (canonical: string) => JSON.parse(canonical) as ReleaseBundle;

/** The name a release gets when its maker gives it none: `r12-3fa81c`, number and the start of its digest. */
export const defaultAlias = (number: number, digest: string) => `r${number}-${digest.slice(7, 13)}`;
