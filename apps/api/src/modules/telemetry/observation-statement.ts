import type { PrismaClient } from '../../platform/database/generated/client.js';
import type { ObservationBatch } from './pending-observations.js';

const byKey =
  <T>(keyOf: (row: T) => string) =>
  (one: T, other: T) =>
    keyOf(one) < keyOf(other) ? -1 : 1;

/**
 * One batch as one statement. Rows go in the order of their keys, so that two replicas never wait for each other in a
 * circle. Times are the database's: its clock, less the age of what was heard. Nothing goes back: an older version of an
 * instance never replaces a newer one (see `replaces`, which says the same of two reports in memory), and what does not
 * replace says nothing of drift either.
 * @param now of the clock that `receivedAt` is by, in milliseconds
 */
export async function writeObservations(
  client: Pick<PrismaClient, '$executeRaw'>,
  { reports, acknowledgements, counts }: ObservationBatch,
  now: number,
): Promise<void> {
  const aged = <T extends { receivedAt: number }>(rows: readonly T[], keyOf: (row: T) => string): string =>
    JSON.stringify(
      [...rows]
        .sort(byKey(keyOf))
        .map((row) => ({ ...row, age: Math.max(0, Math.round(now - row.receivedAt)) })),
    );
  const instances = aged(reports, (row) => `${row.workflowId} ${row.instanceId}`);
  const acks = aged(acknowledgements, (row) => `${row.workflowId} ${row.instanceId}`);
  const sums = aged(counts, (row) => `${row.workflowId} ${row.stageKey} ${row.served} ${row.source}`);
  await client.$executeRaw`
    WITH clock AS (SELECT date_trunc('milliseconds', clock_timestamp()) AS now),
    heard AS (
      SELECT r.*, c.now - r.age * INTERVAL '1 millisecond' AS at, to_timestamp(r."startedAt" / 1000.0) AS started,
        to_timestamp(r."sentAt" / 1000.0) AS sent,
        ARRAY(SELECT jsonb_array_elements_text(r.levers)) AS honoured
      FROM clock c, jsonb_to_recordset(${instances}::jsonb) AS r("workflowId" uuid, "instanceId" text, "keyId" uuid,
        environment text, "isPublic" boolean, via text, application text, sdk text, levers jsonb, "startedAt" float8,
        "sentAt" float8, incarnation int, epoch int, serves jsonb, "isFallback" boolean, stopping boolean, drift jsonb,
        age int)
    ), running AS (
      INSERT INTO instance AS i (workflow_id, instance_id, key_id, environment, is_public, via, application, sdk, levers,
        started_at, sent_at, first_seen_at, seen_at, incarnation, epoch, serves_since, serves, is_fallback, stopped_at)
      SELECT "workflowId", "instanceId", "keyId", environment, "isPublic", via, application, sdk, honoured, started, sent,
        at, at, incarnation, epoch, at, serves, "isFallback", CASE WHEN stopping THEN at END
      FROM heard
      ON CONFLICT (workflow_id, instance_id) DO UPDATE SET
        key_id = excluded.key_id, is_public = excluded.is_public, via = excluded.via, application = excluded.application,
        sdk = excluded.sdk, levers = excluded.levers, started_at = excluded.started_at, sent_at = excluded.sent_at,
        first_seen_at = CASE WHEN excluded.started_at = i.started_at THEN i.first_seen_at ELSE excluded.first_seen_at END,
        seen_at = greatest(i.seen_at, excluded.seen_at), incarnation = excluded.incarnation, epoch = excluded.epoch,
        serves_since = CASE WHEN (excluded.started_at, excluded.incarnation, excluded.epoch) = (i.started_at, i.incarnation, i.epoch)
          THEN i.serves_since ELSE excluded.serves_since END,
        serves = excluded.serves, is_fallback = excluded.is_fallback, stopped_at = excluded.stopped_at
      WHERE i.environment = excluded.environment AND (i.key_id = excluded.key_id OR NOT excluded.is_public) AND (
        (excluded.started_at, excluded.incarnation, excluded.epoch) > (i.started_at, i.incarnation, i.epoch)
        OR (excluded.started_at, excluded.incarnation, excluded.epoch) = (i.started_at, i.incarnation, i.epoch)
          AND (excluded.sent_at >= i.sent_at OR excluded.sent_at <= i.sent_at - INTERVAL '60 seconds'
            OR i.stopped_at IS NULL
              AND (excluded.stopped_at IS NOT NULL OR excluded.seen_at > i.seen_at + INTERVAL '8 seconds'))
        OR excluded.started_at <> i.started_at AND i.seen_at < excluded.seen_at - INTERVAL '30 seconds')
      RETURNING workflow_id, instance_id
    ), taken AS (
      SELECT h.* FROM heard h JOIN running n ON n.workflow_id = h."workflowId" AND n.instance_id = h."instanceId"
    ), acknowledged AS (
      INSERT INTO acknowledgement (workflow_id, incarnation, epoch, instance_id, via, levers, at)
      SELECT a."workflowId", a.incarnation, a.epoch, a."instanceId", a.via,
        ARRAY(SELECT jsonb_array_elements_text(a.levers)), c.now - a.age * INTERVAL '1 millisecond'
      FROM clock c, jsonb_to_recordset(${acks}::jsonb) AS a("workflowId" uuid, incarnation int, epoch int,
        "instanceId" text, via text, levers jsonb, age int)
      ON CONFLICT DO NOTHING
    ), counted AS (
      INSERT INTO served_count AS s (workflow_id, hour, stage_key, served, source, requests)
      SELECT n."workflowId", date_trunc('hour', c.now - n.age * INTERVAL '1 millisecond', 'UTC'), n."stageKey", n.served,
        n.source, n.requests
      FROM clock c, jsonb_to_recordset(${sums}::jsonb) AS n("workflowId" uuid, "stageKey" text, served text, source text,
        requests bigint, age int)
      ON CONFLICT (workflow_id, hour, stage_key, served, source) DO UPDATE SET requests = s.requests + excluded.requests
    ), found AS (
      SELECT h."workflowId", h."instanceId", h.incarnation, h.epoch, h.at, d.kind, d.reported
      FROM taken h, jsonb_to_recordset(h.drift) AS d(kind text, reported text)
    ), ended AS (
      UPDATE drift_finding f SET ended_at = h.at FROM taken h
      WHERE f.workflow_id = h."workflowId" AND f.instance_id = h."instanceId" AND f.ended_at IS NULL AND f.last_at < h.at
        AND NOT EXISTS (SELECT 1 FROM found d WHERE d."workflowId" = f.workflow_id AND d."instanceId" = f.instance_id
          AND d.kind = f.kind AND d.reported = f.reported)
    )
    INSERT INTO drift_finding AS f (id, workflow_id, instance_id, kind, reported, incarnation, epoch, first_at, last_at)
    SELECT gen_random_uuid(), "workflowId", "instanceId", kind, reported, incarnation, epoch, at, at
    FROM found ORDER BY "workflowId", "instanceId", kind, reported
    ON CONFLICT (workflow_id, instance_id, kind, reported) DO UPDATE SET incarnation = excluded.incarnation,
      epoch = excluded.epoch, last_at = greatest(f.last_at, excluded.last_at), times = f.times + 1, ended_at = NULL`;
}
