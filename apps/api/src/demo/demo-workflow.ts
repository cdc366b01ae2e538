import { isComplete, type Readiness } from '../modules/readiness/readiness-result.domain.js';
import type { StageDefinition } from '../modules/stage/stage.schema.js';
import { organisationRoles } from '../platform/identity/roles.js';
import { evidenceFor } from './answers.js';
import type { DemoServices } from './demo-services.js';
import { demoRequest, type DemoPeople } from './demo-team.js';
import { redteamRun, regularRun, type MeasuredRun } from './eval-cases.js';
import type { DemoPersonKey } from './people.js';
import type { Story } from './story.js';

export interface DemoRelease {
  id: string;
  digest: string;
}

/** One workflow of the demo, and what people do with it. Every step is an act of a person who may do it. */
export class DemoWorkflow {
  private id = '';
  private teamId = '';
  private suiteId = '';
  private modelVersionId = '';
  private promptId = '';
  private readonly promptVersionIds: string[] = [];
  private operatingVersion = 0;
  private runs = 0;
  private readonly releases: DemoRelease[] = [];

  constructor(
    private readonly services: DemoServices,
    private readonly people: DemoPeople,
    readonly story: Story,
  ) {}

  /** Team, workflow, published contract, operating record, model and suite. */
  async register(): Promise<void> {
    const { services, story } = this;
    this.teamId = await this.people.formTeam(story.team);
    const author = await this.people.as('author');
    const registered = { teamId: this.teamId, ...story.workflow };
    this.id = (await services.registration.register(author, demoRequest, registered)).workflowId;
    const draft = { workflowId: this.id, expectedRevision: 0, ...story.contract };
    await services.contracts.saveDraft(author, demoRequest, draft);
    await services.contracts.publish(author, demoRequest, { workflowId: this.id, expectedRevision: 1 });
    await this.confirmOperating();
    const { key, name, definition } = story.suite;
    const suite = await services.evals.createSuite(author, demoRequest, { workflowId: this.id, key, name });
    this.suiteId = suite.suiteId;
    const version = { suiteId: this.suiteId, expectedVersion: 0, definition };
    await services.evals.createVersion(author, demoRequest, version);
    const { provider, model, parameters, ...config } = story.model;
    const made = await services.models.create(author, demoRequest, { teamId: this.teamId, ...config });
    const snapshot = { ...made, provider, model, parameters, commitMessage: 'Pin the dated snapshot' };
    this.modelVersionId = (
      await services.models.createVersion(author, demoRequest, snapshot)
    ).modelConfigVersionId;
    const prompt = { teamId: this.teamId, key: story.prompt.key, name: story.prompt.name };
    this.promptId = (await services.prompts.create(author, demoRequest, prompt)).promptId;
  }

  /** Every duty done today, and who runs it confirmed. */
  async confirmOperating(): Promise<void> {
    const { operating, team } = this.story;
    const lastDoneAt = this.services.clock.now().toISOString();
    const content = {
      ...operating,
      ownerTeam: team.key,
      accountableUserId: this.people.id('author'),
      duties: (operating.duties ?? []).map((duty) => ({ ...duty, ownerTeam: team.key, lastDoneAt })),
    };
    const input = { workflowId: this.id, expectedVersion: this.operatingVersion, content };
    await this.services.operating.save(await this.people.as('author'), demoRequest, input);
    this.operatingVersion += 1;
  }

  /** The next prompt version of the story, and a release of it that follows this one: else the one before. */
  async release(alias: string, notes: string, parent = this.releases.at(-1)): Promise<void> {
    const author = await this.people.as('author');
    const { text, commitMessage } = this.story.prompt.versions[this.promptVersionIds.length] ?? {};
    const version = { promptId: this.promptId, format: 'text', text, commitMessage };
    const { promptVersionId } = await this.services.prompts.createVersion(author, demoRequest, version);
    this.promptVersionIds.push(promptVersionId);
    const { releaseId } = await this.services.releases.create(author, demoRequest, {
      workflowId: this.id,
      alias,
      notes,
      parentReleaseId: parent?.id ?? null,
      steps: [{ name: 'main', promptVersionId, modelConfigVersionId: this.modelVersionId }],
    });
    const { digest } = await this.services.database.client.release.findUniqueOrThrow({
      where: { id: releaseId },
      select: { digest: true },
    });
    this.releases.push({ id: releaseId, digest });
  }

  /** Opens a stage that serves nothing yet to the keys of pages. */
  async openToPages(stageKey: string, reason: string): Promise<void> {
    const { canonical, revision } = await this.services.database.client.stageRevision.findFirstOrThrow({
      where: { workflowId: this.id, stageKey },
      orderBy: { revision: 'desc' },
    });
    const definition = { ...(JSON.parse(canonical) as StageDefinition), public: true };
    const input = { workflowId: this.id, stageKey, expectedRevision: revision, definition, reason };
    await this.services.stages.revise(await this.people.as('author'), demoRequest, input);
  }

