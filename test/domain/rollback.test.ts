import { describe, expect, it } from '@jest/globals';
import { leverProblems } from '../../apps/api/src/modules/rollback/lever-rules.schema.js';
import { leverOffers } from '../../apps/api/src/modules/rollback/lever-offer.domain.js';
import type { LeverInput } from '../../apps/api/src/modules/rollback/lever.schema.js';
import { recommend, spanInWords } from '../../apps/api/src/modules/rollback/recommendation.domain.js';
import type {
  AppliedLever,
  Standing,
  StandingRelease,
  StandingStage,
} from '../../apps/api/src/modules/rollback/standing.domain.js';
import { trafficShares } from '../../apps/api/src/modules/rollback/traffic.domain.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const release = (number: number): StandingRelease => ({
  ...{
    id: `release-${String(number)}`,
    number,
    alias: `r${String(number)}`,
    digest: `digest-${String(number)}`,
  },
  ...{ derivedFromId: null, outputId: 'output', canonical: '{}', steps: [], tools: [], writes: false },
});

function standing(changed: Date, over: Partial<Standing> = {}): Standing {
  const entry = (number: number, from: Date, until: Date | null) => ({
    ...{ releaseId: `release-${String(number)}`, firstFrom: from, firstGated: from, lastFrom: from, until },
  });
  const stage: StandingStage = {
    ...{ key: 'internal', name: 'Internal', position: 0, revisionId: 'revision', expectedRequestsPerDay: 10 },
    audience: { description: 'All', percentage: 100, rules: [] },
    pointer: { releaseId: 'release-13', from: changed, origin: 'promotion', byName: 'Member' },
    entries: [entry(13, changed, null), entry(12, ago(100_000), changed)],
  };
  return {
    ...{
      workflowId: 'workflow',
      fullKey: 'support.reply',
      name: 'Reply',
      retired: false,
      incarnation: 1,
      epoch: 1,
    },
    ...{ stages: [stage], overlays: [], holds: [], quarantines: [], namedLevers: [] },
    releases: new Map([release(12), release(13)].map((one) => [one.id, one])),
    failure: {
      whenUnsure: 'It says so',
      action: 'fallback',
      escalationTarget: 'The desk',
      fallback: 'search',
    },
    ...{ lastRollbackNumber: 0, lastIncidentNumber: 0 },
    ...over,
  };
}

describe('the one lever that is recommended', () => {
  it('goes back from what changed lately', () => {
    expect(recommend(standing(ago(40)), now)).toEqual({
      ...{ kind: 'revertRelease', reason: 'Changed 40 minutes ago: revert to r12' },
      ...{ targetReleaseId: 'release-12', to: null },
    });
  });
  it('falls back, or turns off, where nothing changed for days', () => {
    const old = ago(9 * 24 * 60);
    expect(recommend(standing(old), now)).toMatchObject({ kind: 'fallback', to: 'search' });
    const none = recommend(standing(old, { failure: null }), now);
    expect(none?.kind).toBe('disable');
    expect(none?.reason).toMatch(/^Nothing changed for nine days.*turn it off$/);
  });
  it('turns off what has fallen back already, and has nothing left once that is done', () => {
    const over = (lever: AppliedLever) => ({
      ...{ id: lever.kind, rollbackId: 'rollback', rollbackNumber: 1, isDrill: false, stageKey: 'internal' },
      ...{ segment: [], levers: [lever], from: ago(5), to: null },
    });
    const fallenBack = over({ kind: 'fallback', to: 'search' });
    expect(recommend(standing(ago(40), { overlays: [fallenBack] }), now)).toEqual({
      ...{ kind: 'disable', reason: 'It has fallen back already; if it goes on: turn it off' },
      ...{ targetReleaseId: null, to: null },
    });
    const off = standing(ago(40), { overlays: [fallenBack, over({ kind: 'disable' })] });
    expect(recommend(off, now)).toBeNull();
  });
  it('does not go back twice: after a rollback, what goes on is not the fault of a release', () => {
    const [stage] = standing(ago(9 * 24 * 60)).stages;
    const pointer = { releaseId: 'release-13', from: ago(20), origin: 'revertRelease', byName: 'On call' };
    const stages = stage ? [{ ...stage, pointer }] : [];
    expect(recommend(standing(ago(9 * 24 * 60), { stages }), now)).toMatchObject({
      ...{
        kind: 'fallback',
        reason: 'Taken back 20 minutes ago already; if it goes on: fall back to search',
      },
    });
  });
  it('never goes back to what is in quarantine', () => {
    const quarantines = [
      { id: 'q', releaseId: 'release-12', stageKey: 'general', segment: [], rollbackNumber: 1 },
    ];
    expect(recommend(standing(ago(40), { quarantines }), now)?.kind).toBe('fallback');
  });
  it('says how long in the unit that says enough', () => {
    expect([1, 80, 180, 2 * 24 * 60].map((m) => spanInWords(m * 60_000))).toEqual([
      ...['1 minute', '80 minutes', '3 hours', 'two days'],
    ]);
  });
});

