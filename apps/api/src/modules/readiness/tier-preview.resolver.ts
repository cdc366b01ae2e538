import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Permit } from '../../platform/permissions/permit.js';
import { isComputed, modeAt, requiredIds } from '../checklist/checklist.domain.js';
import { ChecklistReads } from '../checklist/checklist.reads.js';
import { checklistStages } from '../checklist/checklist.schema.js';
import { TierPreview } from '../workflow/contract.types.js';
import { RequiredCheckCount } from './tier-preview.types.js';

@Resolver(() => TierPreview)
@Permit('registry.read')
export class TierPreviewResolver {
  constructor(private readonly checklists: ChecklistReads) {}

  @ResolveField(() => [RequiredCheckCount], {
    description: 'What this tier will require, by stage; empty while there is no tier',
  })
  async requiredChecks(@Parent() { tier }: TierPreview): Promise<RequiredCheckCount[]> {
    if (!tier) return [];
    const { content } = await this.checklists.current();
    return checklistStages.map((stageKey) => {
      const ids = requiredIds(content, tier, checklistStages, stageKey);
      const checks = content.checks.filter((check) => ids.includes(check.id));
      return {
        stageKey,
        count: checks.length,
        computed: checks.filter((check) => isComputed(check, tier)).length,
        checks: checks
          .filter((check) => check.requiredFrom[tier] === stageKey)
          .map((check) => ({ id: check.id, area: check.area, text: check.text, mode: modeAt(check, tier) })),
      };
    });
  }
}
