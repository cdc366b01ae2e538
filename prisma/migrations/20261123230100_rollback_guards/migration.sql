-- What the database itself refuses about rollbacks, overlays, holds and quarantines. See 20261123100100_guards.

-- ---------------------------------------------------------------- closed sets and sane values

ALTER TABLE "rollback"
  ADD CONSTRAINT "rollback_number" CHECK ("number" > 0),
  ADD CONSTRAINT "rollback_kind" CHECK ("kind" IN ('rollback', 'drill')),
  ADD CONSTRAINT "rollback_incident" CHECK (("kind" = 'rollback') = ("incident_id" IS NOT NULL)),
  ADD CONSTRAINT "rollback_review_due" CHECK (("kind" = 'rollback') = ("review_due_at" IS NOT NULL)),
  ADD CONSTRAINT "rollback_scope" CHECK ("scope" IN ('workflow', 'stages') AND cardinality("stage_keys") > 0),
  ADD CONSTRAINT "rollback_levers" CHECK (jsonb_typeof("levers") = 'array' AND jsonb_array_length("levers") > 0),
  ADD CONSTRAINT "rollback_segment" CHECK (jsonb_typeof("segment") = 'array'),
  ADD CONSTRAINT "rollback_triggered_by" CHECK ("triggered_by" IN ('user', 'service', 'agent', 'system')),
  ADD CONSTRAINT "rollback_version" CHECK ("incarnation" > 0 AND "epoch" > 0);
ALTER TABLE "overlay"
  ADD CONSTRAINT "overlay_interval" CHECK ("to" >= "from"),
  ADD CONSTRAINT "overlay_levers" CHECK (jsonb_typeof("levers") = 'array' AND jsonb_array_length("levers") > 0),
  ADD CONSTRAINT "overlay_segment" CHECK (jsonb_typeof("segment") = 'array'),
  ADD CONSTRAINT "overlay_ended_by" CHECK ("ended_by" IN ('fix', 'promotion', 'overlayEnd', 'superseded', 'drill')),
  ADD CONSTRAINT "overlay_end" CHECK (("ended_by" IS NULL) = ("to" IS NULL)
    AND ("to" IS NOT NULL OR "end_ledger_entry_id" IS NULL)
    AND (coalesce("ended_by", 'drill') = 'drill' OR "end_ledger_entry_id" IS NOT NULL));
ALTER TABLE "hold"
  ADD CONSTRAINT "hold_interval" CHECK ("to" >= "from"),
  ADD CONSTRAINT "hold_ended_by" CHECK ("ended_by" IN ('lift', 'fix')),
  ADD CONSTRAINT "hold_end" CHECK (("to" IS NULL) = ("ended_by" IS NULL) AND ("to" IS NULL) = ("ended_by_id" IS NULL)
    AND ("to" IS NULL) = ("end_ledger_entry_id" IS NULL));
ALTER TABLE "quarantine"
  ADD CONSTRAINT "quarantine_interval" CHECK ("cleared_at" >= "from"),
  ADD CONSTRAINT "quarantine_segment" CHECK (jsonb_typeof("segment") = 'array'),
  ADD CONSTRAINT "quarantine_end" CHECK (("cleared_at" IS NULL) = ("cleared_by_id" IS NULL)
    AND ("cleared_at" IS NULL) = ("clear_ledger_entry_id" IS NULL));
ALTER TABLE "rollback_review" ADD CONSTRAINT "rollback_review_verdict" CHECK ("verdict" IN ('justified', 'unjustified'));
ALTER TABLE "rollback_effect" ADD CONSTRAINT "rollback_effect_counts" CHECK ("expected" >= 0 AND "confirmed" >= 0);
ALTER TABLE "instance"
  ADD CONSTRAINT "instance_via" CHECK ("via" IN ('sdk', 'ofrep')),
  ADD CONSTRAINT "instance_version" CHECK ("incarnation" >= 0 AND "epoch" >= 0);
