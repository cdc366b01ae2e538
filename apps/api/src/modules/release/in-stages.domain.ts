import { inAppliedOrder, overruledBy, type AppliedOverlay } from '../rollback/applied-order.domain.js';
import {
  effectiveRelease,
  outcomeIn,
  type LaidOverlays,
  type Quarantined,
} from '../rollback/effective.domain.js';
import type { Segment } from '../rollback/segment.domain.js';
import type { OccupiedStage } from './lineage.domain.js';

/**
 * To whom a stage serves a release. everybody: but for segments that something is laid over. segments: to some of them
 * only.
 */
export const servedTo = ['everybody', 'segments', 'nobody'] as const;
export type ServedTo = (typeof servedTo)[number];

/** How one release stands in one stage: as its pointer says, and as rollbacks have it. */
export interface InStage<O> {
  readonly stageKey: string;
  /** The pointer of the stage names it. */
  readonly occupies: boolean;
  readonly served: ServedTo;
  /** It would be served there to everybody, and is in quarantine. */
  readonly quarantined: boolean;
  /** What takes effect there for who is served it, or would be. The one that wins first. */
  readonly overlays: readonly O[];
}

type Laid<O extends AppliedOverlay> = LaidOverlays<O> & Quarantined;

const outcomes = ['disable', 'fallback', 'serve'];

/**
 * The stages that a release occupies or that a rollback serves it in, in their order; in none: a candidate. Drills are
 * left out: they serve test requests.
 * @param stages in the order of the rollout, with the releases that their pointers name
 */
export function inStages<O extends AppliedOverlay>(
  releaseId: string,
  stages: readonly OccupiedStage[],
  laid: Laid<O>,
): InStage<O>[] {
  return stages.flatMap(({ key, occupantId }) => {
    const stage = { key, pointer: occupantId === null ? null : { releaseId: occupantId } };
    const [occupies, here] = [occupantId === releaseId, overlaysIn(key, laid)];
    const isServed = (segment: Segment) =>
      outcomeIn(laid, stage, segment) === 'release' && effectiveRelease(laid, stage, segment) === releaseId;
    const served = isServed([])
      ? 'everybody'
      : here.some(({ segment }) => isServed(segment))
        ? 'segments'
        : 'nobody';
    if (!occupies && served === 'nobody') return [];
    const concerns = ({ segment }: O) => effectiveRelease(laid, stage, segment) === releaseId;
    const quarantined =
      served !== 'everybody' &&
      effectiveRelease(laid, stage) === releaseId &&
      outcomeIn(laid, stage) === 'failure';
    const overlays = here.filter((overlay) => occupies || concerns(overlay));
    return [{ stageKey: key, occupies, served, quarantined, overlays }];
  });
}

/** Those in one stage that say what is served to whom and take effect. */
const overlaysIn = <O extends AppliedOverlay>(key: string, { overlays }: Laid<O>): O[] => {
  const real = overlays.filter(({ isDrill }) => !isDrill);
  return inAppliedOrder(real.filter(({ stageKey }) => stageKey === key)).filter(
    (one) => one.levers.some(({ kind }) => outcomes.includes(kind)) && overruledBy<O>(one, real).length === 0,
  );
};
