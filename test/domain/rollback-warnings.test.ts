import { describe, expect, test } from '@jest/globals';
import type { LeverInput } from '../../apps/api/src/modules/rollback/lever.schema.js';
import { silentOnes } from '../../apps/api/src/modules/rollback/preview.domain.js';
import { previewWarnings } from '../../apps/api/src/modules/rollback/preview-warnings.domain.js';
import type { RollbackPlan } from '../../apps/api/src/modules/rollback/rollback.domain.js';
import type {
  PinnedStep,
  Standing,
  StandingRelease,
  StandingStage,
} from '../../apps/api/src/modules/rollback/standing.domain.js';

const step = (over: Partial<PinnedStep> = {}): PinnedStep => {
  const { name = 'main', model = 'small-2026-05-01' } = over;
  const prompt = `prompt-${name}`;
  return {
    ...{ name, promptVersionId: prompt, promptDigest: prompt, variables: ['ticket'] },
    ...{ modelConfigVersionId: model, modelConfigId: 'model', modelDigest: model, model, isAlias: false },
    ...over,
  };
};

const release = (number: number, over: Partial<StandingRelease> = {}): StandingRelease => ({
  ...{ id: `release-${String(number)}`, number, alias: `r${String(number)}`, digest: String(number) },
  ...{ derivedFromId: null, outputId: 'output', canonical: '{}', steps: [step()], tools: [], writes: false },
  ...over,
});

const left = release(2);

const stage: StandingStage = {
  ...{ key: 'internal', name: 'Internal', position: 0, revisionId: 'r', expectedRequestsPerDay: 1 },
  audience: { description: 'All', percentage: 100, rules: [] },
  pointer: { releaseId: left.id, from: new Date(0), origin: 'promotion', byName: null },
  entries: [],
};

const bare: Standing = {
  ...{ workflowId: 'w', fullKey: 'support.reply', name: 'Reply', retired: false, incarnation: 1, epoch: 1 },
  ...{ stages: [stage], overlays: [], holds: [], quarantines: [], failure: null, namedLevers: [] },
  ...{ releases: new Map(), lastRollbackNumber: 0, lastIncidentNumber: 0 },
};

function warned(
  other: StandingRelease,
  replacement: RollbackPlan['replacement'],
  lever: LeverInput['kind'],
  namedLevers: Standing['namedLevers'] = [],
) {
  const releases = new Map([left, other].map((one) => [one.id, one]));
  const plan: RollbackPlan = {
    workflowId: 'w',
    asked: {
      ...{ kind: 'rollback', scope: 'stages', stageKeys: null, segment: [], leaveReleaseId: null },
      levers: [{ kind: lever }],
    },
    ...{ stages: [stage], left: [{ stage, releaseId: left.id }], replacement, movesPointers: true },
    ...{ levers: [], leftReleaseIds: [left.id] },
  };
  return previewWarnings({ ...bare, releases, namedLevers }, plan).map(
    ({ code, message }) => `${code} ${message}`,
  );
}

const reverted = (to: StandingRelease) => warned(to, { release: to }, 'revertRelease');

/** As a revert of prompts or a pin of models would make it: the left release with parts of another. */
const derived = (of: StandingRelease, lever: 'revertPrompt' | 'pinModel', from = left) =>
  warned(
    of,
    {
      derived: {
        ...{ from, digest: 'derived', bundle: {} as never },
        steps: of.steps.map(({ name, promptVersionId, modelConfigVersionId }) => ({
          ...{ name, promptVersionId, modelConfigVersionId },
        })),
      },
    },
    lever,
  );

describe('what a preview warns of', () => {
  test('is nothing where the application will not notice', () => {
    expect(reverted(release(1))).toEqual([]);
    expect(derived(release(1), 'revertPrompt')).toEqual([]);
  });

  test('is another output schema than the application reads now', () => {
    expect(reverted(release(1, { outputId: 'other' }))).toEqual([
      'OUTPUT_SCHEMA r1 answers with another output schema than r2',
    ]);
    expect(derived(release(1), 'pinModel', release(3, { outputId: 'other' }))).toEqual([
      'OUTPUT_SCHEMA What is made of r3 answers with another output schema than r2',
    ]);
  });

  test('are variables that the application does not fill, also of a prompt alone', () => {
    const steps = [step({ variables: ['ticket', 'article'], promptVersionId: 'older' })];
    const says = 'takes other variables (main: article, ticket) than r2 (main: ticket)';
    expect(reverted(release(1, { steps }))).toEqual([`VARIABLES r1 ${says}`]);
    expect(derived(release(1, { steps }), 'revertPrompt')).toEqual([`VARIABLES What is made of r2 ${says}`]);
  });

  test('names every step whose model nothing that is served now shows to be offered still', () => {
    const steps = [
      step({ name: 'draft', model: 'large-2025-01-01' }),
      step({ name: 'main' }),
      step({ name: 'router', model: 'tiny-2025-01-01' }),
    ].map((one) => ({ ...one, variables: [] }));
    const models = reverted(release(1, { steps })).filter((text) => text.startsWith('MODEL_RETIRED'));
    expect(models).toHaveLength(2);
    expect(models[0]).toMatch(/r1 runs large-2025-01-01 in draft, which nothing that is served now runs/);
    expect(models[1]).toMatch(/r1 runs tiny-2025-01-01 in router/);
    const pinned = derived(release(1, { steps: [step({ model: 'large-2025-01-01' })] }), 'pinModel');
    expect(pinned).toEqual([expect.stringMatching(/MODEL_RETIRED What is made of r2 runs large-2025-01-01/)]);
  });

  test('is a moving alias, also where it runs now', () => {
    const steps = [step({ isAlias: true })];
    expect(reverted(release(1, { steps }))).toEqual([
      expect.stringMatching(/^MODEL_RETIRED r1 runs small-2026-05-01 in main, a moving alias/),
    ]);
  });

  test('is a lever that the contract does not name', () => {
    const to = release(1);
    expect(warned(to, { release: to }, 'revertRelease', ['disable'])).toEqual([
      expect.stringMatching(/^LEVER_NOT_HONOURED The contract does not name revertRelease/),
    ]);
    expect(warned(to, { release: to }, 'revertRelease', ['revertRelease'])).toEqual([]);
  });
});

test('of silent instances a preview says what they go on serving, and of one that it is one', () => {
  expect(silentOnes(0)).toEqual([]);
  expect(silentOnes(1)).toEqual([
    { what: '1 silent instance', why: 'It serves what it last had until it reports again' },
  ]);
  expect(silentOnes(2)).toMatchObject([{ what: '2 silent instances', why: expect.stringMatching(/^They/) }]);
});
