import { DoorClock } from '../../../apps/api/src/platform/door/door-clock.js';
import { incidentAct } from '../../support/incident.builder.js';
import { Promotions } from '../../support/promotion.builder.js';
import { releasedWorkflow, type CreatedRelease } from '../../support/release.builder.js';
import { freshKey, Rollbacks } from '../../support/rollback.builder.js';
import { thinStages } from '../../support/stage.builder.js';
import type { StaffedTeam } from '../../support/team.builder.js';
import { lowTierCore } from '../../support/workflow.builder.js';
import type { Person, World } from '../../support/world.js';
import { emptyModel, rulesOf, type Model } from './state.js';
import type { RequestAsked } from './promoting.js';
import type { RollbackAsked, RollbackMade } from './rolling-back.js';

const argsSchema = { type: 'object' };
const tools = {
  tools: [
    {
      ...{ name: 'lookup', description: 'Looks a code up', effect: 'read', argsSchema },
      ...{ approval: 'none', idempotent: true },
    },
  ],
  limits: { maxToolCalls: 3, timeoutMs: 1000 },
};
const core = {
  ...lowTierCore,
  pattern: 'prompt_tools',
  layers: [{ kind: 'tools', solvesFailure: 'Codes change every month' }],
};

export interface People {
  team: StaffedTeam;
  responder: Person;
  other: Person;
}

interface Payload {
  userErrors: { code: string }[];
}
const codeOf = ({ userErrors }: Payload) => userErrors[0]?.code ?? '';

/** One workflow of the product, and what the model thinks of it. */
export class Subject {
  readonly said: string[] = [];
  /** What was live at which instant. */
  readonly history: { at: Date; pointers: Record<string, string> }[] = [];
  lastEpoch = 0;
  private words = 0;

  private constructor(
    readonly world: World,
    readonly people: People,
    readonly promotions: Promotions,
    readonly rollbacks: Rollbacks,
    readonly suiteId: string,
    public model: Model,
  ) {}

  static async create(world: World, people: People): Promise<Subject> {
    const { team, responder } = people;
    const workflow = await releasedWorkflow(world, team, { core, tools });
    await thinStages(world, workflow.id, team);
    const { evalSuite } = await world.mustAct<{ evalSuite: { id: string } }>(
      ...([
        'evalSuiteCreate',
        'evalSuite { id }',
        { workflowId: workflow.id, key: 'gate', name: 'Gate' },
      ] as const),
      team.member,
    );
    const definition = {
      ...{ description: 'What it must be', minCasesPerCategory: {} },
      metrics: [{ name: 'accuracy', threshold: 0.5, minSamples: 1 }],
    };
    const version = { suiteId: evalSuite.id, expectedVersion: 0, definition };
    await world.mustAct('evalSuiteVersionCreate', 'evalSuiteVersion { id }', version, team.member);
    const promotions = new Promotions(world, team, workflow);
    const { id, digest } = workflow.release;
    const first = { id, digest, prompt: workflow.prompt.versionId, model: workflow.model.versionId };
    return new Subject(
      ...([world, people, promotions, new Rollbacks(world, workflow.id, responder), evalSuite.id] as const),
      emptyModel({ ...first, parent: null, derivedFrom: null }),
    );
  }

  get workflowId(): string {
    return this.promotions.workflow.id;
  }

  now(): number {
    return this.world.app.get(DoorClock).now().getTime();
  }

  person(by: string): Person {
    return { responder: this.people.responder, other: this.people.other }[by] ?? this.people.team.reviewer;
  }

  /** A release with a prompt, or a model, of its own. */
  async register(parent: string, differsIn: 'prompt' | 'model', model: Model): Promise<string> {
    this.words += 1;
    const from = model.releases.get(parent)!;
    const made = await this.made(from, differsIn);
    const { steps } = await this.world.db.release.findUniqueOrThrow({
      where: { id: made.id },
      include: { steps: true },
    });
    const { promptVersionId: prompt, modelConfigVersionId } = steps[0]!;
    const { id, digest } = made;
    model.releases.set(id, { id, digest, prompt, model: modelConfigVersionId, parent, derivedFrom: null });
    return id;
  }

  private made(from: { id: string; prompt: string; model: string }, differsIn: 'prompt' | 'model') {
    const { prompt, model } = this.promotions.workflow;
    const parent = { id: from.id } as CreatedRelease;
    const { world, team } = this.promotions;
    const like = new Promotions(world, team, {
      ...this.promotions.workflow,
      ...{ prompt: { ...prompt, versionId: from.prompt }, model: { ...model, versionId: from.model } },
    });
    return differsIn === 'prompt'
      ? like.withPrompt(parent, `Wording ${String(this.words)}: {{ticket}}`)
      : like.withModel(parent, this.words / 1000);
  }

  async measure(releaseId: string): Promise<void> {
    const cases = [{ caseId: 'nonsense', outcome: 'pass', metrics: [{ name: 'accuracy', score: 1 }] }];
    const plain = { holdpoint: 'eval-run@1', label: 'nightly', cases };
    const input = { workflowId: this.workflowId, suiteId: this.suiteId, releaseId, plain };
    await this.world.mustAct('evalRunImport', 'evalRun { id }', input, this.people.team.member);
  }

