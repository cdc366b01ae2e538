import {
  isLeft,
  madeOf,
  over,
  servedBy,
  servedTo,
  stageKeys,
  type Lay,
  type Model,
  type Segment,
} from './state.js';

export interface RollbackAsked {
  drill: boolean;
  /** disable, fallback:<to>, tool, revert:<release>, prompt:<version>, model:<version> */
  levers: string[];
  /** workflow: every stage, and whoever is in none. Null: every stage that serves what is left. */
  stages: string[] | 'workflow' | null;
  leave: string | null;
  segment: Segment;
  by: string;
}

/** What the product called what it made. */
export interface RollbackMade {
  rollback: string;
  incident: string | null;
  /** Derived, or reverted to. */
  served: { id: string; digest: string } | null;
}

const isEnd = (lever: string) => lever === 'disable' || lever.startsWith('fallback:');
const isServe = (lever: string) => lever.startsWith('serve:');
const part = (levers: readonly string[], prefix: string) =>
  levers.find((lever) => lever.startsWith(prefix))?.slice(prefix.length) ?? null;

const firstIn = (model: Model, stage: string, release: string, gated = false): number | null =>
  model.entries.find((one) => one.stage === stage && one.release === release && (!gated || one.gated))?.at ??
  null;

/** Whether a stage can go back to a release from what is left there: gated, before it, not left itself. */
function isTarget(model: Model, stage: string, left: string, target: string): boolean {
  const gated = firstIn(model, stage, target, true);
  if (gated === null || isLeft(model, target)) return false;
  const since = firstIn(model, stage, madeOf(model, left)) ?? firstIn(model, stage, left);
  return since === null || gated < since;
}

function concerned(model: Model, { stages, leave, segment }: RollbackAsked): string[] {
  if (stages === 'workflow') return [...stageKeys];
  if (stages) return stageKeys.filter((key) => stages.includes(key));
  const serving = stageKeys.filter((key) => servedTo(model, key, segment) !== null);
  if (leave === null) return serving;
  const made = madeOf(model, leave);
  return serving.filter((key) => {
    const here = madeOf(model, servedTo(model, key, segment) ?? '');
    const [was, is] = [firstIn(model, key, made), firstIn(model, key, here)];
    return here === made || (was !== null && is !== null && is > was);
  });
}

function derived(
  model: Model,
  left: readonly (readonly [string, string])[],
  levers: readonly string[],
): { code: string } | { from: string; prompt: string; model: string } {
  const from = model.releases.get(left[0]?.[1] ?? '');
  if (!from || left.some(([, release]) => release !== from.id)) return { code: 'NOT_A_ROLLBACK_TARGET' };
  const usable = [...model.releases.values()].filter(
    ({ id }) =>
      id !== from.id &&
      id !== madeOf(model, from.id) &&
      left.every(([stage, release]) => isTarget(model, stage, release, id)),
  );
  const [prompt, pinned] = [part(levers, 'prompt:'), part(levers, 'model:')];
  if (prompt !== null && !usable.some((one) => one.prompt === prompt))
    return { code: 'NOT_A_ROLLBACK_TARGET' };
  if (pinned !== null && !usable.some((one) => one.model === pinned))
    return { code: 'NOT_A_ROLLBACK_TARGET' };
  const parts = { from: from.id, prompt: prompt ?? from.prompt, model: pinned ?? from.model };
  return parts.prompt === from.prompt && parts.model === from.model
    ? { code: 'NOTHING_TO_ROLL_BACK' }
    : parts;
}

/**
 * Turning off and falling back take each other's place, but falling back leaves off a segment that was; what serves,
 * what served; a tool, the same tool.
 */
function lay(
  model: Model,
  asked: RollbackAsked,
  stage: string | null,
  mine: string[],
  leaves: boolean,
  made: RollbackMade,
) {
  const takes = ({ lever, segment }: Lay) => {
    if (lever === 'disable' && segment !== asked.segment) return mine.includes('disable');
    return isEnd(lever) ? mine.some(isEnd) : isServe(lever) ? leaves : mine.includes(lever);
  };
  if (!asked.drill) {
    const under = model.lays.filter(
      (one) =>
        one.until === null && one.stage === stage && (asked.segment === '' || asked.segment === one.segment),
    );
    for (const group of new Set(under.map((one) => one.group))) {
      const old = under.filter((one) => one.group === group);
      const kept = old.filter((one) => !takes(one));
      // What goes on serving a release keeps its place in the order, and with it all that was laid together with it.
      if (kept.length === old.length || kept.some(({ lever }) => isServe(lever))) continue;
      model.lays = model.lays.filter((one) => !old.includes(one) || kept.includes(one));
      model.groups += 1;
      for (const one of kept) Object.assign(one, { rollback: made.rollback, group: model.groups });
    }
  }
  const until = asked.drill ? model.hours + 1 : null;
  model.groups += 1;
  const together = { rollback: made.rollback, group: model.groups, at: model.tick };
  for (const lever of mine) model.lays.push({ stage, segment: asked.segment, lever, until, ...together });
}

