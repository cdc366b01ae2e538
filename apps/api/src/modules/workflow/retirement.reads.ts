import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { DoorClock } from '../../platform/door/door-clock.js';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { retireNotes, retireObjection, type RetireEffects, type RetireFacts } from './retire.domain.js';
import type { RetireAsker, RetirePreview } from './retire.types.js';
import { WorkflowReads } from './workflow.reads.js';

type Queryable = Pick<Tx, '$queryRaw'>;
type Ending = Pick<RetirePreview, 'endingStages' | 'openPromotions' | 'keys' | 'duties'>;

/** What retiring a workflow stands on, across the tables of those it ends. */
@Injectable()
export class RetirementReads {
  constructor(
    private readonly database: Database,
    private readonly workflows: WorkflowReads,
    private readonly clock: DoorClock,
  ) {}

  /** Null for a workflow that the actor does not see. */
  async preview(actor: Actor, workflowId: string): Promise<RetirePreview | null> {
    const workflow = await this.workflows.byId(actor, workflowId);
    if (!workflow) return null;
    const [facts, askedBy, ending, others] = await Promise.all([
      this.facts(workflowId),
      this.askedBy(workflowId),
      this.ending(workflowId),
      this.others(workflowId),
    ]);
    const objection = retireObjection(facts, this.clock.now());
    const { lastRequestAt, servingStages } = facts;
    return {
      ...{ askedBy, lastRequestAt, servingStages: servingStages.map(({ key }) => key) },
      ...ending,
      ...{ allowed: objection === null, whyNot: objection?.message ?? null },
      notes: objection ? [] : retireNotes(facts, { ...others, endingStages: ending.endingStages }),
      viewerCanRetire: can(actor, 'workflow.retire', { teamId: workflow.teamId, workflowId }),
    };
  }

  /**
   * A stage serves unless nothing is in it, what is in it is in quarantine for everybody, or an overlay without an end
   * turns it off or falls back for everybody.
   */
  async facts(workflowId: string, db: Queryable = this.database.client): Promise<RetireFacts> {
    const rows = await db.$queryRaw<RetireFacts[]>`
      SELECT w.retired_at AS "retiredAt",
        (SELECT coalesce(jsonb_agg(jsonb_build_object('key', s.key, 'name', r.canonical::jsonb->'name')
            ORDER BY s.position), '[]'::jsonb)
          FROM stage s JOIN stage_revision r ON r.id = s.current_revision_id JOIN occupancy o ON o.workflow_id = w.id AND o.stage_key = s.key AND o."to" IS NULL
          WHERE s.workflow_id = w.id
            AND NOT EXISTS (
              SELECT 1 FROM overlay v, jsonb_array_elements(v.levers) l
              WHERE v.workflow_id = w.id AND v.stage_key = s.key AND v."to" IS NULL AND v.segment = '[]'::jsonb
                AND l->>'kind' IN ('disable', 'fallback'))
            AND (EXISTS (
              SELECT 1 FROM overlay v, jsonb_array_elements(v.levers) l
              WHERE v.workflow_id = w.id AND v.stage_key = s.key AND v."to" IS NULL AND l->>'kind' = 'serve')
              OR NOT EXISTS (
                SELECT 1 FROM quarantine q WHERE q.workflow_id = w.id AND q.stage_key = s.key
                  AND q.release_id = o.release_id AND q.cleared_at IS NULL AND q.segment = '[]'::jsonb))) AS "servingStages",
        greatest((SELECT least(max(c.hour) + INTERVAL '1 hour', clock_timestamp())
            FROM served_count c WHERE c.workflow_id = w.id AND c.requests > 0 HAVING count(*) > 0),
          (SELECT max(i.seen_at) FROM instance i
            WHERE i.workflow_id = w.id AND i.environment = 'production' AND i.via = 'ofrep')) AS "lastRequestAt",
        (SELECT max(o."from") FROM occupancy o WHERE o.workflow_id = w.id AND o."to" IS NULL) AS "servingSince"
      FROM workflow w WHERE w.id = ${workflowId}::uuid`;
    const [facts] = rows;
    if (!facts) throw new Error(`There is no workflow ${workflowId}`);
    return facts;
  }

