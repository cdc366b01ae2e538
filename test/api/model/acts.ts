import { approve, execute, request, retarget, type RequestAsked } from './promoting.js';
import {
  endOverlay,
  rollBack,
  type EndAsked,
  type RollbackAsked,
  type RollbackMade,
} from './rolling-back.js';
import { isLeft, servedTo, stageKeys, type Model } from './state.js';
import type { Subject } from './subject.js';

/** One act as somebody asks for it, with everything chosen. */
export type Act =
  | { do: 'adopt'; release: string; stages: string[] }
  | ({ do: 'request' } & RequestAsked)
  | { do: 'retarget'; id: string; release: string; revision: number }
  | { do: 'approve'; id: string; shown: string }
  | { do: 'execute'; id: string; shown: string }
  | ({ do: 'rollBack' } & RollbackAsked)
  | { do: 'watch'; incident: string }
  | { do: 'lift'; rollback: string; stage: string; by: string }
  | { do: 'clear'; rollback: string; stage: string; by: string }
  | ({ do: 'end'; overlay: string; by: string } & EndAsked)
  | { do: 'endDrill'; rollback: string };

export interface Done {
  /** Empty: it happened. */
  code: string;
  id?: string | null;
  made?: RollbackMade | null;
}

/** Asks the product. */
export async function ask(subject: Subject, act: Act): Promise<Done> {
  const digest = (release: string) => subject.model.releases.get(release)?.digest ?? '';
  switch (act.do) {
    case 'adopt':
      return { code: await subject.adopt(act.release, act.stages) };
    case 'request':
      return subject.request(act);
    case 'retarget':
      return { code: await subject.retarget(act.id, act.release, act.revision) };
    case 'approve':
      return { code: await subject.approve(act.id, digest(act.shown)) };
    case 'execute':
      return { code: await subject.execute(act.id, digest(act.shown)) };
    case 'rollBack':
      return subject.rollBack(act);
    case 'watch':
      return { code: await subject.watch(act.incident) };
    case 'lift':
      return { code: await subject.lift(act.rollback, act.stage, act.by) };
    case 'clear':
      return { code: await subject.clear(act.rollback, act.stage, act.by) };
    case 'end':
      return { code: await subject.end(act.overlay, act.by) };
    case 'endDrill':
      return { code: await subject.endDrill(act.rollback) };
  }
}

function adopt(model: Model, release: string, stages: readonly string[]): string {
  if (model.adopted) return 'ALREADY_ADOPTED';
  if (model.holds.some(({ stage }) => stages.includes(stage))) return 'STAGE_ON_HOLD';
  if (isLeft(model, release)) return 'QUARANTINED';
  if (stageKeys.some((key) => model.pointers[key])) return 'ALREADY_LIVE';
  model.adopted = true;
  model.tick += 1;
  for (const stage of stages) {
    model.pointers[stage] = { release, sinceHours: model.hours };
    model.entries.push({ stage, release, at: model.tick, gated: false });
  }
  return '';
}

function lift(
  model: Model,
  { rollback, stage, by }: { rollback: string; stage: string; by: string },
): string {
  const hold = model.holds.find((one) => one.rollback === rollback && one.stage === stage);
  if (!hold) return 'CONFLICT';
  if (hold.by === by) return 'SECOND_PERSON_REQUIRED';
  if (model.incidents.get(hold.incident) === 'open') return 'INCIDENT_OPEN';
  model.holds = model.holds.filter((one) => one !== hold);
  return '';
}

function clear(
  model: Model,
  { rollback, stage, by }: { rollback: string; stage: string; by: string },
): string {
  const left = model.quarantines.find((one) => one.rollback === rollback && one.stage === stage);
  if (!left) return 'CONFLICT';
  if (left.by === by) return 'SECOND_PERSON_REQUIRED';
  if (servedTo(model, stage, left.segment) === left.release) return 'STILL_SERVED';
  model.quarantines = model.quarantines.filter((one) => one !== left);
  return '';
}

function endDrill(model: Model, rollback: string): string {
  const isIt = (one: Model['lays'][number]) =>
    one.rollback === rollback && one.until !== null && one.until > model.hours;
  if (!model.lays.some(isIt)) return 'CONFLICT';
  model.lays = model.lays.filter((one) => !isIt(one));
  return '';
}

function watch(model: Model, incident: string): string {
  if (model.incidents.get(incident) !== 'open') return 'CONFLICT';
  model.incidents.set(incident, 'monitoring');
  return '';
}

/** What the model says to it, knowing what the product called what it made. Changes the model where it happens. */
export function expected(model: Model, act: Act, { id = null, made = null }: Partial<Done>): string {
  switch (act.do) {
    case 'adopt':
      return adopt(model, act.release, act.stages);
    case 'request':
      return request(model, act, id);
    case 'retarget':
      return retarget(model, act.id, act.release, act.revision);
    case 'approve':
      return approve(model, act.id, act.shown);
    case 'execute':
      return execute(model, act.id, act.shown);
    case 'rollBack':
      return rollBack(model, act, made);
    case 'watch':
      return watch(model, act.incident);
    case 'lift':
      return lift(model, act);
    case 'clear':
      return clear(model, act);
    case 'end':
      return endOverlay(model, act);
    case 'endDrill':
      return endDrill(model, act.rollback);
  }
}

/** In words, with numbers for releases. */
export function inWords(model: Model, act: Act): string {
  const names = [...model.releases.keys()];
  const short = (value: unknown): unknown =>
    typeof value !== 'string'
      ? value
      : value.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) =>
          names.includes(id) ? `R${String(names.indexOf(id) + 1)}` : `…${id.slice(-4)}`,
        );
  const { do: verb, ...rest } = act;
  return `${verb} ${JSON.stringify(rest, (_key, value: unknown) => short(value))}`;
}
