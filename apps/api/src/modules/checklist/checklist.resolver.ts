import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { Permit } from '../../platform/permissions/permit.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { checklistView } from './checklist-view.js';
import { ChecklistReads } from './checklist.reads.js';
import { ChecklistType } from './checklist.types.js';

@Resolver(() => ChecklistType)
@Permit('registry.read')
export class ChecklistResolver {
  constructor(private readonly reads: ChecklistReads) {}

  @Query(() => ChecklistType, { description: 'The newest version, or the one asked for' })
  @Permit('registry.read')
  async checklist(@Args('version', { type: () => Int, nullable: true }) version?: number | null) {
    const published = version == null ? await this.reads.newest() : await this.reads.version(version);
    if (!published)
      throw new Refusal('NOT_FOUND', 'This version of the checklist was never published', ['version']);
    return checklistView(published);
  }
}
