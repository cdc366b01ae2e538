import { addModelVersion } from './model.builder.js';
import { addPromptVersion } from './prompt.builder.js';
import {
  createRelease,
  releasedWorkflow,
  type CreatedRelease,
  type ReleasedWorkflow,
} from './release.builder.js';
import { stagesOf, thinStages } from './stage.builder.js';
import type { StaffedTeam } from './team.builder.js';
import type { Person, World } from './world.js';

export interface UserError {
  code: string;
  message: string;
  field: string[] | null;
}

export interface PromotionState {
  id: string;
  kind: string;
  state: string;
  digest: string;
  revision: number;
  moves: { stageKey: string; state: string }[];
  requiredApprovals: number;
  currentApprovals: number;
  missingRoles: string[];
  viewerCanReview: boolean;
  viewerCannotReviewReason: string | null;
  viewerCanExecute: boolean;
  viewerCannotExecuteReason: string | null;
  reviews: { verdict: string; current: boolean; staleFields: string[] }[];
  baseline: { id: string } | null;
  diff: { changedComponents: string[] };
}

export const promotionFields = `id kind state digest revision moves { stageKey state }
  requiredApprovals currentApprovals missingRoles viewerCanReview viewerCannotReviewReason
  viewerCanExecute viewerCannotExecuteReason reviews { verdict current staleFields } baseline { id }
  diff { changedComponents }`;

export interface Executed {
  moved: boolean;
  promotion: PromotionState | null;
  readiness: {
    complete: boolean;
    evaluatedAt: string;
    digest: string;
    order: { ok: boolean; code: string | null };
    gates: { checks: { id: string; status: string; requiredHere: boolean; inherited: boolean }[] }[];
  } | null;
  userErrors: UserError[];
}

const readinessFields = `complete evaluatedAt digest order { ok code }
  gates { checks { id status requiredHere inherited } }`;

type Asked = { release: { id: string }; toStage?: string; kind?: string; stageRevisionId?: string };
type PromotionPayload = { promotion: PromotionState | null; userErrors: UserError[] };

/** The acts of promotions, by the people of one team. */
export class Promotions {
  constructor(
    readonly world: World,
    readonly team: StaffedTeam,
    readonly workflow: ReleasedWorkflow,
  ) {}

  tryRequest(
    { release, toStage = 'internal', kind = 'climb', stageRevisionId }: Asked,
    as = this.team.member,
  ) {
    const input = { workflowId: this.workflow.id, releaseId: release.id, toStage, kind, stageRevisionId };
    const selection = `promotion { ${promotionFields} }`;
    return this.world.act<PromotionPayload>('promotionRequest', selection, input, as);
  }

  async request(asked: Asked, as = this.team.member): Promise<PromotionState> {
    return must(await this.tryRequest(asked, as));
  }

  review(
    promotion: { id: string; digest: string },
    as = this.team.reviewer,
    verdict = 'approve',
    comment = 'Read',
  ) {
    const input = { promotionId: promotion.id, digest: promotion.digest, verdict, comment };
    return this.world.act<PromotionPayload>('promotionReview', `promotion { ${promotionFields} }`, input, as);
  }

  retarget(promotion: PromotionState, release: { id: string }, as = this.team.member) {
    const input = { promotionId: promotion.id, expectedRevision: promotion.revision, releaseId: release.id };
    return this.world.act<PromotionPayload>(
      'promotionRetarget',
      `promotion { ${promotionFields} }`,
      input,
      as,
    );
  }

  withdraw(promotion: { id: string }, as = this.team.member) {
    const input = { promotionId: promotion.id, reason: 'No longer wanted' };
    return this.world.act<PromotionPayload>(
      'promotionWithdraw',
      `promotion { ${promotionFields} }`,
      input,
      as,
    );
  }