/** @returns the code with which it is refused; empty: it happened, and the model has it. */
export function rollBack(model: Model, asked: RollbackAsked, made: RollbackMade | null): string {
  const { levers, segment, drill } = asked;
  const stages = concerned(model, asked);
  if (stages.length === 0) return 'NOTHING_TO_ROLL_BACK';
  const serving = stages.flatMap((key) => {
    const release = servedTo(model, key, segment);
    return release === null ? [] : [[key, release] as const];
  });
  if (levers.includes('tool') && serving.length === 0) return 'NOT_FOUND';
  const places = [...stages, ...(asked.stages === 'workflow' ? [null] : [])];
  const plain = levers.filter((lever) => isEnd(lever) || lever === 'tool');
  const target = part(levers, 'revert:');
  const leaving = plain.length < levers.length;
  let left: (readonly [string, string])[] = [];
  let parts: { from: string; prompt: string; model: string } | null = null;
  if (!leaving) {
    const [only] = levers;
    const soAlready = (key: string | null) => {
      const ends = over(model, key, segment)
        .map(({ lever }) => lever)
        .filter(isEnd);
      if (only === 'disable') return ends.includes('disable');
      return !ends.includes('disable') && ends.at(-1) === only;
    };
    if (levers.length === 1 && only && isEnd(only) && places.every(soAlready)) return 'NOTHING_TO_ROLL_BACK';
  } else if (target !== null) {
    left = serving.filter(([, release]) => release !== target);
    if (left.length === 0) return 'NOTHING_TO_ROLL_BACK';
    if (left.some(([stage, release]) => !isTarget(model, stage, release, target)))
      return 'NOT_A_ROLLBACK_TARGET';
  } else {
    if (serving.length === 0) return 'NOTHING_TO_ROLL_BACK';
    left = serving;
    const found = derived(model, serving, levers);
    if ('code' in found) return found.code;
    parts = found;
    const same = [...model.releases.values()].find(
      (one) => one.prompt === found.prompt && one.model === found.model,
    );
    if (same && isLeft(model, same.id)) return 'QUARANTINED';
  }
  const running = model.lays.some(
    ({ until, stage }) => until !== null && model.hours < until && stages.includes(stage ?? ''),
  );
  if (drill && running) return 'DRILL_RUNNING';
  if (!made) return '';
  model.tick += 1;
  if (parts && made.served && !model.releases.has(made.served.id)) {
    const { from: derivedFrom, prompt, model: pinned } = parts;
    model.releases.set(made.served.id, { ...made.served, prompt, model: pinned, parent: null, derivedFrom });
  }
  const moves = target !== null && segment === '' && !drill;
  for (const place of places) {
    const leaves = left.some(([stage]) => stage === place);
    const serve = leaves && !moves && made.served ? [`serve:${made.served.id}`] : [];
    lay(
      model,
      asked,
      place,
      [...plain.filter((lever) => place !== null || isEnd(lever)), ...serve],
      leaves,
      made,
    );
  }
  if (drill) return '';
  for (const [stage, release] of left) {
    model.quarantines.push({ stage, release, segment, rollback: made.rollback, by: asked.by });
    if (!moves) continue;
    model.pointers[stage] = { release: target, sinceHours: stay(model, stage, target) };
    model.entries.push({ stage, release: target, at: model.tick, gated: false });
  }
  const incident = made.incident ?? '';
  if (!model.incidents.has(incident)) model.incidents.set(incident, 'open');
  for (const stage of stages) model.holds.push({ stage, rollback: made.rollback, incident, by: asked.by });
  return '';
}

const stay = (model: Model, stage: string, release: string): number => {
  const now = model.pointers[stage];
  return now?.release === release ? now.sinceHours : model.hours;
};

export interface EndAsked {
  rollback: string;
  stage: string | null;
  segment: Segment;
  levers: string[];
}

/** Ends an overlay: through no hold, onto nothing that was left. `BLOCKED`: the gates of what is under it are not complete. */
export function endOverlay(model: Model, asked: EndAsked): string {
  const { stage, segment } = asked;
  const isIt = (one: Lay) =>
    one.until === null &&
    one.rollback === asked.rollback &&
    one.stage === stage &&
    one.segment === segment &&
    asked.levers.includes(one.lever);
  if (!model.lays.some(isIt)) return 'CONFLICT';
  const after = { ...model, lays: model.lays.filter((one) => !isIt(one)) };
  const code = stage === null ? '' : objectionToEnd(model, after, stage, segment);
  if (code === '') model.lays = after.lays;
  return code;
}

function objectionToEnd(before: Model, after: Model, stage: string, segment: Segment): string {
  const release = servedTo(after, stage, segment);
  const [was, is] = [before, after].map((one) => over(one, stage, segment));
  if (release === null || (is ?? []).some(({ lever }) => isEnd(lever))) return '';
  if (isLeft(after, release)) return 'QUARANTINED';
  const outcome = (lays: readonly Lay[], model: Model) =>
    lays.some(({ lever }) => isEnd(lever))
      ? 'ended'
      : `${servedBy(lays) ?? model.pointers[stage]?.release ?? ''} ${String(lays.some(({ lever }) => lever === 'tool'))}`;
  const [wasOutcome, isOutcome] = [outcome(was ?? [], before), outcome(is ?? [], after)];
  const narrows =
    isOutcome === wasOutcome || (isOutcome === `${release} true` && wasOutcome === `${release} false`);
  if (narrows) return '';
  if (before.holds.some((hold) => hold.stage === stage)) return 'STAGE_ON_HOLD';
  return firstIn(before, stage, release, true) === null ? 'BLOCKED' : '';
}
