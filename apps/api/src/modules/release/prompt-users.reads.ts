import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { Actor } from '../../platform/identity/actor.js';
import { PromptReads } from '../prompt/prompt.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import type { Workflow } from '../workflow/workflow.types.js';
import { ReleaseReads } from './release.reads.js';

/** Which workflows use a prompt: those to which a new version of it is worth offering. */
@Injectable()
export class PromptUsersReads {
  constructor(
    private readonly prompts: PromptReads,
    private readonly releases: ReleaseReads,
    private readonly workflows: WorkflowReads,
  ) {}

  async usersOf(loaders: Loaders, actor: Actor, promptId: string): Promise<Workflow[]> {
    const loader = loaders.once('promptUsers', async (promptIds: readonly string[]) => {
      const versions = await this.prompts.trails(promptIds);
      const pins = await this.releases.workflowsPinning(versions.map((version) => version.id));
      return promptIds.map((id) => {
        const mine = new Set(
          versions.filter((version) => version.promptId === id).map((version) => version.id),
        );
        return [...new Set(pins.filter((pin) => mine.has(pin.promptVersionId)).map((pin) => pin.workflowId))];
      });
    });
    const ids = (await loader.load(promptId)) ?? [];
    const found = await Promise.all(ids.map((id) => this.workflows.load(loaders, actor, id)));
    return found.filter((workflow) => workflow !== null).sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
