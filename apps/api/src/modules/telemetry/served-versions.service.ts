import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { Served, StepDigests } from './drift.domain.js';
import { isBefore, type Version } from './latest-versions.reads.js';

/** How many versions of a workflow this process remembers. */
const kept = 30;
/** Milliseconds before the same workflow is read again. */
const patience = 200;
/** Milliseconds for which everything that was ever served is remembered. */
const freshFor = 10_000;

type Remembered = { version: Version; served: Served };
type Row = Version & { stageKey: string | null; digest: string | null; steps: StepDigests | null };

const keyOf = ({ incarnation, epoch }: Version) => `${String(incarnation)}.${String(epoch)}`;

const steps = Prisma.sql`(
  SELECT jsonb_object_agg(t.name, jsonb_build_object('prompt', p.digest, 'model', m.digest))
  FROM release_step t JOIN prompt_version p ON p.id = t.prompt_version_id
  JOIN model_config_version m ON m.id = t.model_config_version_id WHERE t.release_id = r.id)`;

function servedOf(rows: readonly Row[]): Served {
  const stages = new Map<string, Set<string>>();
  const releases = new Map<string, StepDigests>();
  for (const { stageKey, digest, steps: digests } of rows) {
    if (digest === null) continue;
    releases.set(digest, digests ?? {});
    if (stageKey !== null) stages.set(stageKey, (stages.get(stageKey) ?? new Set()).add(digest));
  }
  return { stages, releases };
}

/**
 * What each version of a workflow could serve, as far as this process has seen it: read when the first instance reports
 * a version newer than any before, while that is what is served. A version that passed unseen is not remembered.
 */
@Injectable()
export class ServedVersions {
  private readonly versions = new Map<string, Map<string, Remembered>>();
  private readonly readAt = new Map<string, number>();
  private readonly underway = new Map<string, Promise<void>>();
  private readonly evers = new Map<string, { readAt: number; served: Served }>();

  constructor(private readonly database: Database) {}

  async of(workflowId: string, version: Version): Promise<Served | null> {
    const known = this.versions.get(workflowId)?.get(keyOf(version));
    if (known) return known.served;
    const newest = [...(this.versions.get(workflowId)?.values() ?? [])].at(-1);
    if (newest && isBefore(version, newest.version)) return null;
    await this.readCurrent(workflowId);
    return this.versions.get(workflowId)?.get(keyOf(version))?.served ?? null;
  }

  /** All that any pointer or overlay of the workflow ever served. */
  async ever(workflowId: string): Promise<Served> {
    const known = this.evers.get(workflowId);
    if (known && performance.now() - known.readAt < freshFor) return known.served;
    const rows = await this.database.client.$queryRaw<Row[]>`
      SELECT 0 AS incarnation, 0 AS epoch, s.stage_key AS "stageKey", r.digest, ${steps} AS steps
      FROM (
        SELECT o.stage_key, o.release_id FROM occupancy o WHERE o.workflow_id = ${workflowId}::uuid
        UNION
        SELECT v.stage_key, (l->>'releaseId')::uuid FROM overlay v, jsonb_array_elements(v.levers) l
        WHERE v.workflow_id = ${workflowId}::uuid AND l->>'kind' = 'serve'
      ) s JOIN release r ON r.id = s.release_id`;
    const served = servedOf(rows);
    if (this.evers.size > 5_000) this.evers.clear();
    this.evers.set(workflowId, { readAt: performance.now(), served });
    return served;
  }

  private readCurrent(workflowId: string): Promise<void> {
    const underway = this.underway.get(workflowId);
    if (underway) return underway;
    if (performance.now() - (this.readAt.get(workflowId) ?? -Infinity) < patience) return Promise.resolve();
    const reading = this.read(workflowId).finally(() => this.underway.delete(workflowId));
    this.underway.set(workflowId, reading);
    return reading;
  }

  /**
   * With the version: occupants and what overlays serve in their place, less what everybody is kept from, by a quarantine
   * or by an overlay without an end. What ends by the clock may be served again within the same version.
   */
  private async read(workflowId: string): Promise<void> {
    const rows = await this.database.client.$queryRaw<Row[]>`
      SELECT w.incarnation, w.epoch, s.stage_key AS "stageKey", r.digest, ${steps} AS steps
      FROM workflow w
      LEFT JOIN LATERAL (
        SELECT o.stage_key, o.release_id FROM occupancy o
        WHERE o.workflow_id = w.id AND o."to" IS NULL AND NOT EXISTS (
          SELECT 1 FROM quarantine q WHERE q.workflow_id = w.id AND q.release_id = o.release_id
            AND q.stage_key = o.stage_key AND q.cleared_at IS NULL AND q.segment = '[]'::jsonb)
          AND NOT EXISTS (
            SELECT 1 FROM overlay v, jsonb_array_elements(v.levers) l
            WHERE v.workflow_id = w.id AND v.stage_key = o.stage_key AND v."to" IS NULL AND v.segment = '[]'::jsonb
              AND l->>'kind' IN ('disable', 'fallback', 'serve'))
        UNION
        SELECT v.stage_key, (l->>'releaseId')::uuid FROM overlay v, jsonb_array_elements(v.levers) l
        WHERE v.workflow_id = w.id AND (v."to" IS NULL OR v."to" > clock_timestamp()) AND l->>'kind' = 'serve'
      ) s ON TRUE
      LEFT JOIN release r ON r.id = s.release_id
      WHERE w.id = ${workflowId}::uuid`;
    this.readAt.set(workflowId, performance.now());
    const version = rows[0];
    if (!version) return;
    const versions = this.versions.get(workflowId) ?? new Map<string, Remembered>();
    this.versions.set(workflowId, versions);
    versions.set(keyOf(version), { version, served: servedOf(rows) });
    const [oldest] = versions.keys();
    if (versions.size > kept && oldest !== undefined) versions.delete(oldest);
  }
}