  execute(
    promotion: { id: string; digest: string },
    { as = this.team.member, idempotencyKey }: { as?: Person; idempotencyKey?: string } = {},
  ): Promise<Executed> {
    const input = { promotionId: promotion.id, expectedDigest: promotion.digest, idempotencyKey };
    const selection = `moved promotion { ${promotionFields} } readiness { ${readinessFields} }`;
    return this.world.act<Executed>('promotionExecute', selection, input, as);
  }

  async read(promotion: { id: string }, as = this.team.reviewer): Promise<PromotionState> {
    const query = `query ($id: ID!) { promotion(id: $id) { ${promotionFields} } }`;
    return (await this.world.gql<{ promotion: PromotionState }>(query, { id: promotion.id }, { as }))
      .promotion;
  }

  /** Requests, approves and executes: the release is there afterwards. */
  async bring(release: { id: string }, toStage = 'internal', kind = 'climb'): Promise<PromotionState> {
    const promotion = await this.request({ release, toStage, kind });
    must(await this.review(promotion));
    const executed = await this.execute(promotion);
    if (!executed.readiness?.complete) throw new Error(`${toStage}: ${blocking(executed).join(', ')}`);
    return must(executed);
  }

  /** A release made from another, with another prompt. */
  async withPrompt(parent: CreatedRelease, text: string): Promise<CreatedRelease> {
    const promptVersionId = await addPromptVersion(
      this.world,
      this.workflow.prompt.id,
      this.team.member,
      text,
    );
    const modelConfigVersionId = this.workflow.model.versionId;
    return this.release({ promptVersionId, modelConfigVersionId, parentReleaseId: parent.id });
  }

  /** A release made from another, with other parameters of the model. */
  async withModel(parent: CreatedRelease, temperature: number): Promise<CreatedRelease> {
    const modelConfigVersionId = await addModelVersion(this.world, this.workflow.model.id, this.team.member, {
      temperature,
    });
    const promptVersionId = this.workflow.prompt.versionId;
    return this.release({ promptVersionId, modelConfigVersionId, parentReleaseId: parent.id });
  }

  private release(parts: Parameters<typeof createRelease>[3]): Promise<CreatedRelease> {
    return createRelease(this.world, this.workflow.id, this.team.member, parts);
  }
}

/** A workflow of its own, whose stages ask little: that the contract stands, and the review. */
export async function easyPromotions(world: World, team: StaffedTeam): Promise<Promotions> {
  const workflow = await releasedWorkflow(world, team);
  await thinStages(world, workflow.id, team);
  return new Promotions(world, team, workflow);
}

/** Release numbers by stage, in the order of the rollout; null for an empty one. */
export async function occupantNumbers({ world, workflow, team }: Promotions): Promise<(number | null)[]> {
  const stages = await stagesOf(world, workflow.id, team);
  return ['internal', 'limited', 'expanded', 'general'].map(
    (key) => stages[key]?.occupant?.release.number ?? null,
  );
}

/** `team.workflow` */
export async function fullKeyOf({ world, workflow, team }: Promotions): Promise<string> {
  const query = 'query ($id: ID!) { workflow(id: $id) { fullKey } }';
  const found = await world.gql<{ workflow: { fullKey: string } }>(
    query,
    { id: workflow.id },
    { as: team.member },
  );
  return found.workflow.fullKey;
}

export const codes = (payload: { userErrors: readonly { code: string }[] }): string[] =>
  payload.userErrors.map((error) => error.code);

/** Ids of the checks that keep the gates incomplete. */
export function blocking({ readiness }: Executed): string[] {
  const checks = readiness?.gates.flatMap((gate) => gate.checks) ?? [];
  const complete = ['pass', 'waived', 'not_applicable'];
  return checks
    .filter((check) => check.requiredHere && !complete.includes(check.status))
    .map((check) => check.id);
}

function must({ promotion, userErrors }: PromotionPayload): PromotionState {
  if (!promotion || userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return promotion;
}
