import { laidOver } from './laid-over.domain.js';
import type { RollbackPlan } from './rollback.domain.js';
import type { OpenOverlay, Standing } from './standing.domain.js';

/** What is served instead of what is left; null: nothing is, or it has no name yet. */
export interface Gets {
  /** Null of a derived release that is yet to be made, as is its alias. */
  readonly id: string | null;
  readonly alias: string | null;
  readonly digest: string;
}

/** What is served instead; of a derived release that is yet to be made, its digest alone. */
export function replacementOf({ replacement }: RollbackPlan, standing: Standing): Gets | null {
  if (!replacement) return null;
  if ('release' in replacement) return replacement.release;
  const { digest } = replacement.derived;
  const same = [...standing.releases.values()].find((release) => release.digest === digest);
  return { id: same?.id ?? null, alias: same?.alias ?? null, digest };
}

/** After everything that is laid so far. */
const later = new Date(8_640_000_000_000_000);

/** How stages and overlays would stand once a plan is carried out; a release that is yet to be made goes by its digest. */
export function standingAfter(
  standing: Standing,
  plan: RollbackPlan,
): Pick<Standing, 'stages' | 'overlays' | 'quarantines'> {
  const gets = replacementOf(plan, standing);
  const servesId = gets && (gets.id ?? gets.digest);
  const { laid, superseded } = laidOver(standing, plan, plan.movesPointers ? null : servesId);
  const moves = (key: string) => plan.movesPointers && plan.left.some(({ stage }) => stage.key === key);
  return {
    stages: standing.stages.map((stage) =>
      stage.pointer && servesId !== null && moves(stage.key)
        ? { ...stage, pointer: { ...stage.pointer, releaseId: servesId } }
        : stage,
    ),
    overlays: [
      ...standing.overlays.filter(({ id }) => !superseded.includes(id)),
      ...laid.map((one, at): OpenOverlay => {
        const id = `to be laid ${String(at).padStart(6, '0')}`;
        const rollbackNumber = standing.lastRollbackNumber + 1;
        return { ...one, id, rollbackId: id, rollbackNumber, isDrill: false, from: later, to: null };
      }),
    ],
    quarantines: standing.quarantines,
  };
}
