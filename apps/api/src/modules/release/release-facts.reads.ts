import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { ModelReads } from '../model/model.reads.js';
import { PromptReads } from '../prompt/prompt.reads.js';
import { ContractReads, idsOfKinds } from '../workflow/contract.reads.js';
import { componentKinds, type ComponentKind } from '../workflow/contract.schema.js';
import { authorsBetween, type PinnedVersion } from './authors.domain.js';
import { diffReleases, type ComparableRelease, type FieldChange } from './diff.domain.js';
import { lineageOf, type Lineage } from './lineage.domain.js';
import { ReleaseReads } from './release.reads.js';
import type { Release } from './release.types.js';
import type { JsonValue } from './value-diff.domain.js';

/** What a release has from nothing: the left side of a diff where nothing is live. */
export const nothing: ComparableRelease = {
  components: { core: null, output: null, retrieval: null, tools: null, budgets: null },
  steps: [],
};

/** What decisions about releases rest on. `db` is an act's transaction, or the client outside acts. */
@Injectable()
export class ReleaseFactsReads {
  constructor(
    private readonly releases: ReleaseReads,
    private readonly contracts: ContractReads,
    private readonly prompts: PromptReads,
    private readonly models: ModelReads,
  ) {}

  /** Every release of the workflow with what it was made from. One statement. */
  async lineage(workflowId: string, db: Pick<Tx, 'release'>): Promise<Lineage> {
    const select = { id: true, parentId: true, derivedFromId: true };
    return lineageOf(await db.release.findMany({ where: { workflowId }, select }));
  }

  /** Releases with their contents, by id. Four statements, however many. */
  async comparables(releases: readonly Release[], db: Tx): Promise<Map<string, ComparableRelease>> {
    const steps = await this.releases.stepsOf(
      releases.map((release) => release.id),
      db,
    );
    const pinned = releases.map((release) => idsOfKinds(release));
    const componentIds = pinned.flatMap((ids) => componentKinds.flatMap((kind) => ids[kind] ?? []));
    const components = new Map(
      (await this.contracts.components(componentIds, db)).map((c) => [c.id, c.content]),
    );
    const prompts = await this.prompts.versionsById(
      steps.map((step) => step.promptVersionId),
      db,
    );
    const models = await this.models.versionsById(
      steps.map((step) => step.modelConfigVersionId),
      db,
    );
    const stepOf = (step: (typeof steps)[number]): ComparableRelease['steps'][number] => {
      const prompt = prompts.find((version) => version.id === step.promptVersionId);
      const model = models.find((version) => version.id === step.modelConfigVersionId);
      if (!prompt || !model) throw new Error(`The step ${step.id} pins what does not exist`);
      const { digest, format, text, messages } = prompt;
      return {
        name: step.name,
        prompt: {
          digest,
          format,
          ...(text === null ? {} : { text }),
          ...(messages === null ? {} : { messages }),
        },
        model: {
          digest: model.digest,
          provider: model.provider,
          model: model.model,
          parameters: model.parameters as Record<string, JsonValue>,
        },
      };
    };
    const contentOf = (id: string | null) =>
      id === null ? null : ((components.get(id) ?? null) as JsonValue);
    return new Map(
      releases.map((release) => {
        const ids = idsOfKinds(release);
        const content = Object.fromEntries(componentKinds.map((kind) => [kind, contentOf(ids[kind])]));
        return [
          release.id,
          {
            components: content as Record<ComponentKind, JsonValue>,
            steps: steps.filter((step) => step.releaseId === release.id).map(stepOf),
          },
        ];
      }),
    );
  }

  /** Every field in which `to` differs from `from`; from nothing, everything in it is added. */
  async diff(from: Release | null, to: Release, db: Tx): Promise<FieldChange[]> {
    if (from?.digest === to.digest) return [];
    const contents = await this.comparables(from ? [from, to] : [to], db);
    const after = contents.get(to.id);
    if (!after) throw new Error(`The release ${to.id} has no content`);
    return diffReleases((from && contents.get(from.id)) ?? nothing, after);
  }

  /**
   * Ids of the persons who may not approve this release over this baseline: its maker, who answers for it, and whoever
   * wrote a version of a component, prompt or model config that it brings in.
   */
  async authorsSince(release: Release, baseline: Release | null, db: Tx): Promise<string[]> {
    const both = baseline ? [release, baseline] : [release];
    const steps = await this.releases.stepsOf(
      both.map((one) => one.id),
      db,
    );
    const [components, promptVersions, modelVersions] = [
      await this.contracts.trails(release.workflowId, db),
      await this.prompts.versionsById(
        steps.map((step) => step.promptVersionId),
        db,
      ),
      await this.models.versionsById(
        steps.map((step) => step.modelConfigVersionId),
        db,
      ),
    ];
    const pinnedBy = (one: Release): PinnedVersion[] => {
      const ids = new Set(Object.values(idsOfKinds(one)));
      const mine = steps.filter((step) => step.releaseId === one.id);
      return [
        ...components.filter((c) => ids.has(c.id)).map((c) => ({ thing: c.kind, number: c.number })),
        ...promptVersions
          .filter((version) => mine.some((step) => step.promptVersionId === version.id))
          .map((version) => ({ thing: version.promptId, number: version.version })),
        ...modelVersions
          .filter((version) => mine.some((step) => step.modelConfigVersionId === version.id))
          .map((version) => ({ thing: version.modelConfigId, number: version.version })),
      ];
    };
    const promptTrails = await this.prompts.trails([...new Set(promptVersions.map((v) => v.promptId))], db);
    const modelTrails = await this.models.trails([...new Set(modelVersions.map((v) => v.modelConfigId))], db);
    const written = [
      ...components.map((c) => ({ thing: c.kind, number: c.number, authorId: c.authorId })),
      ...promptTrails.map((v) => ({ thing: v.promptId, number: v.version, authorId: v.authorId })),
      ...modelTrails.map((v) => ({ thing: v.modelConfigId, number: v.version, authorId: v.authorId })),
    ];
    const trails = [...new Set(written.map((v) => v.thing))].map((thing) => ({
      thing,
      versions: written.filter((version) => version.thing === thing),
    }));
    const authors = authorsBetween(pinnedBy(release), baseline ? pinnedBy(baseline) : [], trails);
    return [...new Set([release.createdById, ...release.responsibleIds, ...authors])];
  }
}