  async measure(run: MeasuredRun): Promise<void> {
    const { definition } = this.story.suite;
    this.runs += 1;
    const label = `Gate run ${String(this.runs)}`;
    await this.importRun(regularRun(definition, this.statuses(), { ...run, label }));
  }

  async attack(): Promise<void> {
    await this.importRun(redteamRun(this.story.suite.definition));
  }

  /** @returns the id of a promotion that is open now. */
  async request(toStage: string, kind: 'climb' | 'replace', note: string): Promise<string> {
    const input = { workflowId: this.id, releaseId: this.latest().id, toStage, kind, note };
    return (await this.services.promotions.request(await this.people.as('author'), demoRequest, input))
      .promotionId;
  }

  /** Of the team that owns it. */
  get owner(): string {
    return this.teamId;
  }

  get first(): DemoRelease | undefined {
    return this.releases[0];
  }

  /** The release before its latest one. */
  get earlier(): DemoRelease {
    const earlier = this.releases.at(-2);
    if (!earlier) throw new Error('There is no earlier release yet');
    return earlier;
  }

  get workflowId(): string {
    return this.id;
  }

  /** Of its latest release. */
  get digest(): string {
    return this.latest().digest;
  }

  /** Answers whatever a person can answer for this stage, each check by somebody of the role it asks for. */
  async answer(stageKey: string, promotionId?: string, left: readonly string[] = []): Promise<void> {
    const readiness = await this.readinessFor(stageKey, promotionId);
    for (const check of readiness.gates.flatMap((gate) => gate.checks)) {
      if (!check.requiredHere || isComplete(check.status) || check.mode === 'auto') continue;
      if (left.includes(check.id)) continue;
      const answer = { answer: 'yes', ...evidenceFor(check.id, this.story), checkId: check.id };
      const who = await this.people.as(this.answererOf(check.clearedBy));
      const input = { ...answer, workflowId: this.id, releaseId: this.latest().id };
      await this.services.answers.give(who, demoRequest, input);
    }
  }

  async approve(promotionId: string, comment: string, who: DemoPersonKey = 'reviewer'): Promise<void> {
    const input = { promotionId, digest: this.latest().digest, verdict: 'approve', comment };
    await this.services.reviews.review(await this.people.as(who), demoRequest, input);
  }

  /** Moves the pointer; the demo is wrong where a gate is not complete. */
  async execute(promotionId: string): Promise<void> {
    const input = { promotionId, expectedDigest: this.latest().digest };
    const done = await this.services.execution.execute(await this.people.as('reviewer'), demoRequest, input);
    if (done.readinessRecordId) return;
    const missing = done.readiness?.gates.flatMap((gate) =>
      gate.checks.filter((check) => check.requiredHere && !isComplete(check.status)),
    );
    const why = (missing ?? []).map((check) => `${check.id} ${check.status}: ${check.reason}`);
    const errors = done.userErrors.map((error) => error.message);
    throw new Error(`${this.story.workflow.key} is blocked: ${[...why, ...errors].join('; ')}`);
  }

  /** A climb from request to execution on one day, measured again first where `run` says what came out. */
  async climb(toStage: string, note: string, run?: MeasuredRun): Promise<void> {
    if (run) await this.measure(run);
    await this.confirmOperating();
    const promotionId = await this.request(toStage, 'climb', note);
    await this.answer(toStage, promotionId);
    await this.approve(promotionId, 'Read the contract, the prompt and the eval results.');
    await this.execute(promotionId);
  }

  private async readinessFor(stageKey: string, promotionId?: string): Promise<Readiness> {
    const { clock, database, readiness } = this.services;
    const subject = { workflowId: this.id, releaseId: this.latest().id, stageKey };
    const subjects = [promotionId ? { ...subject, promotionId } : subject];
    const [found] = await readiness.forSubjects(database.client, subjects, clock.now());
    if (!found) throw new Error('No readiness');
    return found;
  }

  private async importRun(plain: Record<string, unknown>): Promise<void> {
    const input = { workflowId: this.id, suiteId: this.suiteId, releaseId: this.latest().id, plain };
    await this.services.evals.importRun(await this.people.as('author'), demoRequest, input);
  }

  private answererOf(role: string): DemoPersonKey {
    if (organisationRoles.some((one) => one === role)) return role === 'risk_reviewer' ? 'risk' : 'security';
    return role === 'reviewer' ? 'reviewer' : 'author';
  }

  private statuses(): string[] {
    const { schema, statusField } = this.story.contract.output;
    const properties = schema['properties'] as Record<string, { enum?: string[] }>;
    return properties[statusField]?.enum ?? [];
  }

  private latest(): DemoRelease {
    const latest = this.releases.at(-1);
    if (!latest) throw new Error('There is no release yet');
    return latest;
  }
}
