import { Injectable } from '@nestjs/common';
import type { PrismaClient } from '../../platform/database/generated/client.js';
import type { FailureBehaviour, Lever as LeverKind } from '../workflow/contract.schema.js';
import type {
  OpenHold,
  OpenOverlay,
  PointerFact,
  StageEntryFact,
  Standing,
  StandingRelease,
  StandingStage,
} from './standing.domain.js';
import { standingStatement } from './standing-statement.js';

/** JSON as the statement gives it: times are texts still. */
type Raw<T> = {
  [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K];
};
type RawStage = Omit<StandingStage, 'pointer' | 'entries'> & {
  pointer: Raw<PointerFact> | null;
  entries: Raw<StageEntryFact>[];
};
type RawStanding = Omit<
  Standing,
  'stages' | 'overlays' | 'holds' | 'releases' | 'failure' | 'namedLevers'
> & {
  stages: RawStage[];
  overlays: Raw<OpenOverlay>[];
  holds: Raw<OpenHold>[];
  releases: StandingRelease[];
  core: { failureBehaviour: FailureBehaviour; rollbackLevers: LeverKind[] } | null;
};

const dateOf = (text: string | null) => (text === null ? null : new Date(text));

const stageOf = ({ pointer, entries, ...stage }: RawStage): StandingStage => ({
  ...stage,
  pointer: pointer && { ...pointer, from: new Date(pointer.from) },
  entries: entries.map(({ firstFrom, firstGated, lastFrom, until, ...entry }) => ({
    ...entry,
    ...{ firstFrom: new Date(firstFrom), firstGated: dateOf(firstGated) },
    ...{ lastFrom: new Date(lastFrom), until: dateOf(until) },
  })),
});

function standingOf({ core, ...raw }: RawStanding): Standing {
  return {
    ...raw,
    stages: raw.stages.map(stageOf),
    overlays: raw.overlays.map((one) => ({ ...one, from: new Date(one.from), to: dateOf(one.to) })),
    holds: raw.holds.map((one) => ({ ...one, from: new Date(one.from) })),
    releases: new Map(raw.releases.map((release) => [release.id, release])),
    failure: core?.failureBehaviour ?? null,
    namedLevers: core?.rollbackLevers ?? [],
  };
}

/** How a workflow stands, as decisions about rollbacks need it: one statement. */
@Injectable()
export class StandingFactsReads {
  /**
   * @param db the outer client, or an act's transaction
   * @param targetIds releases that are asked for; of the others, a stage knows the latest fifty
   */
  async of(
    db: Pick<PrismaClient, '$queryRaw'>,
    workflowId: string,
    at: Date,
    targetIds: readonly string[] = [],
  ): Promise<Standing | null> {
    const [row] = await db.$queryRaw<{ standing: string }[]>(standingStatement(workflowId, targetIds, at));
    return row ? standingOf(JSON.parse(row.standing) as RawStanding) : null;
  }
}
