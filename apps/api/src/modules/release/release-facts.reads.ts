import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { ModelReads } from '../model/model.reads.js';
import { PromptReads } from '../prompt/prompt.reads.js';
import { ContractReads, idsOfKinds } from '../workflow/contract.reads.js';
import { componentKinds, type ComponentKind } from '../workflow/contract.schema.js';
import { diffReleases, type ComparableRelease, type FieldChange } from './diff.domain.js';
import { lineageOf, type Lineage } from './lineage.domain.js';
import { ReleaseAuthorsReads } from './release-authors.reads.js';
import { ReleaseReads } from './release.reads.js';
import type { Release } from './release.types.js';
import type { JsonValue } from './value-diff.domain.js';

/** What a release has from nothing: the left side of a diff where nothing is live. */
export const nothing: ComparableRelease = {
  components: { core: null, output: null, retrieval: null, tools: null, budgets: null },
  steps: [],
};

export interface Comparison {
  from: Release | null;
  to: Release;
}

/** What decisions about releases rest on. `db` is an act's transaction, or the client outside acts. */
@Injectable()
export class ReleaseFactsReads {
  constructor(
    private readonly releases: ReleaseReads,
    private readonly contracts: ContractReads,
    private readonly prompts: PromptReads,
    private readonly models: ModelReads,
    private readonly authorship: ReleaseAuthorsReads,
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

  /** Every field in which `to` differs from `from`, for each pair; from nothing, everything in `to` is added. */
  async diffs(pairs: readonly Comparison[], db: Tx): Promise<FieldChange[][]> {
    const differing = pairs.filter(({ from, to }) => from?.digest !== to.digest);
    const releases = new Map(
      differing.flatMap(({ from, to }) => [from ?? to, to]).map((one) => [one.id, one]),
    );
    const contents =
      releases.size === 0
        ? new Map<string, ComparableRelease>()
        : await this.comparables([...releases.values()], db);
    return pairs.map(({ from, to }) => {
      const after = contents.get(to.id);
      if (from?.digest === to.digest || !after) return [];
      return diffReleases((from && contents.get(from.id)) ?? nothing, after);
    });
  }

  async diff(from: Release | null, to: Release, db: Tx): Promise<FieldChange[]> {
    return (await this.diffs([{ from, to }], db))[0] ?? [];
  }

  /** Ids of the persons who may not approve this release over this baseline. */
  authorsSince(release: Release, baseline: Release | null, db: Tx): Promise<string[]> {
    return this.authorship.authorsSince(release, baseline, db);
  }
}