ALTER TABLE "acknowledgement" ADD CONSTRAINT "acknowledgement_via" CHECK ("via" IN ('sdk', 'ofrep'));
ALTER TABLE "served_count" ADD CONSTRAINT "served_count_requests" CHECK ("requests" >= 0);
ALTER TABLE "drift_finding"
  ADD CONSTRAINT "drift_finding_kind" CHECK ("kind" IN ('release', 'prompt', 'model')),
  ADD CONSTRAINT "drift_finding_times" CHECK ("times" > 0);
ALTER TABLE "promotion"
  DROP CONSTRAINT "promotion_kind",
  ADD CONSTRAINT "promotion_kind" CHECK ("kind" IN ('climb', 'replace', 'widen', 'fix')),
  ADD CONSTRAINT "promotion_fix" CHECK ("kind" <> 'fix' OR ("incident_id" IS NOT NULL AND "added_case" IS NOT NULL));
ALTER TABLE "occupancy"
  DROP CONSTRAINT "occupancy_grounds",
  ADD CONSTRAINT "occupancy_grounds" CHECK (
    CASE "origin"
      WHEN 'promotion' THEN "promotion_id" IS NOT NULL AND "readiness_record_id" IS NOT NULL
      WHEN 'breakGlass' THEN "promotion_id" IS NOT NULL AND "readiness_record_id" IS NOT NULL
      WHEN 'adoption' THEN "adoption_id" IS NOT NULL
      WHEN 'revertRelease' THEN "rollback_id" IS NOT NULL
      ELSE TRUE
    END);

-- ---------------------------------------------------------------- what never changes

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['rollback', 'rollback_review']
  LOOP
    EXECUTE format(
      'CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()',
      name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['overlay', 'hold', 'quarantine']
  LOOP
    EXECUTE format(
      'CREATE TRIGGER "never_removed" BEFORE DELETE OR TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()',
      name);
  END LOOP;
END
$$;

CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "overlay" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_changes"('to', 'ended_by', 'end_ledger_entry_id');
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "hold" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_changes"('to', 'ended_by', 'ended_by_id', 'end_ledger_entry_id');
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "quarantine" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_changes"('cleared_at', 'cleared_by_id', 'clear_ledger_entry_id');

-- What narrows begins and ends with a ledger entry of the same transaction, and ends once. A drill's overlay, which
-- ends by itself, may only be made to end earlier.
CREATE FUNCTION "check_overlay"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (
      SELECT 1 FROM public."rollback" b
      WHERE b."id" = NEW."rollback_id" AND b."workflow_id" = NEW."workflow_id" AND public.written_now(b.xmin)
        AND (NEW."stage_key" IS NULL OR NEW."stage_key" = ANY (b."stage_keys"))
        AND (b."kind" = 'drill') = (NEW."to" IS NOT NULL)
        AND public.in_ledger_now(b."ledger_entry_id", b."workflow_id")) THEN
      RAISE EXCEPTION 'an overlay needs its rollback and a ledger entry in the same transaction' USING ERRCODE = 'HP003';
    END IF;
    RETURN NULL;
  END IF;
  IF OLD."end_ledger_entry_id" IS NOT NULL OR (OLD."to" IS NOT NULL AND (NEW."to" IS NULL OR NEW."to" > OLD."to")) THEN
    RAISE EXCEPTION 'UPDATE on "overlay" is refused: it ends once' USING ERRCODE = 'HP001';
  END IF;
  IF NEW."end_ledger_entry_id" IS NULL OR NOT public.in_ledger_now(NEW."end_ledger_entry_id", NEW."workflow_id") THEN
    RAISE EXCEPTION 'an overlay was ended without a ledger entry in the same transaction' USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "on_grounds" AFTER INSERT OR UPDATE ON "overlay" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "check_overlay"();

CREATE FUNCTION "check_hold"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."to" IS NOT NULL THEN
    RAISE EXCEPTION 'UPDATE on "hold" is refused: it is lifted once' USING ERRCODE = 'HP001';
  END IF;
  IF TG_OP = 'UPDATE' AND NOT public.in_ledger_now(NEW."end_ledger_entry_id", NEW."workflow_id") THEN
    RAISE EXCEPTION 'a hold was ended without a ledger entry in the same transaction' USING ERRCODE = 'HP003';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW."ended_by" = 'lift' AND EXISTS (
    SELECT 1 FROM public."rollback" b WHERE b."id" = NEW."rollback_id" AND b."triggered_by_id" = NEW."ended_by_id") THEN
    RAISE EXCEPTION 'a hold is lifted by another person than who rolled back' USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "on_grounds" AFTER INSERT OR UPDATE ON "hold" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "check_hold"();

CREATE FUNCTION "check_quarantine"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."cleared_at" IS NOT NULL THEN
    RAISE EXCEPTION 'UPDATE on "quarantine" is refused: it is cleared once' USING ERRCODE = 'HP001';
  END IF;
  IF NOT public.in_ledger_now(NEW."clear_ledger_entry_id", NEW."workflow_id") THEN
    RAISE EXCEPTION 'a quarantine was cleared without a ledger entry in the same transaction' USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "on_grounds" AFTER UPDATE ON "quarantine" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "check_quarantine"();

-- Nothing that was left by a rollback comes back into the stage by a promotion, and no promotion passes a hold that is
-- not its own incident's.
CREATE FUNCTION "check_entry_after_rollback"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public."quarantine" q
    WHERE q."workflow_id" = NEW."workflow_id" AND q."release_id" = NEW."release_id"
      AND q."cleared_at" IS NULL AND NOT public.written_now(q.xmin)) THEN
    RAISE EXCEPTION 'stage "%" cannot be entered by a release in quarantine', NEW."stage_key" USING ERRCODE = 'HP003';
  END IF;
  IF NEW."origin" IN ('promotion', 'breakGlass') AND EXISTS (
    SELECT 1 FROM public."hold" h
    WHERE h."workflow_id" = NEW."workflow_id" AND h."stage_key" = NEW."stage_key" AND h."to" IS NULL
      AND h."incident_id" IS DISTINCT FROM (SELECT p."incident_id" FROM public."promotion" p WHERE p."id" = NEW."promotion_id" AND p."kind" = 'fix')) THEN
    RAISE EXCEPTION 'stage "%" is on hold', NEW."stage_key" USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "after_rollback" AFTER INSERT ON "occupancy" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "check_entry_after_rollback"();

