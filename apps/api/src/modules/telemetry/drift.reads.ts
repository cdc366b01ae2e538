import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { grouped } from '../../platform/graphql/grouped.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { DriftFinding } from './telemetry.types.js';

@Injectable()
export class DriftReads {
  constructor(private readonly database: Database) {}

  /** Open ones first, then those that ended within a week; at most 100 of a workflow. */
  async findings(loaders: Loaders, workflowId: string): Promise<DriftFinding[]> {
    const found = await loaders
      .once('driftFindings', async (ids: readonly string[]) =>
        grouped(
          ids,
          await this.database.client.$queryRaw<(DriftFinding & { workflowId: string })[]>`
            SELECT w.id::text AS "workflowId", f.*
            FROM unnest(${[...ids]}::uuid[]) AS w(id) CROSS JOIN LATERAL (
              SELECT f.id::text, f.instance_id AS "instanceId", coalesce(i.application, '') AS application, f.kind,
                f.reported, f.incarnation || '.' || f.epoch AS "servesVersion", f.first_at AS "firstAt",
                f.last_at AS "lastAt", f.times, f.ended_at AS "endedAt",
                CASE f.kind
                  WHEN 'release' THEN (SELECT r.alias FROM release r WHERE r.workflow_id = w.id AND r.digest = f.reported
                    ORDER BY r.number DESC LIMIT 1)
                  WHEN 'prompt' THEN (SELECT p.key || ' ' || v.version FROM release_step t
                    JOIN release r ON r.id = t.release_id AND r.workflow_id = w.id
                    JOIN prompt_version v ON v.id = t.prompt_version_id AND v.digest = f.reported
                    JOIN prompt p ON p.id = v.prompt_id LIMIT 1)
                  ELSE (SELECT m.key || ' ' || v.version FROM release_step t
                    JOIN release r ON r.id = t.release_id AND r.workflow_id = w.id
                    JOIN model_config_version v ON v.id = t.model_config_version_id AND v.digest = f.reported
                    JOIN model_config m ON m.id = v.model_config_id LIMIT 1)
                END AS "reportedName"
              FROM drift_finding f LEFT JOIN instance i ON i.workflow_id = f.workflow_id AND i.instance_id = f.instance_id
              WHERE f.workflow_id = w.id AND (f.ended_at IS NULL OR f.ended_at > clock_timestamp() - INTERVAL '7 days')
              ORDER BY f.ended_at IS NULL DESC, f.last_at DESC, f.id LIMIT 100
            ) f`,
          (row) => row.workflowId,
        ),
      )
      .load(workflowId);
    return found ?? [];
  }
}
