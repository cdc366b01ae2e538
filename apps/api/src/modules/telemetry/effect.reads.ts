import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { effectOf, type Effect, type MeasuredInstance, type MeasuredRollback } from './effect.domain.js';

/** For how long after a rollback it is measured; milliseconds. What has not confirmed by then is kept so. */
export const measuredFor = 3_600_000;
/** For how long single instances can be told of; milliseconds. */
const toldFor = 24 * measuredFor;

/** From so many instances on, an effect that was measured is good for a moment; milliseconds. */
const manyInstances = 500;
const goodFor = 250;

interface Kept {
  expected: number;
  confirmed: number;
  slowestMs: number | null;
  completedAt: Date | null;
}
interface RollbackRow extends Kept {
  id: string;
  askedAt: Date;
  appliedAt: Date;
  endsAt: Date | null;
  levers: string[];
  isKept: boolean;
  now: Date;
}
type Times = 'firstSeenAt' | 'seenAt' | 'stoppedAt' | 'servesSince' | 'acknowledgedAt';
type InstanceRow = { rollbackId: string } & Omit<MeasuredInstance, Times> & {
    firstSeenAt: Date;
    seenAt: Date;
    stoppedAt: Date | null;
    servesSince: Date;
    acknowledgedAt: Date | null;
  };

/** What a rollback has come to so far, or had when it was no longer measured. */
export type MeasuredEffect = Effect & { readonly measuring: boolean };

/** What rollbacks and drills have come to. */
@Injectable()
export class EffectReads {
  private readonly recent = new Map<string, { at: number; effect: MeasuredEffect }>();

  constructor(private readonly database: Database) {}

  /** Batched over the request. Null for an unknown one. */
  load(loaders: Loaders, rollbackId: string): Promise<MeasuredEffect | null> {
    return loaders
      .once('rollbackEffect', async (ids: readonly string[]) => {
        const effects = await this.lately(ids);
        return ids.map((id) => effects.get(id) ?? null);
      })
      .load(rollbackId);
  }

  /** By the rollback's id, in two statements. What is kept once it was complete is never measured again. */
  async of(rollbackIds: readonly string[]): Promise<Map<string, MeasuredEffect>> {
    const rollbacks = await this.rollbacks(rollbackIds);
    const isTold = ({ appliedAt, now }: RollbackRow) => appliedAt.getTime() > now.getTime() - toldFor;
    const told = rollbacks.filter(isTold).map(({ id }) => id);
    const instances = told.length > 0 ? await this.instances(told) : [];
    return new Map(
      rollbacks.map((row) => {
        const own = instances.filter(({ rollbackId }) => rollbackId === row.id).map(measuredInstance);
        return [row.id, withKept(row, effectOf(measured(row), own, row.now.getTime()))];
      }),
    );
  }

  /** For screens, of which many may look at one rollback that thousands of instances follow. */
  private async lately(ids: readonly string[]): Promise<Map<string, MeasuredEffect>> {
    const now = performance.now();
    for (const [id, { at }] of this.recent) if (at < now - goodFor) this.recent.delete(id);
    const effects = await this.of(ids.filter((id) => !this.recent.has(id)));
    for (const [id, { effect }] of this.recent) if (ids.includes(id)) effects.set(id, effect);
    for (const [id, effect] of effects)
      if (effect.expected + effect.byOfrep.expected > manyInstances && !this.recent.has(id))
        this.recent.set(id, { at: now, effect });
    return effects;
  }

  private rollbacks(ids: readonly string[]): Promise<RollbackRow[]> {
    return this.database.client.$queryRaw<RollbackRow[]>`
      SELECT b.id::text, b.asked_at AS "askedAt", b.applied_at AS "appliedAt", clock_timestamp() AS now,
        CASE b.kind WHEN 'drill' THEN (SELECT min(o."to") FROM overlay o WHERE o.rollback_id = b.id) END AS "endsAt",
        ARRAY(SELECT l->>'kind' FROM jsonb_array_elements(b.levers) l) AS levers, e.rollback_id IS NOT NULL AS "isKept",
        coalesce(e.expected, 0) AS expected, coalesce(e.confirmed, 0) AS confirmed, e.slowest_ms AS "slowestMs",
        e.completed_at AS "completedAt"
      FROM rollback b LEFT JOIN rollback_effect e ON e.rollback_id = b.id
      WHERE b.id = ANY(${[...ids]}::uuid[])`;
  }

  /** Versions that this registry never made confirm nothing: they are above what the workflow serves now. */
  private instances(rollbackIds: readonly string[]): Promise<InstanceRow[]> {
    return this.database.client.$queryRaw<InstanceRow[]>`
      SELECT b.id::text AS "rollbackId", i.instance_id AS "instanceId", i.application, i.via, i.is_public AS "isPublic",
        i.first_seen_at AS "firstSeenAt", i.seen_at AS "seenAt", i.stopped_at AS "stoppedAt", i.incarnation, i.epoch,
        i.serves_since AS "servesSince", i.levers, i.is_fallback AS "isFallback", a.at AS "acknowledgedAt"
      FROM rollback b
      JOIN workflow w ON w.id = b.workflow_id
      JOIN instance i ON i.workflow_id = b.workflow_id AND i.environment = 'production'
        AND i.first_seen_at <= b.applied_at AND i.seen_at >= b.applied_at - INTERVAL '30 seconds'
      LEFT JOIN LATERAL (
        SELECT k.instance_id, min(k.at) AS at FROM acknowledgement k
        WHERE k.workflow_id = b.workflow_id AND (k.incarnation, k.epoch) >= (b.incarnation, b.epoch)
          AND (k.incarnation, k.epoch) <= (w.incarnation, w.epoch)
        GROUP BY k.instance_id
      ) a ON a.instance_id = i.instance_id
      WHERE b.id = ANY(${[...rollbackIds]}::uuid[])`;
  }
}

const time = (date: Date | null) => date?.getTime() ?? null;

const measured = ({ askedAt, appliedAt, endsAt, levers }: RollbackRow): MeasuredRollback => ({
  ...{ askedAt: askedAt.getTime(), appliedAt: appliedAt.getTime(), endsAt: time(endsAt), levers },
});

const measuredInstance = (row: InstanceRow): MeasuredInstance => ({
  ...row,
  ...{ firstSeenAt: row.firstSeenAt.getTime(), seenAt: row.seenAt.getTime(), stoppedAt: time(row.stoppedAt) },
  ...{ servesSince: row.servesSince.getTime(), acknowledgedAt: time(row.acknowledgedAt) },
});

/** What was measured then stands above what the instances that are left would give now. */
function withKept({ appliedAt, endsAt, now, isKept, ...kept }: RollbackRow, live: Effect): MeasuredEffect {
  const isPast = appliedAt.getTime() <= now.getTime() - measuredFor;
  const hasEnded = endsAt !== null && endsAt <= now;
  const isFinal = kept.completedAt !== null || isPast;
  if (!isKept || !isFinal) return { ...live, measuring: live.completedAt === null && !isPast && !hasEnded };
  const { expected, confirmed, slowestMs } = kept;
  const completedAt = time(kept.completedAt);
  return {
    ...live,
    measuring: false,
    ...{ expected, confirmed, slowestMs, completedAt, state: completedAt === null ? 'applied' : 'confirmed' },
    ...(completedAt === null ? {} : { stragglers: [], silent: 0, unhonoured: [] }),
  };
}