  private askedBy(workflowId: string): Promise<RetireAsker[]> {
    return this.database.client.$queryRaw<RetireAsker[]>`
      SELECT i.application, i.via, i.environment, k.name AS "keyName", count(*)::int AS instances,
        max(i.seen_at) AS "lastSeenAt"
      FROM instance i LEFT JOIN api_key k ON k.id = i.key_id
      WHERE i.workflow_id = ${workflowId}::uuid AND i.seen_at > clock_timestamp() - INTERVAL '14 days'
      GROUP BY i.application, i.via, i.environment, i.key_id, k.name
      ORDER BY max(i.seen_at) DESC, i.application LIMIT 50`;
  }

  private async ending(workflowId: string): Promise<Ending> {
    const [row] = await this.database.client.$queryRaw<Ending[]>`
      SELECT
        ARRAY(SELECT s.key FROM stage s JOIN occupancy o ON o.workflow_id = s.workflow_id AND o.stage_key = s.key
          WHERE s.workflow_id = w.id AND o."to" IS NULL ORDER BY s.position) AS "endingStages",
        (SELECT count(*)::int FROM promotion p WHERE p.workflow_id = w.id AND p.state = 'open') AS "openPromotions",
        ARRAY(SELECT k.name FROM api_key k WHERE k.workflow_ids = ARRAY[w.id] AND cardinality(k.team_ids) = 0
          AND k.revoked_at IS NULL AND k.expires_at > clock_timestamp() ORDER BY k.name, k.id) AS keys,
        coalesce((SELECT jsonb_array_length(o.canonical::jsonb -> 'duties') FROM operating_record o
          WHERE o.workflow_id = w.id ORDER BY o.version DESC LIMIT 1), 0) AS duties
      FROM workflow w WHERE w.id = ${workflowId}::uuid`;
    return row ?? { endingStages: [], openPromotions: 0, keys: [], duties: 0 };
  }

  private async others(workflowId: string): Promise<Omit<RetireEffects, 'endingStages'>> {
    const [row] = await this.database.client.$queryRaw<Omit<RetireEffects, 'endingStages'>[]>`
      SELECT
        coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('kind', d.kind, 'to', d.to)) FROM (
          SELECT DISTINCT ON (v.stage_key) l->>'kind' AS kind, l->>'to' AS to
          FROM overlay v JOIN occupancy o ON o.workflow_id = v.workflow_id AND o.stage_key = v.stage_key
            AND o."to" IS NULL, jsonb_array_elements(v.levers) l
          WHERE v.workflow_id = w.id AND v."to" IS NULL AND v.segment = '[]'::jsonb
            AND l->>'kind' IN ('disable', 'fallback')
          ORDER BY v.stage_key, l->>'kind', v."from" DESC, v.id DESC) d), '[]'::jsonb) AS "servedInstead",
        (SELECT count(*)::int FROM instance i WHERE i.workflow_id = w.id AND i.environment = 'production'
          AND NOT i.is_public AND i.stopped_at IS NULL AND i.seen_at > clock_timestamp() - INTERVAL '1 hour') AS asking,
        (SELECT count(*)::int FROM incident n WHERE n.workflow_id = w.id AND n.state <> 'resolved') AS "openIncidents",
        (SELECT c.canonical::json->'failureBehaviour'->>'fallback' FROM contract_publication p
          JOIN contract_component c ON c.id = p.core_id
          WHERE p.workflow_id = w.id ORDER BY p.number DESC LIMIT 1) AS fallback
      FROM workflow w WHERE w.id = ${workflowId}::uuid`;
    return row ?? { servedInstead: [], asking: 0, openIncidents: 0, fallback: null };
  }
}
