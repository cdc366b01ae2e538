import type { Promotions, UserError } from './promotion.builder.js';
import type { Person, World } from './world.js';

export interface RollbackState {
  id: string;
  number: number;
  kind: string;
  scope: string;
  stageKeys: string[];
  levers: { kind: string; releaseId: string | null; digest: string | null }[];
  reason: string | null;
  triggeredByName: string;
  askedAt: string;
  appliedAt: string;
  incarnation: number;
  epoch: number;
  leftReleases: { id: string; number: number }[];
  overlays: {
    id: string;
    stageKey: string | null;
    kind: string;
    to: string | null;
    endedBy: string | null;
  }[];
  holds: { id: string; stageKey: string; to: string | null; viewerCanLift: boolean }[];
  quarantines: { id: string; stageKey: string; clearedAt: string | null; release: { id: string } }[];
  reviewDueAt: string | null;
  viewerCanReview: boolean;
}

const fields = `id number kind scope stageKeys levers { kind releaseId digest } reason triggeredByName askedAt appliedAt
  incarnation epoch leftReleases { id number } overlays { id stageKey kind to endedBy }
  holds { id stageKey to viewerCanLift } quarantines { id stageKey clearedAt release { id } } reviewDueAt viewerCanReview`;

export type LeverAsked = {
  kind: string;
  to?: string;
  releaseId?: string | null;
  digest?: string | null;
  step?: string;
  promptVersionId?: string;
  modelConfigVersionId?: string;
  tool?: string;
};

export interface Asked {
  levers: LeverAsked[];
  scope?: string;
  stageKeys?: string[];
  segment?: unknown;
  leaveReleaseId?: string;
  reason?: string;
  incidentId?: string;
  idempotencyKey?: string;
}

export interface Triggered {
  rollback: RollbackState | null;
  incident: { id: string; number: number; title: string; state: string; origin: string } | null;
  userErrors: UserError[];
}

let count = 0;
export const freshKey = (): string => `rollback-key-${String((count += 1))}-${String(process.pid)}`;

export interface OnCallState {
  live: { alias: string; releaseId: string; stageKeys: string[]; byName: string | null } | null;
  lastGood: { releaseId: string; digest: string; alias: string } | null;
  recommendation: { kind: string; reason: string; targetReleaseId: string | null; to: string | null } | null;
  levers: { kind: string; available: boolean; whyNot: string | null }[];
  serving: {
    stageKey: string;
    number: number | null;
    releaseId: string | null;
    effectiveOutcome: string;
    occupancyOrigin: string | null;
    overlay: { id: string; kind: string } | null;
    hold: { id: string } | null;
    trafficShare: number | null;
  }[];
  version: { incarnation: number; epoch: number };
  openIncidents: { id: string; number: number; state: string }[];
  viewerCanRollBack: boolean;
}

const onCallFields = `live { alias releaseId stageKeys byName } lastGood { releaseId digest alias }
  recommendation { kind reason targetReleaseId to } levers { kind available whyNot }
  serving { stageKey number releaseId effectiveOutcome occupancyOrigin overlay { id kind } hold { id } trafficShare }
  version { incarnation epoch } openIncidents { id number state } viewerCanRollBack`;

export interface PreviewState {
  stages: {
    stageKey: string;
    leavesReleaseId: string | null;
    getsReleaseId: string | null;
    getsDigest: string | null;
    outcome: string;
  }[];
  levers: LeverAsked[];
  prompts: { step: string; before: { version: number } | null; after: { version: number } | null }[];
  shareOfTraffic: number | null;
  warnings: { code: string; message: string }[];
  notRolledBack: { what: string; why: string }[];
  targetReleaseId: string | null;
  targetDigest: string | null;
  recommendation: { kind: string; reason: string } | null;
  blockers: { code: string; message: string; field: string[] | null }[];
}

const previewFields = `stages { stageKey leavesReleaseId getsReleaseId getsDigest outcome }
  levers { kind to releaseId digest step promptVersionId modelConfigVersionId tool } shareOfTraffic
  prompts { step before { version } after { version } }
  warnings { code message } notRolledBack { what why } targetReleaseId targetDigest recommendation { kind reason }
  blockers { code message field }`;

interface EndPreview {
  release: { id: string; digest: string } | null;
  readiness: { complete: boolean } | null;
  blockers: { code: string }[];
}

/** What was left out is left out, so that a preview's levers can be pulled as they are. */
export const asInput = (levers: readonly LeverAsked[]): LeverAsked[] =>
  levers.map(
    (lever) => Object.fromEntries(Object.entries(lever).filter(([, value]) => value != null)) as LeverAsked,
  );

/** The acts of rollbacks on one workflow, by whoever is on call. */
export class Rollbacks {
  constructor(
    readonly world: World,
    readonly workflowId: string,
    readonly responder: Person,
  ) {}

