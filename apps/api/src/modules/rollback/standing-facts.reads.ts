import { Injectable } from '@nestjs/common';
import { Prisma, type PrismaClient } from '../../platform/database/generated/client.js';
import type { Act } from '../../platform/door/act.types.js';
import { DoorClock } from '../../platform/door/door-clock.js';
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
import { standingExpression } from './standing-statement.js';

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

const isOver = (to: Date | null, at: Date) => to !== null && to <= at;

function standingOf(text: string, at: Date): Standing {
  const { core, ...raw } = JSON.parse(text) as RawStanding;
  return {
    ...raw,
    stages: raw.stages.map(stageOf),
    overlays: raw.overlays
      .map((one) => ({ ...one, from: new Date(one.from), to: dateOf(one.to) }))
      .filter(({ to }) => !isOver(to, at)),
    holds: raw.holds.map((one) => ({ ...one, from: new Date(one.from) })),
    releases: new Map(raw.releases.map((release) => [release.id, release])),
    failure: core?.failureBehaviour ?? null,
    namedLevers: core?.rollbackLevers ?? [],
  };
}

/** How a workflow stands, as decisions about rollbacks need it: one statement, or part of the one that opens an act. */
@Injectable()
export class StandingFactsReads {
  constructor(private readonly clock: DoorClock) {}

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
    const instant = Prisma.sql`${at.toISOString()}::timestamptz`;
    const [row] = await db.$queryRaw<{ standing: string | null }[]>`
      SELECT ${standingExpression(workflowId, targetIds, instant)} AS standing`;
    return row?.standing == null ? null : standingOf(row.standing, at);
  }

  /** What an act has read alongside its lock, to be understood with `under`. */
  alongside(workflowId: string, targetIds: readonly string[]): Prisma.Sql {
    // The act's time is read later in the same statement: whatever is over by then is left out when it is understood.
    const earlier = Prisma.sql`statement_timestamp() + ${this.clock.shiftMs} * interval '1 millisecond'`;
    return standingExpression(workflowId, targetIds, earlier);
  }

  /** How the act's workflow stands under its lock. */
  under({ alongside, now, workflow }: Act): Standing {
    if (alongside === null) throw new Error(`Workflow ${workflow.id} does not stand anywhere`);
    return standingOf(alongside, now);
  }
}
