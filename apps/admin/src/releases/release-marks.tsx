import type { ReleaseRowFragment } from '../api/generated/documents.js';
import { ToneChip } from '../ui/tone-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';

/** Where a release is live, or that something overtook it. */
export function ReleaseMarks({
  release,
}: {
  release: Pick<ReleaseRowFragment, 'liveIn' | 'behindLive' | 'origin'>;
}) {
  const first = release.behindLive[0];
  return (
    <>
      {release.liveIn.length > 0 ? (
        <ToneChip tone="good">Live in {release.liveIn.map(wordOfStage).join(', ')}</ToneChip>
      ) : (
        <ToneChip tone="plain">Candidate</ToneChip>
      )}
      {release.liveIn.length === 0 && first && (
        <ToneChip tone="warn">
          Behind live (#{first.occupant.number} in {wordOfStage(first.stageKey)})
        </ToneChip>
      )}
      {release.origin === 'rollback' && <ToneChip tone="lent">Derived by a rollback</ToneChip>}
    </>
  );
}
