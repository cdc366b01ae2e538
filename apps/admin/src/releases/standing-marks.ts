import type { ReleaseInStageFragment } from '../api/generated/documents.js';
import type { Tone } from '../app/status-colours.js';
import { segmentWords } from '../live/live-words.js';

export interface StandingMark {
  words: string;
  tone: Tone;
}

type Laid = ReleaseInStageFragment['overlays'][number];

const taken: Record<string, string> = {
  disable: 'turned off',
  fallback: 'falls back',
  serve: 'another release is served',
};

const by = ({ rollback }: Laid) => `by rollback #${String(rollback.number)}`;
const where = (segment: unknown) => {
  const words = segmentWords(segment);
  return words === null ? '' : ` where ${words}`;
};
const serves = ({ levers }: Laid, releaseId: string) =>
  (levers as { kind: string; releaseId?: string }[]).some(
    (lever) => lever.kind === 'serve' && lever.releaseId === releaseId,
  );

/** What one stage does with a release beside what its pointer says. */
function marksIn(releaseId: string, stage: string, one: ReleaseInStageFragment): StandingMark[] {
  const forAll = one.overlays.find(({ segment }) => segmentWords(segment) === null);
  const servedBy = one.overlays.filter((overlay) => serves(overlay, releaseId));
  // What is said of everybody is said once, by the first mark.
  const others = one.overlays.filter((overlay) => overlay !== forAll && !servedBy.includes(overlay));
  const first: StandingMark[] =
    one.occupies && one.served !== 'everybody'
      ? [{ words: `Holds ${stage}, ${why(one, forAll)}`, tone: 'warn' }]
      : [];
  return [
    ...first,
    ...servedBy.map((overlay): StandingMark => ({
      words: `Served in ${stage}${where(overlay.segment)}, ${by(overlay)}`,
      tone: 'lent',
    })),
    ...others.map((overlay): StandingMark => ({
      words: `In ${stage}${where(overlay.segment)} ${taken[overlay.kind] ?? overlay.kind}, ${by(overlay)}`,
      tone: 'warn',
    })),
  ];
}

function why({ quarantined }: ReleaseInStageFragment, forAll: Laid | undefined): string {
  if (forAll) return `${taken[forAll.kind] ?? forAll.kind} ${by(forAll)}`;
  return quarantined ? 'in quarantine' : 'not served to everybody';
}

/**
 * Where a release is live, what lies over it there, and where a rollback serves it: "Live in Internal, Limited".
 * @param nameOf a stage, by its key
 */
export function standingMarks(
  { id, inStages }: { id: string; inStages: readonly ReleaseInStageFragment[] },
  nameOf: (key: string) => string,
): StandingMark[] {
  if (inStages.length === 0) return [{ words: 'Candidate', tone: 'plain' }];
  const live = inStages.filter(({ occupies, served }) => occupies && served === 'everybody');
  return [
    ...(live.length > 0
      ? [
          {
            words: `Live in ${live.map(({ stageKey }) => nameOf(stageKey)).join(', ')}`,
            tone: 'good' as const,
          },
        ]
      : []),
    ...inStages.flatMap((one) => marksIn(id, nameOf(one.stageKey), one)),
  ];
}