  async adopt(release: string, stageKeys: readonly string[]): Promise<string> {
    const input = { workflowId: this.workflowId, releaseId: release, stageKeys, reason: 'It was live' };
    return codeOf(
      await this.world.act<Payload>('workflowAdopt', 'adoption { id }', input, this.people.team.reviewer),
    );
  }

  async request({ kind, release, to, incident }: RequestAsked): Promise<{ code: string; id: string | null }> {
    const mends =
      kind === 'fix'
        ? { incidentId: incident, addedCase: { suiteId: this.suiteId, caseId: 'nonsense' } }
        : {};
    const input = { workflowId: this.workflowId, releaseId: release, toStage: to, kind, ...mends };
    const answer = await this.world.act<Payload & { promotion: { id: string } | null }>(
      ...(['promotionRequest', 'promotion { id }', input, this.people.team.member] as const),
    );
    return { code: codeOf(answer), id: answer.promotion?.id ?? null };
  }

  async retarget(id: string, release: string, expectedRevision: number): Promise<string> {
    const input = { promotionId: id, expectedRevision, releaseId: release };
    return codeOf(
      await this.world.act<Payload>('promotionRetarget', 'promotion { id }', input, this.people.team.member),
    );
  }

  async approve(id: string, digest: string): Promise<string> {
    return codeOf(await this.promotions.review({ id, digest }));
  }

  async execute(id: string, digest: string): Promise<string> {
    const done = await this.promotions.execute({ id, digest });
    return done.moved ? '' : codeOf(done) || 'BLOCKED';
  }

  /** Pressed twice with the same key, as on a bad connection: it happens once. */
  async rollBack(asked: RollbackAsked): Promise<{ code: string; made: RollbackMade | null }> {
    const levers = asked.levers.map((lever) => this.lever(lever));
    const place = {
      ...(asked.stages === 'workflow'
        ? { scope: 'workflow' }
        : asked.stages
          ? { stageKeys: asked.stages }
          : {}),
      ...(asked.leave === null || asked.drill ? {} : { leaveReleaseId: asked.leave }),
      segment: rulesOf(asked.segment),
    };
    if (asked.drill) return this.answered(await this.rollbacks.drill({ ...place, levers }));
    const press = { ...place, levers, idempotencyKey: freshKey() };
    const person = this.person(asked.by);
    const [one, two] = await Promise.all([
      this.rollbacks.trigger(press, person),
      this.rollbacks.trigger(press, person),
    ]);
    // What was refused is not remembered: with acts of others between them, only one of them may have happened.
    if (one.rollback && two.rollback && one.rollback.id !== two.rollback.id)
      throw new Error('Two presses with one key rolled back twice');
    return this.answered(one.rollback ? one : two);
  }

  private answered(answer: {
    userErrors: { code: string }[];
    rollback: { id: string; levers: { releaseId: string | null; digest: string | null }[] } | null;
    incident?: { id: string } | null;
  }): { code: string; made: RollbackMade | null } {
    const { rollback } = answer;
    if (!rollback) return { code: codeOf(answer), made: null };
    const lever = rollback.levers.find(({ releaseId }) => releaseId !== null);
    const served = lever ? { id: lever.releaseId!, digest: lever.digest! } : null;
    return { code: '', made: { rollback: rollback.id, incident: answer.incident?.id ?? null, served } };
  }

  private lever(text: string) {
    const [kind = '', value = ''] = text.split(':');
    if (kind === 'fallback') return { kind, to: value };
    if (kind === 'tool') return { kind: 'disableTool', tool: 'lookup' };
    if (kind === 'prompt') return { kind: 'revertPrompt', promptVersionId: value };
    if (kind === 'model') return { kind: 'pinModel', modelConfigVersionId: value };
    const digest = this.model.releases.get(value)?.digest ?? null;
    return kind === 'revert' ? { kind: 'revertRelease', releaseId: value, digest } : { kind };
  }

  async lift(rollback: string, stageKey: string, by: string): Promise<string> {
    const hold = await this.world.db.hold.findFirstOrThrow({ where: { rollbackId: rollback, stageKey } });
    return codeOf(await this.rollbacks.lift(hold, this.person(by)));
  }

  async clear(rollback: string, stageKey: string, by: string): Promise<string> {
    const found = await this.world.db.quarantine.findFirstOrThrow({
      where: { rollbackId: rollback, stageKey },
    });
    return codeOf(await this.rollbacks.clear(found, this.person(by)));
  }

  async end(overlayId: string, by: string): Promise<string> {
    const answer = await this.rollbacks.end({ id: overlayId }, this.person(by));
    const { readiness } = answer;
    return codeOf(answer) || (readiness && !readiness.complete ? 'BLOCKED' : '');
  }

  async endDrill(rollback: string): Promise<string> {
    return codeOf(await this.rollbacks.endDrill({ id: rollback }));
  }

  async watch(incidentId: string): Promise<string> {
    return codeOf(
      await incidentAct(this.world, 'incidentMonitor', { incidentId, note: '' }, this.people.other),
    );
  }
}
