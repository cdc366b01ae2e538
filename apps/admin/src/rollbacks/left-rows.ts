import type { RollbackPageQuery } from '../api/generated/documents.js';
import { overlayWords } from '../live/live-words.js';
import { wordOfStage } from '../workflows/stage-choices.js';

export type RollbackLeft = Pick<
  NonNullable<RollbackPageQuery['rollback']>,
  'stageKeys' | 'overlays' | 'holds' | 'quarantines'
>;

export interface LeftRow {
  key: string;
  word: 'Overlay' | 'Hold' | 'Quarantine';
  about: string;
  /** When it ended; null: it lasts. */
  until: string | null;
  ending: string;
}

type Part = Omit<LeftRow, 'key' | 'about'> & { of: string; stageKey: string | null };

const endings: Record<string, string> = {
  fix: 'Ended by a fix',
  promotion: 'Ended by a promotion',
  overlayEnd: 'Ended by hand',
  superseded: 'Taken over by a later rollback',
};

/** What a rollback left, as rows: stages of which the same is to be said share one, in the order of the rollout. */
export function leftRows({ stageKeys, overlays, holds, quarantines }: RollbackLeft): LeftRow[] {
  const place = ({ stageKey }: Part) => (stageKey === null ? stageKeys.length : stageKeys.indexOf(stageKey));
  const parts: Part[] = [
    ...overlays.map(({ kind, stageKey, to, endedBy }) => ({
      ...{ word: 'Overlay' as const, of: `${overlayWords(kind)} in`, stageKey },
      ...{ until: to, ending: endings[endedBy ?? ''] ?? 'Ended' },
    })),
    ...holds.map(({ stageKey, to, endedBy, liftedBy }) => ({
      ...{ word: 'Hold' as const, of: 'No promotion into', stageKey, until: to },
      ending: endedBy === 'fix' ? 'Lifted by a fix' : `Lifted by ${liftedBy?.name ?? 'somebody'}`,
    })),
    ...quarantines.map(({ stageKey, release, clearedAt, clearedBy }) => ({
      ...{ word: 'Quarantine' as const, of: `#${String(release.number)} ${release.alias} in`, stageKey },
      ...{ until: clearedAt, ending: `Cleared by ${clearedBy?.name ?? 'somebody'}` },
    })),
  ];
  const words = ['Overlay', 'Hold', 'Quarantine'];
  parts.sort((a, b) => words.indexOf(a.word) - words.indexOf(b.word) || place(a) - place(b));
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = [part.word, part.of, part.ending, part.until].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups].flatMap(([key, group]) => row(key, group));
}

function row(key: string, group: Part[]): LeftRow[] {
  const [first] = group;
  if (!first) return [];
  const { word, of, until, ending } = first;
  const stages = group.map(({ stageKey }) => (stageKey === null ? 'no stage' : wordOfStage(stageKey)));
  return [{ key, word, about: `${of} ${stages.join(', ')}`, until, ending }];
}
