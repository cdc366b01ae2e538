import type { Act } from './acts.js';
import { leversOf } from './levers.js';
import { segmentOf, stageKeys, type Model, type Segment } from './state.js';
import type { Subject } from './subject.js';

/** What a command chooses among what is there when its turn comes. */
export type Picks = readonly number[];
type Choose = (subject: Subject, picks: Picks) => Promise<Act | null> | Act | null;

export const pick = <T>(from: readonly T[], at = 0): T | undefined => from[at % Math.max(1, from.length)];
const made = (model: Model) => [...model.releases.values()].filter(({ derivedFrom }) => derivedFrom === null);
const open = (model: Model) => [...model.promotions.values()].filter(({ state }) => state === 'open');
const by = (at = 0) => (at % 2 === 0 ? 'responder' : 'other');
const clearer = (at = 0) => (at % 2 === 0 ? 'reviewer' : 'other');

export const newest = (model: Model) => made(model).at(-1)!;

/** Mostly the stage that it would enter next, so that sequences get somewhere. */
function nextStage(model: Model, release: string, at: number): string {
  const next = stageKeys.find((key) => model.pointers[key]?.release !== release) ?? 'internal';
  return at % 4 === 3 ? (pick(stageKeys, at >> 2) ?? next) : next;
}

export const choices: Record<string, Choose> = {
  adopt: ({ model }, [at]) => ({
    do: 'adopt',
    release: newest(model).id,
    stages: stageKeys.slice(0, 1 + ((at ?? 0) % 4)),
  }),
  climb: ({ model }, [which = 0, at = 0]) => {
    const release = which % 3 === 0 ? pick(made(model), which)! : newest(model);
    return {
      do: 'request',
      kind: 'climb',
      release: release.id,
      to: nextStage(model, release.id, at),
      incident: null,
    };
  },
  replace: ({ model }, [which = 0, at = 0]) => {
    const release = which % 3 === 0 ? pick(made(model), which)! : newest(model);
    return { do: 'request', kind: 'replace', release: release.id, to: pick(stageKeys, at)!, incident: null };
  },
  fix: async (subject, [which = 0, at = 0]) => {
    const incident = pick([...subject.model.incidents.keys()], which);
    if (incident === undefined) return null;
    const live = subject.model.pointers['internal']?.release ?? newest(subject.model).id;
    const release = await subject.register(live, 'prompt', subject.model);
    await subject.measure(release);
    return { do: 'request', kind: 'fix', release, to: pick(stageKeys, at)!, incident };
  },
  retarget: ({ model }, [which, at]) => {
    const promotion = pick(open(model), which);
    const release = pick(
      made(model).filter(({ id }) => id !== promotion?.release),
      at,
    );
    // Another release needs the case of a fix.
    if (!promotion || !release || promotion.kind === 'fix') return null;
    return { do: 'retarget', id: promotion.id, release: release.id, revision: promotion.revision };
  },
  approve: ({ model }, [which]) => {
    const promotion = pick(open(model), which);
    return promotion ? { do: 'approve', id: promotion.id, shown: promotion.release } : null;
  },
  execute: ({ model }, [which]) => {
    const promotion = pick(open(model), which);
    return promotion ? { do: 'execute', id: promotion.id, shown: promotion.release } : null;
  },
  rollBack: ({ model }, picks) => ({ do: 'rollBack', ...rollback(model, picks, false) }),
  drill: ({ model }, picks) => ({ do: 'rollBack', ...rollback(model, picks, true) }),
  endDrill: ({ model }, [which]) => {
    const lay = pick(
      model.lays.filter(({ until }) => until !== null),
      which,
    );
    return lay ? { do: 'endDrill', rollback: lay.rollback } : null;
  },
  watch: ({ model }, [which]) => {
    const incident = pick([...model.incidents.keys()], which);
    return incident === undefined || model.incidents.get(incident) !== 'open'
      ? null
      : { do: 'watch', incident };
  },
  lift: ({ model }, [which, who]) => {
    const hold = pick(model.holds, which);
    return hold ? { do: 'lift', rollback: hold.rollback, stage: hold.stage, by: clearer(who) } : null;
  },
  clear: ({ model }, [which, who]) => {
    const left = pick(model.quarantines, which);
    return left ? { do: 'clear', rollback: left.rollback, stage: left.stage, by: clearer(who) } : null;
  },
  end: async ({ world, workflowId }, [which, who]) => {
    const where = { workflowId, to: null, rollback: { kind: 'rollback' } };
    const overlay = pick(await world.db.overlay.findMany({ where, orderBy: { id: 'asc' } }), which);
    if (!overlay) return null;
    const { id, rollbackId, stageKey, segment, levers } = overlay;
    return {
      do: 'end',
      overlay: id,
      by: clearer(who),
      rollback: rollbackId,
      stage: stageKey,
      segment: segmentOf(segment),
      levers: leversOf(levers),
    };
  },
};

function rollback(model: Model, [lever = 0, target = 0, place = 0, who = 0]: Picks, drill: boolean) {
  const releases = [...model.releases.values()];
  const to = pick(releases, target)!;
  const levers = [
    ['disable'],
    ['fallback:people'],
    ['fallback:search'],
    ['tool'],
    [`revert:${to.id}`],
    [`revert:${to.id}`],
    [`prompt:${to.prompt}`],
    [`model:${to.model}`],
    [`prompt:${to.prompt}`, 'tool'],
    [`revert:${to.id}`, 'disable'],
    [`revert:${to.id}`, 'tool'],
  ];
  const segment: Segment = drill ? 'drill' : place % 3 === 1 ? 'free' : '';
  // Together with what ends the evaluation, a release cannot be served to a segment.
  const chosen = levers[lever % (segment === '' ? 11 : 9)]!;
  const leaves = chosen.some((one) => /^(revert|prompt|model):/.test(one));
  const places = [null, 'workflow' as const, [pick(stageKeys, target)!], ['internal', 'limited']];
  const stages = drill ? (place % 2 === 0 ? null : ['internal']) : places[(place >> 1) % 4]!;
  const live = stageKeys.flatMap((key) => model.pointers[key]?.release ?? []);
  const leave = leaves && stages === null ? (pick(live, who >> 1) ?? to.id) : null;
  if (drill && leaves)
    return { ...{ drill, levers: chosen, stages: ['internal'], leave: null, segment, by: 'responder' } };
  return { drill, levers: chosen, stages, leave, segment, by: drill ? 'responder' : by(who) };
}
