import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { ModelReads } from '../model/model.reads.js';
import { PromptReads } from '../prompt/prompt.reads.js';
import { ContractReads, idsOfKinds } from '../workflow/contract.reads.js';
import { authorsBetween, type PinnedVersion, type VersionTrail } from './authors.domain.js';
import { ReleaseReads } from './release.reads.js';
import type { Release } from './release.types.js';

interface Written extends PinnedVersion {
  /** Id of the version. */
  id: string;
  authorId: string;
  responsibleIds?: string[];
}

export interface AuthoredPair {
  release: Release;
  baseline: Release | null;
}

/** Who wrote what a release would bring in. */
@Injectable()
export class ReleaseAuthorsReads {
  constructor(
    private readonly releases: ReleaseReads,
    private readonly contracts: ContractReads,
    private readonly prompts: PromptReads,
    private readonly models: ModelReads,
  ) {}

  /**
   * Ids of the persons who may not approve this release over this baseline: its maker, who answers for it, and whoever
   * wrote a version of a component, prompt or model config that it brings in.
   */
  async authorsSince(release: Release, baseline: Release | null, db: Tx): Promise<string[]> {
    return (await this.authors([{ release, baseline }], db))[0] ?? [];
  }

  /** The same for any number of releases, in six statements. */
  async authors(pairs: readonly AuthoredPair[], db: Tx): Promise<string[][]> {
    const all = pairs.flatMap(({ release, baseline }) => (baseline ? [release, baseline] : [release]));
    const steps = await this.releases.stepsOf(
      all.map((one) => one.id),
      db,
    );
    const pinnedIds = new Map(
      all.map((one) => {
        const mine = steps.filter((step) => step.releaseId === one.id);
        const versions = mine.flatMap((step) => [step.promptVersionId, step.modelConfigVersionId]);
        return [one.id, new Set([...Object.values(idsOfKinds(one)), ...versions])];
      }),
    );
    const written = await this.written([...new Set(all.map((one) => one.workflowId))], steps, db);
    const trails = this.trails(written);
    const pinnedBy = (one: Release) => written.filter((version) => pinnedIds.get(one.id)?.has(version.id));
    return pairs.map(({ release, baseline }) => {
      const authors = authorsBetween(pinnedBy(release), baseline ? pinnedBy(baseline) : [], trails);
      return [...new Set([release.createdById, ...release.responsibleIds, ...authors])];
    });
  }

  /** Every version of every thing that these workflows and steps pin. */
  private async written(
    workflowIds: readonly string[],
    steps: readonly { promptVersionId: string; modelConfigVersionId: string }[],
    db: Tx,
  ): Promise<Written[]> {
    const components = await this.contracts.trails(workflowIds, db);
    const promptVersions = await this.prompts.versionsById(
      steps.map((step) => step.promptVersionId),
      db,
    );
    const modelVersions = await this.models.versionsById(
      steps.map((step) => step.modelConfigVersionId),
      db,
    );
    const prompts = await this.prompts.trails([...new Set(promptVersions.map((v) => v.promptId))], db);
    const models = await this.models.trails([...new Set(modelVersions.map((v) => v.modelConfigId))], db);
    return [
      ...components.map((c) => ({ ...c, thing: `${c.workflowId} ${c.kind}` })),
      ...prompts.map((v) => ({ ...v, thing: v.promptId, number: v.version })),
      ...models.map((v) => ({ ...v, thing: v.modelConfigId, number: v.version })),
    ];
  }

  private trails(written: readonly Written[]): VersionTrail[] {
    const trails = new Map<string, VersionTrail>();
    for (const { thing, number, authorId, responsibleIds = [] } of written) {
      const trail = trails.get(thing) ?? { thing, versions: [] };
      trail.versions.push({ number, authorId, responsibleIds });
      trails.set(thing, trail);
    }
    return [...trails.values()];
  }
}
