import { levers as leverKinds, type Lever as LeverKind } from '../workflow/contract.schema.js';
import { pinnableModels } from './derived.domain.js';
import { effectiveRelease, outcomeIn } from './effective.domain.js';
import { fallbackTargets } from './lever.schema.js';
import { suspects } from './recommendation.domain.js';
import type { Standing } from './standing.domain.js';
import { lastGood, targetsIn } from './targets.domain.js';

/** One of the things that a lever can be told. */
export interface LeverChoice {
  /** fallback: to what. disableTool: its name. pinModel: id of the model config version. */
  readonly value: string;
  readonly label: string;
}

export interface LeverOffer {
  readonly kind: LeverKind;
  /** What it must be told, the usual first; empty for a lever that needs nothing. */
  readonly choices: readonly LeverChoice[];
  readonly available: boolean;
  readonly whyNot: string | null;
}

function toolsServed(standing: Standing): string[] {
  const serves = standing.stages.flatMap((stage) => effectiveRelease(standing, stage) ?? []);
  return [...new Set(serves.flatMap((id) => standing.releases.get(id)?.tools ?? []))].sort();
}

const asNamed = (value: string): LeverChoice => ({ value, label: value });

/** What the contract falls back to comes first. */
function fallbacks({ failure }: Standing): LeverChoice[] {
  const usual = fallbackTargets.filter((target) => target === failure?.fallback);
  return [...new Set([...usual, ...fallbackTargets])].map(asNamed);
}

function choicesOf(standing: Standing, kind: LeverKind): LeverChoice[] {
  switch (kind) {
    case 'fallback':
      return fallbacks(standing);
    case 'disableTool':
      return toolsServed(standing).map(asNamed);
    case 'pinModel':
      return pinnableModels(standing, suspects(standing)).map(
        ({ modelConfigVersionId, model, alias, steps }) => ({
          value: modelConfigVersionId,
          label: `${model} in ${steps.join(' and ')}, as ${alias} ran it`,
        }),
      );
    default:
      return [];
  }
}

function whyNot(standing: Standing, kind: LeverKind): string | null {
  const left = suspects(standing);
  if (standing.retired) return 'The workflow is retired';
  if (left.length === 0) return 'Nothing is live';
  if (kind === 'disable')
    return standing.stages.every(
      (stage) => stage.pointer === null || outcomeIn(standing, stage) === 'disabled',
    )
      ? 'It is turned off already'
      : null;
  if (kind === 'fallback') return null;
  if (kind === 'disableTool') return toolsServed(standing).length > 0 ? null : 'What is served has no tools';
  if (kind === 'pinModel')
    return pinnableModels(standing, left).length > 0
      ? null
      : 'No other model was live there before, with the same output schema';
  if (kind === 'revertRelease')
    return lastGood(standing, left)
      ? null
      : 'No earlier release passed the gates of every stage that serves it';
  const from = standing.releases.get(left[0]?.releaseId ?? '');
  const alike = left.every(({ stage, releaseId }) =>
    targetsIn(standing, stage, releaseId).some(
      (target) => standing.releases.get(target.releaseId)?.outputId === from?.outputId,
    ),
  );
  return alike ? null : 'Nothing with the same output schema was live there before';
}

/** Every lever, and why it cannot be pulled where it cannot. */
export const leverOffers = (standing: Standing): LeverOffer[] =>
  leverKinds.map((kind) => {
    const reason = whyNot(standing, kind);
    return {
      ...{ kind, available: reason === null, whyNot: reason },
      choices: reason === null ? choicesOf(standing, kind) : [],
    };
  });
