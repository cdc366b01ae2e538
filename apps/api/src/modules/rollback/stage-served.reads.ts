import { Injectable } from '@nestjs/common';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { StageReads } from '../stage/stage.reads.js';
import type { Stage } from '../stage/stage.types.js';
import { servedIn } from './served-in.domain.js';
import type { StageServed } from './stage-served.types.js';
import { StandingReads } from './standing.reads.js';

/** What stages serve, for lists. Batched over the request. */
@Injectable()
export class StageServedReads {
  constructor(
    private readonly stages: StageReads,
    private readonly standing: StandingReads,
  ) {}

  async of(loaders: Loaders, { workflowId, key }: Pick<Stage, 'workflowId' | 'key'>): Promise<StageServed> {
    const [occupant, overlays, quarantines] = await Promise.all([
      this.stages.occupant(loaders, { workflowId, key }),
      this.standing.openOverlays(loaders, workflowId),
      this.standing.openQuarantines(loaders, workflowId),
    ]);
    const { overlay, ...served } = servedIn({ overlays, quarantines }, { key, pointer: occupant });
    return { ...served, since: overlay?.from ?? null, rollbackNumber: overlay?.rollbackNumber ?? null };
  }
}