-- ---------------------------------------------------------------- pointers

-- As before, and going back to an earlier release stands on a rollback that names it.
CREATE OR REPLACE FUNCTION "check_occupancy_grounds"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NOT public.in_ledger_now(NEW."end_ledger_entry_id", NEW."workflow_id") THEN
      RAISE EXCEPTION 'stage "%" was left without a ledger entry in the same transaction', NEW."stage_key"
        USING ERRCODE = 'HP003';
    END IF;
    RETURN NULL;
  END IF;
  IF NOT public.in_ledger_now(NEW."ledger_entry_id", NEW."workflow_id") THEN
    RAISE EXCEPTION 'stage "%" was entered without a ledger entry in the same transaction', NEW."stage_key"
      USING ERRCODE = 'HP003';
  END IF;
  IF NEW."origin" = 'promotion' THEN
    IF NOT EXISTS (
      SELECT 1
      FROM public."promotion_move" m
      JOIN public."promotion" p ON p."id" = m."promotion_id"
      JOIN public."readiness_record" r ON r."id" = m."readiness_record_id"
      WHERE m."promotion_id" = NEW."promotion_id"
        AND m."workflow_id" = NEW."workflow_id"
        AND m."stage_key" = NEW."stage_key"
        AND m."state" = 'executed'
        AND m."readiness_record_id" = NEW."readiness_record_id"
        AND public.written_now(m.xmin)
        AND p."workflow_id" = NEW."workflow_id"
        AND p."release_id" = NEW."release_id"
        AND r."workflow_id" = NEW."workflow_id"
        AND r."stage_key" = NEW."stage_key"
        AND r."stage_revision_id" = NEW."stage_revision_id"
        AND r."release_id" = NEW."release_id"
        AND r."incomplete_checks" = 0
        AND public.written_now(r.xmin)) THEN
      RAISE EXCEPTION 'stage "%" was entered without an executed promotion and a complete readiness record in the same transaction', NEW."stage_key"
        USING ERRCODE = 'HP003';
    END IF;
  ELSIF NEW."origin" = 'adoption' THEN
    IF NOT EXISTS (
      SELECT 1 FROM public."adoption" a
      WHERE a."id" = NEW."adoption_id"
        AND a."workflow_id" = NEW."workflow_id"
        AND a."release_id" = NEW."release_id"
        AND NEW."stage_key" = ANY (a."stage_keys")
        AND public.written_now(a.xmin)) THEN
      RAISE EXCEPTION 'stage "%" was entered without an adoption in the same transaction', NEW."stage_key"
        USING ERRCODE = 'HP003';
    END IF;
  ELSIF NEW."origin" = 'breakGlass' THEN
    IF NOT EXISTS (
      SELECT 1
      FROM public."break_glass_use" u
      JOIN public."break_glass_grant" g ON g."id" = u."grant_id"
      JOIN public."promotion_move" m ON m."promotion_id" = u."promotion_id" AND m."stage_key" = u."stage_key"
      JOIN public."readiness_record" r ON r."id" = u."readiness_record_id"
      WHERE u."promotion_id" = NEW."promotion_id"
        AND u."workflow_id" = NEW."workflow_id"
        AND u."stage_key" = NEW."stage_key"
        AND u."release_id" = NEW."release_id"
        AND u."readiness_record_id" = NEW."readiness_record_id"
        AND public.written_now(u.xmin)
        AND g."workflow_id" = NEW."workflow_id"
        AND g."person_id" = u."executed_by_id"
        AND g."revoked_at" IS NULL
        AND u."created_at" < g."expires_at"
        AND m."state" = 'executed'
        AND m."readiness_record_id" = NEW."readiness_record_id"
        AND public.written_now(m.xmin)
        AND r."workflow_id" = NEW."workflow_id"
        AND r."stage_key" = NEW."stage_key"
        AND r."stage_revision_id" = NEW."stage_revision_id"
        AND r."release_id" = NEW."release_id"
        AND r."incomplete_checks" = cardinality(u."check_ids")
        AND public.written_now(r.xmin)) THEN
      RAISE EXCEPTION 'stage "%" was entered without a break-glass grant that names every incomplete check in the same transaction', NEW."stage_key"
        USING ERRCODE = 'HP003';
    END IF;
  ELSIF NEW."origin" = 'revertRelease' THEN
    IF NOT EXISTS (
      SELECT 1 FROM public."rollback" b, jsonb_array_elements(b."levers") lever
      WHERE b."id" = NEW."rollback_id"
        AND b."workflow_id" = NEW."workflow_id"
        AND b."kind" = 'rollback'
        AND NEW."stage_key" = ANY (b."stage_keys")
        AND b."segment" = '[]'::jsonb
        AND lever->>'kind' = 'revertRelease'
        AND (lever->>'releaseId')::uuid = NEW."release_id"
        AND public.written_now(b.xmin)) THEN
      RAISE EXCEPTION 'stage "%" was entered without a rollback to this release in the same transaction', NEW."stage_key"
        USING ERRCODE = 'HP003';
    END IF;
    IF NOT EXISTS (
      SELECT 1 FROM public."occupancy" o
      WHERE o."workflow_id" = NEW."workflow_id" AND o."stage_key" = NEW."stage_key" AND o."release_id" = NEW."release_id"
        AND o."origin" IN ('promotion', 'breakGlass') AND o."from" < NEW."from") THEN
      RAISE EXCEPTION 'stage "%" cannot go back to a release that no promotion ever brought into it', NEW."stage_key"
        USING ERRCODE = 'HP003';
    END IF;
  ELSE
    RAISE EXCEPTION 'stage "%" cannot be entered by %', NEW."stage_key", NEW."origin" USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;

