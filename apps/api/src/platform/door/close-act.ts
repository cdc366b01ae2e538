import type { Tx } from '../database/database.js';
import { hashReason, sealEntry, type JsonObject } from '../ledger/ledger-entry.domain.js';
import type { ActRecord, ActSpec, OutboxEventDraft } from './act.types.js';
import type { OpenedAct } from './open-act.js';

export interface ActClosing {
  entryId: string;
  record: ActRecord;
  served: boolean;
  events: (OutboxEventDraft & { id: string })[];
  salt: string;
  inputHash: string;
  result: JsonObject;
}

/** Everything an act leaves behind besides its own rows, as one statement: entry, head, reason, epoch, memory, outbox. */
export async function closeAct(tx: Tx, spec: ActSpec, opened: OpenedAct, closing: ActClosing): Promise<void> {
  const { head, now, actor, workflow } = opened;
  const { record, entryId, salt } = closing;
  const reason = record.reason ? record.reason : null;
  const seq = head.seq + 1;
  const { canonical, hash } = sealEntry({
    v: 2,
    id: entryId,
    chain: head.chain,
    seq,
    at: now.toISOString(),
    act: record.act,
    actor: { id: actor.id, kind: actor.kind, key: actor.key?.id ?? null, responsible: actor.responsibleIds },
    subject: { kind: record.subjectKind, id: record.subjectId, digest: record.subjectDigest ?? null },
    requestId: spec.requestId,
    data: record.data ?? {},
    readiness: record.readinessDigest ?? null,
    reasonHash: reason === null ? null : hashReason(salt, reason),
    prevHash: head.headHash,
  });
  const events = JSON.stringify(closing.events);
  const at = now.toISOString();
  await tx.$executeRaw`
    WITH entry AS (
      INSERT INTO ledger_entry (id, chain, seq, at, act, actor_id, actor_kind, subject_kind, subject_id, request_id, prev_hash, hash, canonical)
      VALUES (${entryId}::uuid, ${head.chain}, ${seq}::bigint, ${at}::timestamptz, ${record.act}, ${actor.id}, ${actor.kind},
              ${record.subjectKind}, ${record.subjectId}, ${spec.requestId}, ${head.headHash}, ${hash}, ${canonical})
    ), moved AS (
      UPDATE ledger_chain SET seq = ${seq}::bigint, head_hash = ${hash}, last_at = ${at}::timestamptz WHERE chain = ${head.chain}
    ), reason AS (
      INSERT INTO ledger_reason (entry_id, salt, text)
      SELECT ${entryId}::uuid, ${salt}, ${reason}::text WHERE ${reason}::text IS NOT NULL
    ), served AS (
      UPDATE workflow SET epoch = epoch + 1 WHERE id = ${workflow?.id ?? null}::uuid AND ${closing.served}
    ), remembered AS (
      INSERT INTO idempotency_record (actor_id, mutation, key, input_hash, result, created_at)
      SELECT ${spec.actor.id}, ${spec.mutation}, ${spec.idempotencyKey ?? null}::text, ${closing.inputHash},
             ${JSON.stringify(closing.result)}::jsonb, ${at}::timestamptz
      WHERE ${spec.idempotencyKey ?? null}::text IS NOT NULL
    )
    INSERT INTO outbox_event (id, topic, workflow_id, payload, created_at)
    SELECT e.id, e.topic, ${workflow?.id ?? null}::uuid, e.payload, ${at}::timestamptz
    FROM jsonb_to_recordset(${events}::jsonb) AS e(id uuid, topic text, payload jsonb)`;
}
