import { isLeft, madeOf, position, servedTo, stageKeys, type Model, type ModelPromotion } from './state.js';

export interface RequestAsked {
  kind: ModelPromotion['kind'];
  release: string;
  to: string;
  incident: string | null;
}

/** Hours that a replacement or a fix spends in a stage before the next: the default stages'. */
const replaceHours: Record<string, number> = { internal: 1, limited: 2, expanded: 4, general: 0 };

function planned(model: Model, { kind, release, to }: RequestAsked): string[] {
  if (kind === 'climb') return [to];
  const parent = model.releases.get(release)?.parent ?? null;
  return stageKeys.filter((key) => {
    const here = model.pointers[key]?.release ?? null;
    if (position(key) > position(to) || here === null) return false;
    return kind === 'fix' ? here !== release : here === parent;
  });
}

function requestObjection(model: Model, asked: RequestAsked, own: string | null): string {
  if (isLeft(model, asked.release)) return 'QUARANTINED';
  if (model.pointers[asked.to]?.release === asked.release) return 'ALREADY_LIVE';
  const moves = planned(model, asked);
  const release = model.releases.get(asked.release);
  const parent = model.releases.get(release?.parent ?? '');
  if (asked.kind === 'replace' && (!parent || parent.model !== release?.model)) return 'NOT_REPLACEABLE';
  if (moves.length === 0) return 'NOT_REPLACEABLE';
  const taken = [...model.promotions.values()].some(
    (other) =>
      other.id !== own && other.moves.some(({ stage, state }) => state === 'open' && moves.includes(stage)),
  );
  return taken ? 'PROMOTION_OPEN' : '';
}

export function request(model: Model, asked: RequestAsked, id: string | null): string {
  const code = requestObjection(model, asked, null);
  if (code !== '' || id === null) return code;
  const moves = planned(model, asked).map((stage) => ({ stage, state: 'open' as const }));
  model.promotions.set(id, { ...asked, id, moves, revision: 1, approved: [], state: 'open' });
  return '';
}

export function retarget(model: Model, id: string, release: string, expectedRevision: number): string {
  const promotion = model.promotions.get(id);
  if (promotion?.state !== 'open') return 'CONFLICT';
  if (promotion.revision !== expectedRevision) return 'CONFLICT';
  if (promotion.release === release) return 'NOTHING_CHANGED';
  if (promotion.moves.some(({ state }) => state === 'executed')) return 'CONFLICT';
  const asked = { ...promotion, release };
  const code = requestObjection(model, asked, id);
  if (code !== '') return code;
  const stages = planned(model, asked);
  if (promotion.moves.some(({ stage, state }) => state === 'withdrawn' && stages.includes(stage)))
    return 'NOT_REPLACEABLE';
  for (const move of promotion.moves) if (!stages.includes(move.stage)) move.state = 'withdrawn';
  for (const stage of stages)
    if (!promotion.moves.some((move) => move.stage === stage)) promotion.moves.push({ stage, state: 'open' });
  promotion.release = release;
  promotion.revision += 1;
  return '';
}

export function approve(model: Model, id: string, shown: string): string {
  const promotion = model.promotions.get(id);
  if (promotion?.state !== 'open') return 'CONFLICT';
  if (promotion.release !== shown) return 'APPROVAL_STALE';
  promotion.approved.push(shown);
  return '';
}

function descends(model: Model, release: string | null, from: string): boolean {
  if (release === null) return false;
  const one = model.releases.get(release);
  return (
    release === from ||
    descends(model, one?.parent ?? null, from) ||
    descends(model, one?.derivedFrom ?? null, from)
  );
}

function entryObjection(model: Model, promotion: ModelPromotion, stage: string): string {
  const { release, kind, incident } = promotion;
  if (isLeft(model, release)) return 'QUARANTINED';
  if (model.holds.some((hold) => hold.stage === stage && (kind !== 'fix' || hold.incident !== incident)))
    return 'STAGE_ON_HOLD';
  if (model.pointers[stage]?.release === release) return 'ALREADY_LIVE';
  const previous = stageKeys[position(stage) - 1];
  const before = previous === undefined ? undefined : model.pointers[previous];
  if (previous !== undefined && before?.release !== release) return 'OUT_OF_ORDER';
  const base = stageKeys
    .slice(position(stage))
    .map((key) => servedTo(model, key, ''))
    .find((one, at) => one !== null && model.pointers[stageKeys[position(stage) + at] ?? ''] !== undefined);
  if (base != null && !descends(model, release, base) && !descends(model, release, madeOf(model, base)))
    return 'BEHIND_LIVE';
  const short = before && model.hours - before.sinceHours < (replaceHours[previous ?? ''] ?? 0);
  return kind !== 'climb' && short ? 'SOAK_INCOMPLETE' : '';
}

/** Moves into the next stage. `BLOCKED`: a gate is incomplete, here the approval's. */
export function execute(model: Model, id: string, shown: string): string {
  const promotion = model.promotions.get(id);
  const move = promotion?.moves
    .filter(({ state }) => state === 'open')
    .sort((a, b) => position(a.stage) - position(b.stage))[0];
  if (promotion?.state !== 'open' || !move) return 'CONFLICT';
  if (promotion.release !== shown) return 'APPROVAL_STALE';
  const code = entryObjection(model, promotion, move.stage);
  if (code !== '') return code;
  if (!promotion.approved.includes(promotion.release))
    return promotion.approved.length > 0 ? 'APPROVAL_STALE' : 'BLOCKED';
  const { stage } = move;
  model.tick += 1;
  move.state = 'executed';
  if (promotion.moves.every(({ state }) => state !== 'open')) promotion.state = 'executed';
  model.pointers[stage] = { release: promotion.release, sinceHours: model.hours };
  model.entries.push({ stage, release: promotion.release, at: model.tick, gated: true });
  const elsewhere = new Set(
    model.lays.flatMap((lay) =>
      lay.until === null && lay.stage !== null && lay.stage !== stage ? [lay.rollback] : [],
    ),
  );
  model.lays = model.lays.filter(
    (lay) =>
      lay.until !== null || (lay.stage !== stage && (lay.stage !== null || elsewhere.has(lay.rollback))),
  );
  if (promotion.kind === 'fix' && promotion.incident !== null) {
    model.holds = model.holds.filter((hold) => hold.stage !== stage || hold.incident !== promotion.incident);
    model.incidents.set(promotion.incident, 'monitoring');
  }
  return '';
}
