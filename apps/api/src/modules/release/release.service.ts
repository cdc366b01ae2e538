import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { canonicalJson } from '../../platform/digest/digest.js';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ModelReads } from '../model/model.reads.js';
import { PromptReads } from '../prompt/prompt.reads.js';
import { ContractReads, idsOfKinds } from '../workflow/contract.reads.js';
import { componentKinds, type ComponentKind } from '../workflow/contract.schema.js';
import { defaultAlias, evalDigest, releaseBundle, releaseDigest, type BundleStep } from './release.domain.js';
import { releaseCreate, type ReleaseCreate } from './release.schema.js';

type ChosenComponents = Record<ComponentKind, { id: string; digest: string } | null>;

/** Bundles the published contract, prompts and models into a release that never changes. */
@Injectable()
export class ReleaseService {
  constructor(
    private readonly door: Door,
    private readonly contracts: ContractReads,
    private readonly prompts: PromptReads,
    private readonly models: ModelReads,
  ) {}

  /** @throws Refusal CONFLICT naming the release that is the same, CONTRACT_INCOMPLETE while nothing is published */
  create(actor: Actor, requestId: string, raw: unknown): Promise<{ releaseId: string }> {
    const input = parse(releaseCreate, raw);
    const { workflowId, parentReleaseId, notes, idempotencyKey } = input;
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'releaseCreate', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'release.create' },
      },
      async (act) => {
        if (act.workflow.retiredAt) throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
        await this.checkParent(act, parentReleaseId);
        const components = await this.components(act, input.componentIds ?? null);
        const steps = await this.steps(act, input.steps);
        const digests = Object.fromEntries(
          componentKinds.map((kind) => [kind, components[kind]?.digest ?? null]),
        );
        const bundle = releaseBundle(digests as Record<ComponentKind, string | null>, steps);
        const digest = releaseDigest(bundle);
        const same = await act.tx.release.findFirst({ where: { workflowId, digest } });
        if (same)
          throw new Refusal(
            'CONFLICT',
            `Release ${same.alias} is exactly this already (number ${String(same.number)})`,
            ['input'],
          );
        const [id, number] = [act.newId(), act.workflow.lastReleaseNumber + 1];
        const alias = input.alias ?? defaultAlias(number, digest);
        await this.checkAlias(act, alias);
        const { core, output, retrieval, tools, budgets } = components;
        if (!core || !output) throw new Error('A release has a core and an output');
        await act.tx.release.create({
          data: {
            ...{
              id,
              workflowId,
              number,
              alias,
              digest,
              evalDigest: evalDigest(bundle),
              canonical: canonicalJson(bundle),
            },
            ...{ parentId: parentReleaseId, notes, createdById: act.actor.id, createdAt: act.now },
            ...{ coreId: core.id, outputId: output.id, retrievalId: retrieval?.id, toolsId: tools?.id },
            ...{ budgetsId: budgets?.id, responsibleIds: [...new Set(act.actor.responsibleIds)] },
          },
        });
        await act.tx.releaseStep.createMany({
          data: input.steps.map((step, position) => ({ id: act.newId(), releaseId: id, position, ...step })),
        });
        await act.tx.workflow.update({ where: { id: workflowId }, data: { lastReleaseNumber: number } });
        act.record({
          act: 'release.created',
          subjectKind: 'release',
          subjectId: id,
          subjectDigest: digest,
          data: { number, alias, parentId: parentReleaseId, evalDigest: evalDigest(bundle) },
        });
        act.emit('release.created', { releaseId: id });
        return { releaseId: id };
      },
    );
  }

  private async checkParent(act: Act, parentId: string | null): Promise<void> {
    if (parentId === null) return;
    const parent = await act.tx.release.findFirst({ where: { id: parentId, workflowId: act.workflow.id } });
    if (!parent)
      throw new Refusal('NOT_FOUND', 'This workflow has no such release', ['input', 'parentReleaseId']);
  }

  private async checkAlias(act: Act, alias: string): Promise<void> {
    const taken = await act.tx.release.findFirst({ where: { workflowId: act.workflow.id, alias } });
    if (taken) throw new Refusal('CONFLICT', `There is a release called ${alias}`, ['input', 'alias']);
  }

  /** Those that the maker names, else those of the latest publication. */
  private async components(
    act: Act,
    chosen: ReleaseCreate['componentIds'] | null,
  ): Promise<ChosenComponents> {
    const published = chosen ? null : await this.contracts.latestPublication(act.workflow.id, act.tx);
    if (!chosen && !published)
      throw new Refusal('CONTRACT_INCOMPLETE', 'Publish the contract first: a release is made of it', [
        'input',
        'workflowId',
      ]);
    const ids: Partial<Record<ComponentKind, string | null>> =
      chosen ?? (published ? idsOfKinds(published) : {});
    const wanted = componentKinds.flatMap((kind) => ids[kind] ?? []);
    const rows = await this.contracts.components(wanted, act.tx);
    const found: ChosenComponents = { core: null, output: null, retrieval: null, tools: null, budgets: null };
    for (const kind of componentKinds) {
      const id = ids[kind];
      if (id == null) continue;
      const row = rows.find(
        (one) => one.id === id && one.kind === kind && one.workflowId === act.workflow.id,
      );
      if (!row)
        throw new Refusal('NOT_FOUND', `This workflow has no such ${kind} component`, [
          'input',
          'componentIds',
          kind,
        ]);
      found[kind] = { id, digest: row.digest };
    }
    return found;
  }

  private async steps(
    act: Act,
    steps: readonly z.infer<typeof releaseCreate>['steps'][number][],
  ): Promise<BundleStep[]> {
    const prompts = await this.prompts.versionsById(
      steps.map((step) => step.promptVersionId),
      act.tx,
    );
    const models = await this.models.versionsById(
      steps.map((step) => step.modelConfigVersionId),
      act.tx,
    );
    return steps.map((step, index) => {
      const at = (field: string) => ['input', 'steps', String(index), field];
      const prompt = prompts.find((version) => version.id === step.promptVersionId);
      const model = models.find((version) => version.id === step.modelConfigVersionId);
      if (!prompt) throw new Refusal('NOT_FOUND', 'There is no such prompt version', at('promptVersionId'));
      if (!model)
        throw new Refusal('NOT_FOUND', 'There is no such model config version', at('modelConfigVersionId'));
      return { name: step.name, prompt: prompt.digest, model: model.digest };
    });
  }
}