describe('what a lever can be told', () => {
  const ran = (number: number, model: string): StandingRelease => ({
    ...release(number),
    tools: ['search', 'mail'],
    steps: [
      {
        ...{ name: 'main', promptVersionId: 'prompt', promptDigest: 'prompt', variables: [] },
        ...{ modelConfigVersionId: `version-of-${model}`, modelConfigId: 'config', modelDigest: model },
        ...{ model, isAlias: false },
      },
    ],
  });
  const offerOf = (kind: string, releases: StandingRelease[]) =>
    leverOffers(standing(ago(40), { releases: new Map(releases.map((one) => [one.id, one])) })).find(
      (offer) => offer.kind === kind,
    );
  const changed = [ran(12, 'older'), ran(13, 'newer')];
  it('is the model that ran there before, with the release that ran it', () => {
    expect(offerOf('pinModel', changed)).toMatchObject({
      available: true,
      choices: [{ value: 'version-of-older', label: 'older in main, as r12 ran it' }],
    });
  });
  it('leaves out pinning where no other model ran there', () => {
    expect(offerOf('pinModel', [ran(12, 'same'), ran(13, 'same')])).toMatchObject({
      ...{ available: false, choices: [] },
      whyNot: 'No other model was live there before, with the same output schema',
    });
  });
  it('is every tool by its name, and first of all what the contract falls back to', () => {
    const values = (kind: string) => offerOf(kind, changed)?.choices.map(({ value }) => value);
    expect(values('disableTool')).toEqual(['mail', 'search']);
    expect(values('fallback')).toEqual(['search', 'templates', 'people']);
    expect(values('disable')).toEqual([]);
  });
});

describe('a lever that is offered', () => {
  const over = (lever: AppliedLever, number = 1, stageKey = 'internal') => ({
    ...{
      id: `${stageKey} ${String(number)}`,
      rollbackId: 'rollback',
      rollbackNumber: number,
      isDrill: false,
    },
    ...{ stageKey, segment: [], levers: [lever], from: ago(5), to: null },
  });
  const [internal] = standing(ago(40)).stages;
  const stages = [internal!, { ...internal!, key: 'general', name: 'General', position: 1 }];
  const offers = (...overlays: ReturnType<typeof over>[]) =>
    new Map(leverOffers(standing(ago(40), { stages, overlays })).map((offer) => [offer.kind, offer]));

  it('is none that falls back where everything is turned off: that would give something back', () => {
    const off = offers(over({ kind: 'disable' }), over({ kind: 'disable' }, 2, 'general'));
    expect(off.get('fallback')).toMatchObject({
      ...{ available: false, choices: [], whyNot: 'It is turned off already, which is narrower' },
    });
    const inPart = offers(over({ kind: 'disable' }));
    expect(inPart.get('fallback')).toMatchObject({ available: true, whyNot: null, noEffect: null });
  });

  it('says why it would change nothing now, and only where that is so everywhere', () => {
    const off = offers(over({ kind: 'disable' }), over({ kind: 'fallback', to: 'people' }, 2, 'general'));
    expect(off.get('revertRelease')).toMatchObject({
      available: true,
      noEffect: 'No effect now: rollback #1 and rollback #2 come before it',
    });
    expect(off.get('disable')?.noEffect).toBeNull();
    expect(offers(over({ kind: 'disable' })).get('revertRelease')?.noEffect).toBeNull();
  });

  it('has what it falls back to already as its last choice, and says so', () => {
    const back = offers(
      over({ kind: 'fallback', to: 'search' }),
      over({ kind: 'fallback', to: 'search' }, 2, 'general'),
    );
    expect(back.get('fallback')?.choices).toEqual([
      ...['templates', 'people'].map((value) => ({ value, label: value })),
      { value: 'search', label: 'search, as it does already' },
    ]);
  });
});

describe('levers that are pulled together', () => {
  const problems = (levers: LeverInput[], forSegment = false) =>
    leverProblems(levers, { shown: true, forSegment }).map(({ path }) => path.join('.'));
  const digest = 'sha256:0';
  const revert: LeverInput = { kind: 'revertRelease', releaseId: 'id', digest };
  it('may turn off and take the pointers back at once, but not for a segment', () => {
    expect(problems([revert, { kind: 'disable' }])).toEqual([]);
    expect(problems([revert, { kind: 'disable' }], true)).toEqual(['1.kind']);
  });
  it('make one derived release of prompt and model, and none with a release', () => {
    const prompt: LeverInput = { kind: 'revertPrompt', digest };
    const model: LeverInput = { kind: 'pinModel', modelConfigVersionId: 'id' };
    expect(problems([prompt, model])).toEqual([]);
    expect(problems([revert, prompt])).toEqual(['1.kind']);
  });
  it('are refused with the field to blame', () => {
    expect(problems([{ kind: 'disable' }, { kind: 'fallback', to: 'people' }])).toEqual(['1.kind']);
    expect(problems([{ kind: 'disable' }, { kind: 'disable' }])).toEqual(['1.kind']);
    expect(problems([{ kind: 'fallback' }])).toEqual(['0.to']);
    expect(problems([{ kind: 'revertRelease', releaseId: 'id' }])).toEqual(['0.digest']);
    expect(problems([{ kind: 'revertPrompt' }])).toEqual(['0.digest']);
    expect(problems([{ kind: 'disable', tool: 'mail' }])).toEqual(['0.tool']);
  });
});

describe('the share of traffic', () => {
  it('follows what stages expect, and is not guessed where rules say who is in them', () => {
    const [stage] = standing(now).stages;
    const other = { ...stage!, key: 'general', expectedRequestsPerDay: 30 };
    expect(trafficShares([stage!, other]).get('general')).toBe(0.75);
    const ruled = {
      ...{ key: 'general', expectedRequestsPerDay: 0 },
      audience: { ...stage!.audience, rules: [{ attribute: 'a', operator: 'in' as const, values: ['b'] }] },
    };
    expect(trafficShares([ruled]).get('general')).toBeNull();
  });
});
