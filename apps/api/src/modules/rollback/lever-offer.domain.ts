import { levers as leverKinds, type Lever as LeverKind } from '../workflow/contract.schema.js';
import { effectiveRelease, outcomeIn } from './effective.domain.js';
import { suspects } from './recommendation.domain.js';
import type { Standing } from './standing.domain.js';
import { lastGood, targetsIn } from './targets.domain.js';

export interface LeverOffer {
  readonly kind: LeverKind;
  readonly available: boolean;
  readonly whyNot: string | null;
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
  if (kind === 'disableTool') {
    const serves = standing.stages.flatMap((stage) => effectiveRelease(standing, stage) ?? []);
    return serves.some((id) => (standing.releases.get(id)?.tools ?? []).length > 0)
      ? null
      : 'What is served has no tools';
  }
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
    return { kind, available: reason === null, whyNot: reason };
  });