-- ---------------------------------------------------------------- the runtime role

CREATE OR REPLACE FUNCTION "grant_runtime"() RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  name TEXT;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'holdpoint_runtime') THEN
    RETURN;
  END IF;
  REVOKE ALL ON ALL TABLES IN SCHEMA public FROM holdpoint_runtime;
  GRANT USAGE ON SCHEMA public TO holdpoint_runtime;
  GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO holdpoint_runtime;
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE INSERT ON public."_prisma_migrations" FROM holdpoint_runtime;
  END IF;
  FOREACH name IN ARRAY ARRAY['session', 'account', 'verification', 'setup_link', 'reset_link', 'sign_in_throttle', 'eval_upload', 'idempotency_record', 'outbox_event',
    'rollback_effect', 'instance', 'acknowledgement', 'served_count', 'drift_finding']
  LOOP
    EXECUTE format('GRANT UPDATE, DELETE ON public.%I TO holdpoint_runtime', name);
  END LOOP;
  GRANT UPDATE ON public."user", public."contract_draft", public."ledger_push" TO holdpoint_runtime;
  GRANT UPDATE ("ended_at") ON public."organisation_role", public."team_member" TO holdpoint_runtime;
  GRANT UPDATE ("name", "on_call_contact", "revision") ON public."team" TO holdpoint_runtime;
  GRANT UPDATE ("name", "description", "restricted", "raised_tier", "risk_tier", "retired_at", "incarnation", "epoch", "last_release_number")
    ON public."workflow" TO holdpoint_runtime;
  GRANT UPDATE ("name", "last_version") ON public."prompt", public."model_config", public."eval_suite" TO holdpoint_runtime;
  GRANT UPDATE ("current_revision_id") ON public."stage" TO holdpoint_runtime;
  GRANT UPDATE ("to", "end_ledger_entry_id") ON public."occupancy" TO holdpoint_runtime;
  GRANT UPDATE ("approved_by_id", "approved_at", "ended_at") ON public."waiver" TO holdpoint_runtime;
  GRANT UPDATE ("kind", "state", "release_id", "digest", "baseline_id", "to_stage_key", "note", "requested_by_id", "responsible_ids", "revision", "closed_at", "incident_id", "added_case")
    ON public."promotion" TO holdpoint_runtime;
  GRANT UPDATE ("position", "stage_revision_id", "state", "executed_at", "executed_by_id", "readiness_record_id")
    ON public."promotion_move" TO holdpoint_runtime;
  GRANT UPDATE ("seq", "head_hash", "last_at") ON public."ledger_chain" TO holdpoint_runtime;
  GRANT UPDATE ("text", "salt", "erased_at") ON public."ledger_reason" TO holdpoint_runtime;
  GRANT UPDATE ("expires_at", "revoked_at", "last_used_at") ON public."api_key" TO holdpoint_runtime;
  GRANT UPDATE ("state", "owner_id", "monitoring_at", "resolved_at", "resolved_by_id", "note") ON public."incident" TO holdpoint_runtime;
  GRANT UPDATE ("revoked_at") ON public."break_glass_grant" TO holdpoint_runtime;
  GRANT UPDATE ("to", "ended_by", "end_ledger_entry_id") ON public."overlay" TO holdpoint_runtime;
  GRANT UPDATE ("to", "ended_by", "ended_by_id", "end_ledger_entry_id") ON public."hold" TO holdpoint_runtime;
  GRANT UPDATE ("cleared_at", "cleared_by_id", "clear_ledger_entry_id") ON public."quarantine" TO holdpoint_runtime;
  GRANT UPDATE ON public."environment_pin" TO holdpoint_runtime;
  GRANT EXECUTE ON FUNCTION public.discard_staged_cases(UUID) TO holdpoint_runtime;
END
$$;
SELECT public.grant_runtime();
