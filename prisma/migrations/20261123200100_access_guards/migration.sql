-- What the database itself refuses about keys, incidents, break-glass and checkpoints. See 20261123100100_guards.

-- ---------------------------------------------------------------- closed sets and sane values

ALTER TABLE "organisation_role" ADD CONSTRAINT "organisation_role_source" CHECK ("source" IN ('manual', 'oidc'));
ALTER TABLE "session" ADD CONSTRAINT "session_method" CHECK ("method" IN ('password', 'oidc'));
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_source" CHECK ("source" IN ('manual', 'oidc'));
ALTER TABLE "reset_link" ADD CONSTRAINT "reset_link_interval" CHECK ("expires_at" > "created_at");
ALTER TABLE "sign_in_throttle" ADD CONSTRAINT "sign_in_throttle_failures" CHECK ("failures" >= 0);
ALTER TABLE "api_key"
  ADD CONSTRAINT "api_key_kind" CHECK ("kind" IN ('service', 'agent')),
  ADD CONSTRAINT "api_key_scopes" CHECK (
    cardinality("scopes") > 0 AND "scopes" <@ ARRAY['ci', 'runtime', 'runtime-public', 'narrow', 'read']),
  ADD CONSTRAINT "api_key_interval" CHECK ("expires_at" >= "created_at");
ALTER TABLE "incident"
  ADD CONSTRAINT "incident_number" CHECK ("number" > 0),
  ADD CONSTRAINT "incident_state" CHECK ("state" IN ('open', 'monitoring', 'resolved')),
  ADD CONSTRAINT "incident_origin" CHECK ("origin" IN ('report', 'rollback', 'guard')),
  ADD CONSTRAINT "incident_resolved" CHECK (
    ("state" = 'resolved') = ("resolved_at" IS NOT NULL) AND ("resolved_at" IS NULL) = ("resolved_by_id" IS NULL));
ALTER TABLE "incident_link" ADD CONSTRAINT "incident_link_kind" CHECK ("kind" IN ('promotion', 'release', 'url', 'ticket'));
ALTER TABLE "break_glass_grant"
  ADD CONSTRAINT "break_glass_grant_second_person" CHECK ("person_id" <> "granted_by_id"),
  ADD CONSTRAINT "break_glass_grant_life" CHECK (
    "expires_at" > "created_at" AND "expires_at" <= "created_at" + INTERVAL '24 hours');
ALTER TABLE "break_glass_use"
  ADD CONSTRAINT "break_glass_use_names" CHECK (cardinality("check_ids") > 0 AND NOT 'RO-5' = ANY ("check_ids")),
  ADD CONSTRAINT "break_glass_use_review_due" CHECK ("review_due_at" > "created_at");
ALTER TABLE "break_glass_review" ADD CONSTRAINT "break_glass_review_verdict" CHECK ("verdict" IN ('justified', 'unjustified'));
ALTER TABLE "ledger_checkpoint"
  ADD CONSTRAINT "ledger_checkpoint_number" CHECK ("number" > 0),
  ADD CONSTRAINT "ledger_checkpoint_counts" CHECK ("chains" >= 0 AND "entries" >= 0),
  ADD CONSTRAINT "ledger_checkpoint_hash" CHECK ("hash" = encode(sha256(convert_to("canonical", 'UTF8')), 'hex'));
ALTER TABLE "ledger_checkpoint_head" ADD CONSTRAINT "ledger_checkpoint_head_place" CHECK ("leaf" >= 0 AND "seq" > 0);
ALTER TABLE "ledger_push" ADD CONSTRAINT "ledger_push_counts" CHECK ("number" >= 0 AND "failures" >= 0);

ALTER TABLE "occupancy"
  DROP CONSTRAINT "occupancy_grounds",
  ADD CONSTRAINT "occupancy_grounds" CHECK (
    CASE "origin"
      WHEN 'promotion' THEN "promotion_id" IS NOT NULL AND "readiness_record_id" IS NOT NULL
      WHEN 'breakGlass' THEN "promotion_id" IS NOT NULL AND "readiness_record_id" IS NOT NULL
      WHEN 'adoption' THEN "adoption_id" IS NOT NULL
      ELSE TRUE
    END);

-- ---------------------------------------------------------------- what never changes

DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'incident_link', 'break_glass_use', 'break_glass_review', 'ledger_checkpoint', 'ledger_checkpoint_head', 'ledger_key']
  LOOP
    EXECUTE format(
      'CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()',
      name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['api_key', 'incident', 'break_glass_grant']
  LOOP
    EXECUTE format(
      'CREATE TRIGGER "never_removed" BEFORE DELETE OR TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()',
      name);
  END LOOP;
END
$$;

CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "api_key" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_changes"('expires_at', 'revoked_at', 'last_used_at');
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "incident" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_changes"('state', 'owner_id', 'monitoring_at', 'resolved_at', 'resolved_by_id', 'note');
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "break_glass_grant" FOR EACH ROW EXECUTE FUNCTION "refuse_other_changes"('revoked_at');

-- A key's life only gets shorter, and a revoked key stays revoked.
CREATE FUNCTION "refuse_longer_key"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."expires_at" > OLD."expires_at" OR (OLD."revoked_at" IS NOT NULL AND NEW."revoked_at" IS DISTINCT FROM OLD."revoked_at") THEN
    RAISE EXCEPTION 'UPDATE on "api_key" is refused: a key never lives longer than it was made for' USING ERRCODE = 'HP001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "only_shorter" BEFORE UPDATE ON "api_key" FOR EACH ROW EXECUTE FUNCTION "refuse_longer_key"();

-- With its text a reason's salt goes: whoever guesses at an erased text finds nothing to try the guess against.
DROP TRIGGER "fixed_columns" ON "ledger_reason";
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "ledger_reason" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_changes"('text', 'salt', 'erased_at');
CREATE OR REPLACE FUNCTION "refuse_rewording"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."erased_at" IS NOT NULL OR NEW."text" IS NOT NULL OR NEW."salt" NOT IN ('', OLD."salt") THEN
    RAISE EXCEPTION 'UPDATE on "ledger_reason" is refused: a reason can only be erased, once' USING ERRCODE = 'HP001';
  END IF;
  RETURN NEW;
END
$$;

-- Each checkpoint continues the one before it.
CREATE FUNCTION "check_ledger_checkpoint"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  last RECORD;
BEGIN
  SELECT "number", "hash", "at" INTO last FROM public."ledger_checkpoint" ORDER BY "number" DESC LIMIT 1;
  IF NOT FOUND THEN
    IF NEW."number" <> 1 OR NEW."prev_hash" <> repeat('0', 64) THEN
      RAISE EXCEPTION 'checkpoint %: the first is number 1 and follows the hash of zeros', NEW."number" USING ERRCODE = 'HP002';
    END IF;
  ELSIF NEW."number" <> last."number" + 1 OR NEW."prev_hash" <> last."hash" OR NEW."at" < last."at" THEN
    RAISE EXCEPTION 'checkpoint %: it does not continue checkpoint %', NEW."number", last."number" USING ERRCODE = 'HP002';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "continues_chain" BEFORE INSERT ON "ledger_checkpoint" FOR EACH ROW EXECUTE FUNCTION "check_ledger_checkpoint"();

-- A different person than who gave the grant and who used it looks at it afterwards.
CREATE FUNCTION "check_break_glass_review"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public."break_glass_use" u JOIN public."break_glass_grant" g ON g."id" = u."grant_id"
    WHERE u."id" = NEW."use_id" AND NEW."reviewer_id" IN (u."executed_by_id", g."granted_by_id")) THEN
    RAISE EXCEPTION 'break-glass %: whoever gave or used the grant does not review it', NEW."use_id" USING ERRCODE = 'HP003';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "different_person" BEFORE INSERT ON "break_glass_review" FOR EACH ROW EXECUTE FUNCTION "check_break_glass_review"();

-- ---------------------------------------------------------------- pointers

-- As before, and a break-glass promotion stands on a grant in the name of whoever executes it.
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
  ELSE
    -- revertRelease comes with its own row; until that exists, nothing can stand behind it.
    RAISE EXCEPTION 'stage "%" cannot be entered by % yet', NEW."stage_key", NEW."origin" USING ERRCODE = 'HP003';
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
  FOREACH name IN ARRAY ARRAY['session', 'account', 'verification', 'setup_link', 'reset_link', 'sign_in_throttle', 'eval_upload', 'idempotency_record', 'outbox_event']
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
  GRANT UPDATE ("kind", "state", "release_id", "digest", "baseline_id", "to_stage_key", "note", "requested_by_id", "responsible_ids", "revision", "closed_at")
    ON public."promotion" TO holdpoint_runtime;
  GRANT UPDATE ("position", "stage_revision_id", "state", "executed_at", "executed_by_id", "readiness_record_id")
    ON public."promotion_move" TO holdpoint_runtime;
  GRANT UPDATE ("seq", "head_hash", "last_at") ON public."ledger_chain" TO holdpoint_runtime;
  GRANT UPDATE ("text", "salt", "erased_at") ON public."ledger_reason" TO holdpoint_runtime;
  GRANT UPDATE ("expires_at", "revoked_at", "last_used_at") ON public."api_key" TO holdpoint_runtime;
  GRANT UPDATE ("state", "owner_id", "monitoring_at", "resolved_at", "resolved_by_id", "note") ON public."incident" TO holdpoint_runtime;
  GRANT UPDATE ("revoked_at") ON public."break_glass_grant" TO holdpoint_runtime;
  GRANT EXECUTE ON FUNCTION public.discard_staged_cases(UUID) TO holdpoint_runtime;
END
$$;
SELECT public.grant_runtime();
