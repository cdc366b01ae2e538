import { addPromptVersion } from './prompt.builder.js';
import {
  createRelease,
  releasedWorkflow,
  type CreatedRelease,
  type ReleasedWorkflow,
} from './release.builder.js';
import { staffedTeam, type StaffedTeam } from './team.builder.js';
import { lowTierCore, type ContractContent } from './workflow.builder.js';
import type { Person, World } from './world.js';

export interface ReadinessAnswer {
  evaluatedAt: string;
  complete: boolean;
  digest: string;
  canonical: string;
  tier: string;
  stageRevision: number;
  order: { ok: boolean; code: string | null };
  gates: { area: string; complete: boolean; checks: CheckAnswered[] }[];
}

export interface CheckAnswered {
  id: string;
  mode: string;
  status: string;
  reason: string;
  requiredHere: boolean;
  inherited: boolean;
  waiver: { id: string } | null;
}

const fields = `evaluatedAt complete digest canonical tier stageRevision order { ok code }
  gates { area complete checks { id mode status reason requiredHere inherited waiver { id } } }`;

/** Twenty cases that pass, of the statuses and categories that the rules ask about. */
const cases = Array.from({ length: 20 }, (_, index) => ({
  ...{
    caseId: `case-${String(index)}`,
    outcome: 'pass',
    category: 'success',
    latencyMs: 500,
    costUsd: 0.001,
  },
  expectedStatus: index % 2 === 0 ? 'routed' : 'unsure',
  metrics: [
    { name: 'accuracy', score: 1 },
    { name: 'schema_validity', score: 1 },
  ],
}));

/** A low-tier workflow of a staffed team, with a suite; each release can be measured, asked for, reviewed and moved. */
export class GatedWorkflow {
  private wordings = 0;

  private constructor(
    readonly world: World,
    readonly team: StaffedTeam,
    /** A second member, who wrote nothing and asks for promotions. */
    readonly lead: Person,
    readonly released: ReleasedWorkflow,
    readonly suiteId: string,
  ) {}

  get id(): string {
    return this.released.id;
  }

  get first(): CreatedRelease {
    return this.released.release;
  }

  static async create(world: World, content: ContractContent = {}): Promise<GatedWorkflow> {
    const team = await staffedTeam(world);
    const lead = await world.person({ name: 'Lead', teams: [{ teamId: team.id, role: 'member' }] });
    const released = await releasedWorkflow(world, team, { core: lowTierCore, ...content });
    const { evalSuite } = await world.mustAct<{ evalSuite: { id: string } }>(
      'evalSuiteCreate',
      'evalSuite { id }',
      { workflowId: released.id, key: 'gate', name: 'Gate' },
      team.member,
    );
    const made = new GatedWorkflow(world, team, lead, released, evalSuite.id);
    await made.suiteVersion(0);
    return made;
  }

  async suiteVersion(expectedVersion: number, description = 'What it must reach'): Promise<void> {
    const definition = {
      description,
      metrics: [
        { name: 'accuracy', threshold: 0.9, minSamples: 3, tolerance: 0.1 },
        { name: 'schema_validity', threshold: 1, minSamples: 3 },
      ],
      minCasesPerCategory: { success: 3 },
    };
    const input = { suiteId: this.suiteId, expectedVersion, definition };
    await this.world.mustAct(
      'evalSuiteVersionCreate',
      'evalSuiteVersion { version }',
      input,
      this.team.member,
    );
  }

  async measure(releaseId: string): Promise<void> {
    const plain = { holdpoint: 'eval-run@1', label: 'nightly', cases };
    const input = { workflowId: this.id, suiteId: this.suiteId, releaseId, plain };
    await this.world.mustAct('evalRunImport', 'evalRun { id }', input, this.team.member);
  }

  /** A release that differs from its parent in the prompt only. */
  async reworded(parentReleaseId: string): Promise<CreatedRelease> {
    this.wordings += 1;
    const { prompt, model } = this.released;
    const text = `Route this ticket, wording ${String(this.wordings)}: {{ticket}}`;
    const promptVersionId = await addPromptVersion(this.world, prompt.id, this.team.member, text);
    return createRelease(this.world, this.id, this.team.member, {
      promptVersionId,
      modelConfigVersionId: model.versionId,
      parentReleaseId,
    });
  }

  async readiness(releaseId: string, stage: string, at: string | null = null): Promise<ReadinessAnswer> {
    const { readiness } = await this.world.gql<{ readiness: ReadinessAnswer }>(
      `query ($releaseId: ID!, $stage: String!, $at: DateTime) { readiness(releaseId: $releaseId, stage: $stage, evaluatedAt: $at) { ${fields} } }`,
      { releaseId, stage, at },
      { as: this.lead },
    );
    return readiness;
  }

  async check(id: string, releaseId: string, stage: string): Promise<CheckAnswered> {
    const found = (await this.readiness(releaseId, stage)).gates
      .flatMap((gate) => gate.checks)
      .find((check) => check.id === id);
    if (!found) throw new Error(`There is no check ${id}`);
    return found;
  }

  async answer(checkId: string, over: Record<string, unknown> = {}, as: Person = this.team.member) {
    const evidence = [{ kind: 'url', value: 'https://example.com/evidence' }];
    return this.world.act<{ checkAnswer: { id: string; bindings: Record<string, string> } | null }>(
      'checkAnswer',
      'checkAnswer { id bindings }',
      { workflowId: this.id, checkId, answer: 'yes', evidence, ...over },
      as,
    );
  }

  async request(
    releaseId: string,
    toStage: string,
    kind = 'climb',
  ): Promise<{ id: string; revision: number }> {
    const input = { workflowId: this.id, releaseId, toStage, kind };
    const { promotion } = await this.world.mustAct<{ promotion: { id: string; revision: number } }>(
      ...(['promotionRequest', 'promotion { id revision }', input, this.lead] as const),
    );
    return promotion;
  }

  approve(promotionId: string, digest: string) {
    const input = { promotionId, digest, verdict: 'approve' };
    return this.world.mustAct('promotionReview', 'promotion { id }', input, this.team.reviewer);
  }

  execute(promotionId: string, expectedDigest: string) {
    return this.world.act<{ promotion: { state: string } | null; readiness: ReadinessAnswer | null }>(
      'promotionExecute',
      `promotion { state } readiness { ${fields} }`,
      { promotionId, expectedDigest },
      this.lead,
    );
  }

  /** Measured, asked for, approved and moved; throws where something is in the way. */
  async promote(release: CreatedRelease, toStage: string, kind = 'climb'): Promise<void> {
    await this.measure(release.id);
    const { id } = await this.request(release.id, toStage, kind);
    await this.approve(id, release.digest);
    const { readiness, userErrors } = await this.execute(id, release.digest);
    if (!readiness?.complete || userErrors.length > 0) {
      const open = readiness?.gates.flatMap((gate) => gate.checks).filter((check) => check.requiredHere);
      throw new Error(
        JSON.stringify({
          userErrors,
          open: open?.map(({ id: check, status, reason }) => [check, status, reason]),
        }),
      );
    }
  }
}
