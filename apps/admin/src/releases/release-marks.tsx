import type { ReleaseRowFragment } from '../api/generated/documents.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { standingMarks } from './standing-marks.js';

/** Where a release is live and what rollbacks laid there, or that something overtook it. */
export function ReleaseMarks({
  release,
}: {
  release: Pick<ReleaseRowFragment, 'id' | 'inStages' | 'behindLive' | 'origin'>;
}) {
  const first = release.behindLive[0];
  return (
    <>
      {standingMarks(release, wordOfStage).map(({ words, tone }) => (
        <ToneChip key={words} tone={tone} wraps>
          {words}
        </ToneChip>
      ))}
      {release.inStages.length === 0 && first && (
        <ToneChip tone="warn">
          Behind live (#{first.occupant.number} in {wordOfStage(first.stageKey)})
        </ToneChip>
      )}
      {release.origin === 'rollback' && <ToneChip tone="lent">Derived by a rollback</ToneChip>}
    </>
  );
}
