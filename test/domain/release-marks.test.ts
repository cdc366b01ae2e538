import { describe, expect, test } from '@jest/globals';
import { standingMarks } from '../../apps/admin/src/releases/standing-marks.js';

type InStage = Parameters<typeof standingMarks>[0]['inStages'][number];

const free = [{ attribute: 'plan', operator: 'equals', values: ['free'] }];
const everybody: Omit<InStage, 'stageKey'> = {
  ...{ occupies: true, served: 'everybody', quarantined: false, overlays: [] },
};
const overlay = (kind: string, number: number, over: { segment?: unknown; releaseId?: string } = {}) => ({
  ...{ id: `${kind}-${String(number)}`, kind, segment: over.segment ?? [] },
  levers: [{ kind, ...(over.releaseId ? { releaseId: over.releaseId } : {}) }],
  rollback: { id: `rollback-${String(number)}`, number },
});
const names: Record<string, string> = { internal: 'Internal', limited: 'Limited', general: 'General' };
const wordsOf = (...inStages: InStage[]) =>
  standingMarks({ id: 'mine', inStages }, (key) => names[key] ?? key).map(({ words }) => words);

describe('What is said of a release', () => {
  test('in no stage: that it is a candidate', () => {
    expect(wordsOf()).toEqual(['Candidate']);
  });

  test('that everybody is served: where it is live, in one go', () => {
    expect(wordsOf({ ...everybody, stageKey: 'internal' }, { ...everybody, stageKey: 'limited' })).toEqual([
      'Live in Internal, Limited',
    ]);
  });

  test('that a rollback serves: where, to whom and by which', () => {
    const inStage = { ...everybody, occupies: false, stageKey: 'general' };
    expect(wordsOf({ ...inStage, overlays: [overlay('serve', 3, { releaseId: 'mine' })] })).toEqual([
      'Served in General, by rollback #3',
    ]);
    const segment = overlay('serve', 4, { segment: free, releaseId: 'mine' });
    expect(wordsOf({ ...inStage, served: 'segments', overlays: [segment] })).toEqual([
      'Served in General where plan is free, by rollback #4',
    ]);
  });

  test('that something lies over: that it only holds the stage, and never that it is live there', () => {
    const covered: InStage = { ...everybody, served: 'nobody', stageKey: 'general' };
    expect(wordsOf({ ...covered, overlays: [overlay('disable', 1)] })).toEqual([
      'Holds General, turned off by rollback #1',
    ]);
    expect(wordsOf({ ...covered, overlays: [overlay('serve', 2, { releaseId: 'other' })] })).toEqual([
      'Holds General, another release is served by rollback #2',
    ]);
    expect(wordsOf({ ...covered, quarantined: true })).toEqual(['Holds General, in quarantine']);
  });

  test('that some are served otherwise: where it is live, and who is not served it', () => {
    const segment = overlay('fallback', 5, { segment: free });
    expect(wordsOf({ ...everybody, stageKey: 'general', overlays: [segment] })).toEqual([
      'Live in General',
      'In General where plan is free falls back, by rollback #5',
    ]);
  });
});