  trigger(asked: Asked, as = this.responder): Promise<Triggered> {
    const { reason = 'It answers nonsense', idempotencyKey = freshKey(), ...rest } = asked;
    const input = { workflowId: this.workflowId, reason, idempotencyKey, ...rest };
    const incident = 'incident { id number title state origin }';
    return this.world.act<Triggered>('rollbackTrigger', `rollback { ${fields} } ${incident}`, input, as);
  }

  async must(asked: Asked, as = this.responder) {
    const { rollback, incident, userErrors } = await this.trigger(asked, as);
    if (!rollback || !incident) throw new Error(JSON.stringify(userErrors));
    return { rollback, incident };
  }

  /** Back to this release, wherever what came last serves. */
  revert(release: { id: string; digest: string }, asked: Omit<Asked, 'levers'> = {}, as = this.responder) {
    const levers = [{ kind: 'revertRelease', releaseId: release.id, digest: release.digest }];
    return this.must({ levers, ...asked }, as);
  }

  async preview(asked: Partial<Asked> = {}, as = this.responder): Promise<PreviewState> {
    const query = `query ($input: RollbackPreviewInput!) { rollbackPreview(input: $input) { ${previewFields} } }`;
    const input = { workflowId: this.workflowId, ...asked };
    return (await this.world.gql<{ rollbackPreview: PreviewState }>(query, { input }, { as }))
      .rollbackPreview;
  }

  async onCall(as = this.responder): Promise<OnCallState> {
    const query = `query ($workflow: String!) { onCall(workflow: $workflow) { ${onCallFields} } }`;
    return (await this.world.gql<{ onCall: OnCallState }>(query, { workflow: this.workflowId }, { as }))
      .onCall;
  }

  async read(id: string, as = this.responder): Promise<RollbackState> {
    const query = `query ($id: ID!) { rollback(id: $id) { ${fields} } }`;
    return (await this.world.gql<{ rollback: RollbackState }>(query, { id }, { as })).rollback;
  }

  lift(hold: { id: string }, as: Person, note = 'It is mended') {
    return this.world.act<{ hold: { id: string; to: string | null } | null }>(
      'holdLift',
      'hold { id to }',
      { holdId: hold.id, note },
      as,
    );
  }

  end(overlay: { id: string }, as: Person, expectedDigest?: string | null) {
    return this.world.act<{
      overlay: { id: string; to: string | null; endedBy: string | null } | null;
      readiness: {
        complete: boolean;
        gates: { checks: { id: string; status: string; requiredHere: boolean }[] }[];
      } | null;
    }>(
      'overlayEnd',
      'overlay { id to endedBy } readiness { complete gates { checks { id status requiredHere } } }',
      { overlayId: overlay.id, ...(expectedDigest === undefined ? {} : { expectedDigest }) },
      as,
    );
  }

  /** What ending an overlay would come to; null: it has ended. */
  async endPreview(overlay: { id: string }, as = this.responder) {
    const query = `query ($id: ID!) { overlayEndPreview(overlayId: $id) {
      release { id digest } readiness { complete } blockers { code } } }`;
    const { overlayEndPreview: found } = await this.world.gql<{ overlayEndPreview: EndPreview | null }>(
      query,
      { id: overlay.id },
      { as },
    );
    return found && { ...found, blockers: found.blockers.map(({ code }) => code) };
  }

  clear(quarantine: { id: string }, as: Person) {
    return this.world.act<{ quarantine: { id: string; clearedAt: string | null } | null }>(
      'quarantineClear',
      'quarantine { id clearedAt }',
      { quarantineId: quarantine.id, reason: 'It was the provider' },
      as,
    );
  }

  review(rollback: { id: string }, as: Person, verdict = 'justified') {
    return this.world.act<{ rollback: { review: { verdict: string } | null } | null }>(
      'rollbackReview',
      'rollback { review { verdict } }',
      { rollbackId: rollback.id, verdict, comment: 'Looked at it' },
      as,
    );
  }

  drill(input: Record<string, unknown>, as = this.responder) {
    return this.world.act<{ rollback: RollbackState | null }>(
      'drillStart',
      `rollback { ${fields} }`,
      { workflowId: this.workflowId, ...input },
      as,
    );
  }

  endDrill(rollback: { id: string }, as = this.responder) {
    return this.world.act<{ rollback: RollbackState | null }>(
      'drillEnd',
      `rollback { ${fields} }`,
      { rollbackId: rollback.id },
      as,
    );
  }
}

/** Rollbacks of a workflow of promotions, by a responder of its team. */
export async function rollbacksOf({ world, team, workflow }: Promotions): Promise<Rollbacks> {
  const responder = await world.person({ teams: [{ teamId: team.id, role: 'responder' }] });
  return new Rollbacks(world, workflow.id, responder);
}
