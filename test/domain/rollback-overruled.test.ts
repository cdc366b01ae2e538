import { describe, expect, test } from '@jest/globals';
import type { LeverInput } from '../../apps/api/src/modules/rollback/lever.schema.js';
import { overruledStages, stageChange } from '../../apps/api/src/modules/rollback/preview.domain.js';
import { previewWarnings } from '../../apps/api/src/modules/rollback/preview-warnings.domain.js';
import { planRollback } from '../../apps/api/src/modules/rollback/rollback.domain.js';
import type { Segment } from '../../apps/api/src/modules/rollback/segment.domain.js';
import type {
  AppliedLever,
  OpenOverlay,
  Standing,
  StandingRelease,
  StandingStage,
} from '../../apps/api/src/modules/rollback/standing.domain.js';

const release = (number: number): StandingRelease => ({
  ...{
    id: `r${String(number)}`,
    number,
    alias: `alias-${String(number)}`,
    digest: `digest-${String(number)}`,
  },
  ...{ derivedFromId: null, outputId: 'output', canonical: '{}', steps: [], tools: ['mail'], writes: false },
});
const day = (at: number) => new Date(Date.UTC(2026, 10, at));
const entry = (releaseId: string, from: Date, until: Date | null) => ({
  ...{ releaseId, firstFrom: from, firstGated: from, lastFrom: from, until },
});
const stage = (key: string, position: number): StandingStage => ({
  ...{ key, name: key === 'internal' ? 'Internal' : 'General', position, revisionId: 'r' },
  ...{ expectedRequestsPerDay: 10, audience: { description: 'All', percentage: 100, rules: [] } },
  pointer: { releaseId: 'r2', from: day(5), origin: 'promotion', byName: null },
  entries: [entry('r2', day(5), null), entry('r1', day(1), day(5))],
});
const region: Segment = [{ attribute: 'region', operator: 'equals', values: ['eu'] }];
const overlay = (stageKey: string, levers: AppliedLever[], over: Partial<OpenOverlay> = {}): OpenOverlay => ({
  ...{ id: `overlay-${stageKey}`, rollbackId: 'rollback', rollbackNumber: 3, isDrill: false, stageKey },
  ...{ segment: [], levers, from: day(10), to: null },
  ...over,
});
const standing = (overlays: OpenOverlay[]): Standing => ({
  ...{ workflowId: 'w', fullKey: 'support.reply', name: 'Reply', retired: false, incarnation: 1, epoch: 1 },
  ...{ stages: [stage('internal', 0), stage('general', 1)], overlays, holds: [], quarantines: [] },
  ...{ failure: null, namedLevers: [], lastRollbackNumber: 3, lastIncidentNumber: 1 },
  releases: new Map([release(1), release(2)].map((one) => [one.id, one])),
});

const people: AppliedLever[] = [{ kind: 'fallback', to: 'people' }];
const revert: LeverInput = { kind: 'revertRelease', releaseId: 'r1', digest: 'digest-1' };

function previewed(overlays: OpenOverlay[], levers: LeverInput[], segment: Segment = []) {
  const now = standing(overlays);
  const planned = planRollback(now, {
    ...{ kind: 'rollback', scope: 'stages', stageKeys: null, leaveReleaseId: null },
    ...{ segment, levers },
  });
  if ('objections' in planned) throw new Error(JSON.stringify(planned.objections));
  const { plan } = planned;
  return {
    changes: plan.stages.map((one) => {
      const { before, outcome, getsAlias } = stageChange(now, plan, one);
      return `${one.key}: ${before} -> ${outcome}${getsAlias === null ? '' : ` ${getsAlias}`}`;
    }),
    overruled: overruledStages(now, plan).map(({ stage: { key } }) => key),
    warnings: previewWarnings(now, plan)
      .filter(({ code }) => code === 'OVERRULED')
      .map(({ message }) => message),
  };
}

describe('Going back while an older rollback comes first', () => {
  test('shows what is served before, and says that nothing changes while that lies over it', () => {
    const found = previewed([overlay('internal', people), overlay('general', people)], [revert]);
    expect(found.changes).toEqual(['internal: fallback -> fallback', 'general: fallback -> fallback']);
    expect(found.overruled).toEqual(['internal', 'general']);
    expect(found.warnings).toEqual([
      'Nothing changes for anybody while rollback #3 lies over it, which falls back to people in Internal, General and comes first. What is asked takes effect when that is ended',
    ]);
  });

  test('says where nothing changes, and where it does', () => {
    const found = previewed([overlay('general', people)], [revert]);
    expect(found.changes).toEqual(['internal: release -> release alias-1', 'general: fallback -> fallback']);
    expect(found.warnings).toEqual([
      'Nothing changes in General while rollback #3 lies over it, which falls back to people there and comes first. What is asked takes effect when that is ended',
    ]);
  });

  test('warns of nothing where only a segment falls back, or a drill does', () => {
    const found = previewed(
      [
        overlay('internal', people, { segment: region }),
        overlay('general', people, { isDrill: true, to: day(30) }),
      ],
      [revert],
    );
    expect(found.changes).toEqual([
      'internal: release -> release alias-1',
      'general: release -> release alias-1',
    ]);
    expect(found.warnings).toEqual([]);
  });
});

describe('Letting a segment fall back', () => {
  test('of what is turned off for everybody leaves it turned off, and says so', () => {
    const off = ['internal', 'general'].map((key) => overlay(key, [{ kind: 'disable' }]));
    const found = previewed(off, [{ kind: 'fallback', to: 'search' }], region);
    expect(found.changes).toEqual(['internal: disabled -> disabled', 'general: disabled -> disabled']);
    expect(found.warnings).toHaveLength(1);
    expect(found.warnings[0]).toContain(
      'rollback #3 lies over it, which has it turned off in Internal, General',
    );
  });
});

describe('What takes the place of an older rollback', () => {
  test('changes something: falling back where it was turned off, or turning off what falls back', () => {
    const off = ['internal', 'general'].map((key) => overlay(key, [{ kind: 'disable' }]));
    const back = previewed(off, [{ kind: 'fallback', to: 'search' }]);
    expect(back.changes).toEqual(['internal: disabled -> fallback', 'general: disabled -> fallback']);
    const both = previewed([overlay('internal', people)], [revert, { kind: 'disable' }]);
    expect(both.changes).toEqual(['internal: fallback -> disabled', 'general: release -> disabled']);
    expect([...back.warnings, ...both.warnings]).toEqual([]);
  });
});
