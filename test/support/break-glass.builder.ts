import { openIncident, type IncidentState } from './incident.builder.js';
import { Promotions, type Executed, type PromotionState } from './promotion.builder.js';
import { releasedWorkflow } from './release.builder.js';
import { reviseStage, thinStages } from './stage.builder.js';
import type { StaffedTeam } from './team.builder.js';
import type { Person, World } from './world.js';

export interface GrantState {
  id: string;
  state: string;
  expiresAt: string;
  createdAt: string;
}

export interface UseState {
  id: string;
  checkIds: string[];
  reason: string;
  createdAt: string;
  reviewDueAt: string;
  executedBy: { id: string };
  grantedBy: { id: string };
  review: { verdict: string } | null;
  viewerCanReview: boolean;
}

export const useFields = `id checkIds reason createdAt reviewDueAt executedBy { id } grantedBy { id } review { verdict }
  viewerCanReview`;

/** A workflow whose stages ask two questions that nobody has answered, and that may be waived; and an open incident. */
export class Emergency {
  private constructor(
    readonly promotions: Promotions,
    readonly incident: IncidentState,
    readonly administrator: Person,
  ) {}

  static async create(
    world: World,
    team: StaffedTeam,
    administrator: Person,
    checks: readonly string[] = ['SF-1', 'SF-2'],
  ): Promise<Emergency> {
    const workflow = await releasedWorkflow(world, team);
    for (const stageKey of ['internal', 'limited']) {
      await thinStages(world, workflow.id, team, [stageKey], ['WF-1', 'RO-5', ...checks]);
      await reviseStage(world, workflow.id, team, stageKey, (definition) => ({
        ...definition,
        checks: { ...definition.checks, added: [...checks] },
      }));
    }
    const incident = await openIncident(world, workflow.id, team.member);
    return new Emergency(new Promotions(world, team, workflow), incident, administrator);
  }

  get world(): World {
    return this.promotions.world;
  }

  get team(): StaffedTeam {
    return this.promotions.team;
  }

  get workflowId(): string {
    return this.promotions.workflow.id;
  }

  tryGrant(over: Record<string, unknown> = {}, as = this.administrator) {
    const input = {
      ...{ incidentId: this.incident.id, personId: this.team.member.userId, reason: 'It is down', ...over },
    };
    return this.world.act<{ grant: GrantState | null }>(
      ...(['breakGlassGrant', 'grant { id state expiresAt createdAt }', input, as] as const),
    );
  }

  async grant(over: Record<string, unknown> = {}): Promise<GrantState> {
    const { grant, userErrors } = await this.tryGrant(over);
    if (!grant) throw new Error(JSON.stringify(userErrors));
    return grant;
  }

  revoke(grant: { id: string }, as = this.administrator) {
    const input = { grantId: grant.id };
    return this.world.act<{ grant: GrantState | null }>('breakGlassRevoke', 'grant { id state }', input, as);
  }

  /** Asked for and approved: only the two questions are open. */
  async approved(release: { id: string } = this.promotions.workflow.release, toStage = 'internal') {
    const promotion = await this.promotions.request({ release, toStage });
    await this.promotions.review(promotion);
    return promotion;
  }

  use(
    promotion: PromotionState,
    grant: { id: string },
    over: Record<string, unknown> = {},
    as = this.team.member,
  ): Promise<Executed> {
    const input = {
      ...{ promotionId: promotion.id, expectedDigest: promotion.digest, checkIds: ['SF-1', 'SF-2'] },
      ...{ grantId: grant.id, reason: 'The release that is out loses messages', ...over },
    };
    const selection = `moved promotion { id state } readiness { complete evaluatedAt order { ok code }
      gates { checks { id status requiredHere inherited } } }`;
    return this.world.act<Executed>('promotionBreakGlass', selection, input, as);
  }

  /** A release that came into the stage past its gates. */
  async brought(release?: { id: string }, toStage = 'internal'): Promise<UseState> {
    const executed = await this.use(await this.approved(release, toStage), await this.grant());
    if (executed.userErrors.length > 0) throw new Error(JSON.stringify(executed.userErrors));
    const [use] = await this.unreviewed();
    return use!;
  }

  async unreviewed(as = this.team.reviewer): Promise<UseState[]> {
    const { workflow } = await this.world.gql<{ workflow: { unreviewedBreakGlass: UseState[] } }>(
      `query ($id: ID!) { workflow(id: $id) { unreviewedBreakGlass { ${useFields} } } }`,
      { id: this.workflowId },
      { as },
    );
    return workflow.unreviewedBreakGlass;
  }

  review(use: { id: string }, as = this.team.reviewer, verdict = 'justified', comment = 'It had to be') {
    const input = { useId: use.id, verdict, comment };
    return this.world.act<{ use: UseState | null }>('breakGlassReview', `use { ${useFields} }`, input, as);
  }
}
