import { levers as leverKinds, type Lever as LeverKind } from '../workflow/contract.schema.js';
import { pinnableModels } from './derived.domain.js';
import { effectiveRelease, outcomeIn, overlaysOver } from './effective.domain.js';
import { fallbackTargets } from './lever.schema.js';
import { suspects } from './recommendation.domain.js';
import type { Standing, StandingStage } from './standing.domain.js';
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
  /** Why it would change nothing for anybody now, though it can be pulled; null: it would, or it cannot be. */
  readonly noEffect: string | null;
}

function toolsServed(standing: Standing): string[] {
  const serves = standing.stages.flatMap((stage) => effectiveRelease(standing, stage) ?? []);
  return [...new Set(serves.flatMap((id) => standing.releases.get(id)?.tools ?? []))].sort();
}

const asNamed = (value: string): LeverChoice => ({ value, label: value });

/** What every stage that something is live in falls back to; null: they do not, or to different things. */
function fallsBackTo(standing: Standing): string | null {
  const targets = new Set(
    liveStages(standing).map((stage) => {
      const [first] = overlaysOver(standing, stage.key, []);
      return first?.levers.find((lever) => lever.kind === 'fallback')?.to;
    }),
  );
  const [target] = targets;
  return targets.size === 1 && liveStages(standing).every(fallsBackIn(standing)) ? (target ?? null) : null;
}

const liveStages = ({ stages }: Standing) => stages.filter(({ pointer }) => pointer !== null);
const fallsBackIn = (standing: Standing) => (stage: StandingStage) =>
  outcomeIn(standing, stage) === 'fallback';

/** What the contract falls back to comes first, what it falls back to already comes last. */
function fallbacks(standing: Standing): LeverChoice[] {
  const usual = fallbackTargets.filter((target) => target === standing.failure?.fallback);
  const now = fallsBackTo(standing);
  const others = [...new Set([...usual, ...fallbackTargets])].filter((target) => target !== now);
  return [
    ...others.map(asNamed),
    ...(now === null ? [] : [{ value: now, label: `${now}, as it does already` }]),
  ];
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
  const isOff = liveStages(standing).every((stage) => outcomeIn(standing, stage) === 'disabled');
  if (kind === 'disable') return isOff ? 'It is turned off already' : null;
  // It would take the place of what turns off, and so give something back: no narrowing.
  if (kind === 'fallback') return isOff ? 'It is turned off already, which is narrower' : null;
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

/** What changes which release is served, or what it may call, shows nowhere while all are turned off or fall back. */
function noEffect(standing: Standing, kind: LeverKind): string | null {
  if (kind === 'disable' || kind === 'fallback') return null;
  const first = liveStages(standing).map((stage) => {
    const outcome = outcomeIn(standing, stage);
    return outcome === 'disabled' || outcome === 'fallback' ? overlaysOver(standing, stage.key, [])[0] : null;
  });
  if (first.some((overlay) => !overlay)) return null;
  const numbers = [...new Set(first.flatMap((overlay) => overlay?.rollbackNumber ?? []))].sort(
    (a, b) => a - b,
  );
  const names = numbers.map((number) => `rollback #${String(number)}`).join(' and ');
  return `No effect now: ${names} ${numbers.length === 1 ? 'comes' : 'come'} before it`;
}

/** Every lever, and why it cannot be pulled, or would change nothing now, where that is so. */
export const leverOffers = (standing: Standing): LeverOffer[] =>
  leverKinds.map((kind) => {
    const reason = whyNot(standing, kind);
    return {
      ...{ kind, available: reason === null, whyNot: reason },
      noEffect: reason === null ? noEffect(standing, kind) : null,
      choices: reason === null ? choicesOf(standing, kind) : [],
    };
  });
