-- What the database itself refuses, whoever asks: values outside their closed sets, digests that are not of their
-- text, changes to immutable rows, a ledger out of order, and a pointer moved without what must stand behind it.
-- SQLSTATEs: HP001 immutable row, HP002 ledger out of order, HP003 pointer without its grounds.
-- Bodies name public.* in full, so that a session's temporary tables cannot stand in for ours.

-- ---------------------------------------------------------------- at most one

CREATE UNIQUE INDEX "occupancy_one_open" ON "occupancy" ("workflow_id", "stage_key") WHERE "to" IS NULL;
CREATE UNIQUE INDEX "promotion_move_one_open" ON "promotion_move" ("workflow_id", "stage_key") WHERE "state" = 'open';
CREATE UNIQUE INDEX "team_member_one_held" ON "team_member" ("team_id", "user_id", "role") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "organisation_role_one_held" ON "organisation_role" ("user_id", "role") WHERE "ended_at" IS NULL;

-- ---------------------------------------------------------------- closed sets and sane values

ALTER TABLE "organisation_role"
  ADD CONSTRAINT "organisation_role_role" CHECK ("role" IN ('administrator', 'auditor', 'risk_reviewer', 'security_reviewer', 'responder')),
  ADD CONSTRAINT "organisation_role_interval" CHECK ("ended_at" >= "granted_at");
ALTER TABLE "team" ADD CONSTRAINT "team_revision" CHECK ("revision" > 0);
ALTER TABLE "team_member"
  ADD CONSTRAINT "team_member_role" CHECK ("role" IN ('member', 'reviewer', 'responder')),
  ADD CONSTRAINT "team_member_interval" CHECK ("ended_at" >= "added_at");
ALTER TABLE "workflow"
  ADD CONSTRAINT "workflow_raised_tier" CHECK ("raised_tier" IN ('low', 'medium', 'high')),
  ADD CONSTRAINT "workflow_risk_tier" CHECK ("risk_tier" IN ('low', 'medium', 'high')),
  ADD CONSTRAINT "workflow_version" CHECK ("incarnation" > 0 AND "epoch" >= 0),
  ADD CONSTRAINT "workflow_last_release_number" CHECK ("last_release_number" >= 0);
ALTER TABLE "contract_draft" ADD CONSTRAINT "contract_draft_revision" CHECK ("revision" > 0);
ALTER TABLE "contract_component"
  ADD CONSTRAINT "contract_component_kind" CHECK ("kind" IN ('core', 'output', 'retrieval', 'tools', 'budgets')),
  ADD CONSTRAINT "contract_component_number" CHECK ("number" > 0);
ALTER TABLE "contract_publication" ADD CONSTRAINT "contract_publication_number" CHECK ("number" > 0);
ALTER TABLE "operating_record" ADD CONSTRAINT "operating_record_version" CHECK ("version" > 0);
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_last_version" CHECK ("last_version" >= 0);
ALTER TABLE "prompt_version"
  ADD CONSTRAINT "prompt_version_format" CHECK ("format" IN ('text', 'chat')),
  ADD CONSTRAINT "prompt_version_version" CHECK ("version" > 0);
ALTER TABLE "model_config" ADD CONSTRAINT "model_config_last_version" CHECK ("last_version" >= 0);
ALTER TABLE "model_config_version" ADD CONSTRAINT "model_config_version_version" CHECK ("version" > 0);
ALTER TABLE "release"
  ADD CONSTRAINT "release_number" CHECK ("number" > 0),
  ADD CONSTRAINT "release_origin" CHECK ("origin" IN ('registered', 'rollback')),
  ADD CONSTRAINT "release_not_its_own_parent" CHECK ("parent_id" <> "id");
ALTER TABLE "release_step" ADD CONSTRAINT "release_step_position" CHECK ("position" >= 0);
ALTER TABLE "stage" ADD CONSTRAINT "stage_position" CHECK ("position" >= 0);
ALTER TABLE "stage_revision"
  ADD CONSTRAINT "stage_revision_revision" CHECK ("revision" > 0),
  ADD CONSTRAINT "stage_revision_effect" CHECK ("effect" IN ('initial', 'narrows', 'widens', 'thins', 'neutral', 'mixed'));
ALTER TABLE "occupancy"
  ADD CONSTRAINT "occupancy_origin" CHECK ("origin" IN ('promotion', 'adoption', 'revertRelease', 'breakGlass')),
  ADD CONSTRAINT "occupancy_interval" CHECK ("to" >= "from"),
  ADD CONSTRAINT "occupancy_end" CHECK (("to" IS NULL) = ("end_ledger_entry_id" IS NULL)),
  ADD CONSTRAINT "occupancy_grounds" CHECK (
    CASE "origin"
      WHEN 'promotion' THEN "promotion_id" IS NOT NULL AND "readiness_record_id" IS NOT NULL
      WHEN 'adoption' THEN "adoption_id" IS NOT NULL
      ELSE TRUE
    END);
ALTER TABLE "eval_suite" ADD CONSTRAINT "eval_suite_last_version" CHECK ("last_version" >= 0);
ALTER TABLE "eval_suite_version" ADD CONSTRAINT "eval_suite_version_version" CHECK ("version" > 0);
ALTER TABLE "eval_upload"
  ADD CONSTRAINT "eval_upload_state" CHECK ("state" IN ('receiving', 'staging', 'committed', 'refused')),
  ADD CONSTRAINT "eval_upload_counts" CHECK ("bytes_received" >= 0 AND "bytes_total" >= 0 AND "cases_staged" >= 0);
ALTER TABLE "eval_run"
  ADD CONSTRAINT "eval_run_kind" CHECK ("kind" IN ('regular', 'redteam')),
  ADD CONSTRAINT "eval_run_source" CHECK ("source" IN ('promptfoo', 'plain')),
  ADD CONSTRAINT "eval_run_status" CHECK ("status" IN ('completed', 'abandoned')),
  ADD CONSTRAINT "eval_run_tallies" CHECK (
    "passed" >= 0 AND "failed" >= 0 AND "errored" >= 0 AND "skipped" >= 0
    AND "cases" = "passed" + "failed" + "errored" + "skipped"),
  ADD CONSTRAINT "eval_run_uncounted" CHECK ("counts" OR "uncounted_reason" IS NOT NULL),
  ADD CONSTRAINT "eval_run_counts_for_a_digest" CHECK (NOT "counts" OR "eval_digest" IS NOT NULL);
ALTER TABLE "eval_case"
  ADD CONSTRAINT "eval_case_index" CHECK ("index" >= 0 AND "repeat" >= 0),
  ADD CONSTRAINT "eval_case_outcome" CHECK ("outcome" IN ('pass', 'fail', 'error', 'skip'));
ALTER TABLE "checklist_version" ADD CONSTRAINT "checklist_version_version" CHECK ("version" > 0);
ALTER TABLE "check_answer" ADD CONSTRAINT "check_answer_answer" CHECK ("answer" IN ('yes', 'no', 'not_applicable'));
ALTER TABLE "waiver"
  ADD CONSTRAINT "waiver_second_person" CHECK ("approved_by_id" <> "requested_by_id"),
  ADD CONSTRAINT "waiver_approval" CHECK (("approved_by_id" IS NULL) = ("approved_at" IS NULL)),
  ADD CONSTRAINT "waiver_interval" CHECK ("expires_at" > "created_at");
ALTER TABLE "readiness_record" ADD CONSTRAINT "readiness_record_counts" CHECK ("incomplete_checks" >= 0 AND "checklist_version" > 0);
ALTER TABLE "promotion"
  ADD CONSTRAINT "promotion_kind" CHECK ("kind" IN ('climb', 'replace', 'widen')),
  ADD CONSTRAINT "promotion_state" CHECK ("state" IN ('open', 'executed', 'withdrawn')),
  ADD CONSTRAINT "promotion_closed" CHECK (("state" = 'open') = ("closed_at" IS NULL)),
  ADD CONSTRAINT "promotion_revision" CHECK ("revision" > 0);
ALTER TABLE "promotion_move"
  ADD CONSTRAINT "promotion_move_state" CHECK ("state" IN ('open', 'executed', 'withdrawn')),
  ADD CONSTRAINT "promotion_move_executed" CHECK (
    "state" <> 'executed'
    OR ("executed_at" IS NOT NULL AND "executed_by_id" IS NOT NULL AND "readiness_record_id" IS NOT NULL));
ALTER TABLE "promotion_review" ADD CONSTRAINT "promotion_review_verdict" CHECK ("verdict" IN ('approve', 'request_changes', 'comment'));
ALTER TABLE "ledger_chain" ADD CONSTRAINT "ledger_chain_seq" CHECK ("seq" >= 0);
ALTER TABLE "ledger_entry"
  ADD CONSTRAINT "ledger_entry_actor_kind" CHECK ("actor_kind" IN ('user', 'service', 'agent', 'system')),
  ADD CONSTRAINT "ledger_entry_seq" CHECK ("seq" > 0);
ALTER TABLE "ledger_reason" ADD CONSTRAINT "ledger_reason_erased" CHECK (("text" IS NULL) = ("erased_at" IS NOT NULL));
ALTER TABLE "outbox_event" ADD CONSTRAINT "outbox_event_attempts" CHECK ("attempts" >= 0);

-- ---------------------------------------------------------------- a digest is of its text

CREATE FUNCTION "digest_of"(canonical TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT 'sha256:' || encode(sha256(convert_to(canonical, 'UTF8')), 'hex')
$$;

ALTER TABLE "contract_component" ADD CONSTRAINT "contract_component_digest" CHECK ("digest" = public.digest_of("canonical"));
ALTER TABLE "operating_record" ADD CONSTRAINT "operating_record_digest" CHECK ("digest" = public.digest_of("canonical"));
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_digest" CHECK ("digest" = public.digest_of("canonical"));
ALTER TABLE "model_config_version" ADD CONSTRAINT "model_config_version_digest" CHECK ("digest" = public.digest_of("canonical"));
ALTER TABLE "release" ADD CONSTRAINT "release_digest" CHECK ("digest" = public.digest_of("canonical"));
ALTER TABLE "stage_revision" ADD CONSTRAINT "stage_revision_digest" CHECK ("digest" = public.digest_of("canonical"));
ALTER TABLE "eval_suite_version" ADD CONSTRAINT "eval_suite_version_digest" CHECK ("digest" = public.digest_of("canonical"));
ALTER TABLE "checklist_version" ADD CONSTRAINT "checklist_version_digest" CHECK ("digest" = public.digest_of("canonical"));
ALTER TABLE "readiness_record" ADD CONSTRAINT "readiness_record_digest" CHECK ("digest" = public.digest_of("canonical"));

-- ---------------------------------------------------------------- immutable tables

CREATE FUNCTION "refuse_change"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%" is refused: its rows are never changed or removed', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'HP001';
END
$$;

-- For each statement, so that even one that would touch no row is refused.
DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'prompt_version', 'model_config_version', 'contract_component', 'contract_publication', 'operating_record', 'release',
    'release_step',
    'stage_revision', 'stage_revision_approval', 'adoption', 'eval_suite_version', 'eval_run', 'checklist_version',
    'check_answer', 'readiness_record', 'promotion_review', 'ledger_entry']
  LOOP
    EXECUTE format(
      'CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()',
      name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY[
    'occupancy', 'promotion', 'promotion_move', 'team_member', 'organisation_role', 'ledger_reason', 'ledger_chain',
    'workflow', 'team', 'stage', 'prompt', 'model_config', 'eval_suite', 'waiver']
  LOOP
    EXECUTE format(
      'CREATE TRIGGER "never_removed" BEFORE DELETE OR TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()',
      name);
  END LOOP;
END
$$;

-- True when a row's xmin is the running transaction. Acts use no savepoints, whose rows would carry other ids.
CREATE FUNCTION "written_now"(row_xmin XID) RETURNS BOOLEAN LANGUAGE sql STABLE STRICT AS $$
  SELECT row_xmin::text::bigint = (pg_current_xact_id()::text::bigint & 4294967295)
$$;

-- ---------------------------------------------------------------- tables of which little may change

-- The trigger's arguments are the columns that may change; everything else must stay as it was.
CREATE FUNCTION "refuse_other_changes"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) THEN
    RAISE EXCEPTION 'UPDATE on "%" is refused: only % may change', TG_TABLE_NAME, array_to_string(TG_ARGV, ', ')
      USING ERRCODE = 'HP001';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION "refuse_second_end"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."ended_at" IS NOT NULL OR NEW."ended_at" IS NULL THEN
    RAISE EXCEPTION 'UPDATE on "%" is refused: a role ends once and stays ended', TG_TABLE_NAME USING ERRCODE = 'HP001';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "team_member" FOR EACH ROW EXECUTE FUNCTION "refuse_other_changes"('ended_at');
CREATE TRIGGER "ends_once" BEFORE UPDATE ON "team_member" FOR EACH ROW EXECUTE FUNCTION "refuse_second_end"();
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "organisation_role" FOR EACH ROW EXECUTE FUNCTION "refuse_other_changes"('ended_at');
CREATE TRIGGER "ends_once" BEFORE UPDATE ON "organisation_role" FOR EACH ROW EXECUTE FUNCTION "refuse_second_end"();
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "waiver" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_changes"('approved_by_id', 'approved_at', 'ended_at');
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "stage" FOR EACH ROW EXECUTE FUNCTION "refuse_other_changes"('current_revision_id');
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "ledger_reason" FOR EACH ROW EXECUTE FUNCTION "refuse_other_changes"('text', 'erased_at');

CREATE FUNCTION "refuse_rewording"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."erased_at" IS NOT NULL OR NEW."text" IS NOT NULL THEN
    RAISE EXCEPTION 'UPDATE on "ledger_reason" is refused: a reason can only be erased, once' USING ERRCODE = 'HP001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "only_erased" BEFORE UPDATE ON "ledger_reason" FOR EACH ROW EXECUTE FUNCTION "refuse_rewording"();

CREATE FUNCTION "refuse_going_back"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."incarnation", NEW."epoch") < (OLD."incarnation", OLD."epoch")
     OR NEW."last_release_number" < OLD."last_release_number"
     OR (NEW."id", NEW."key", NEW."created_by_id", NEW."created_at") IS DISTINCT FROM (OLD."id", OLD."key", OLD."created_by_id", OLD."created_at") THEN
    RAISE EXCEPTION 'UPDATE on "workflow" is refused: versions and release numbers only grow, and its key stays'
      USING ERRCODE = 'HP001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "only_grows" BEFORE UPDATE ON "workflow" FOR EACH ROW EXECUTE FUNCTION "refuse_going_back"();

-- A promotion and its moves are settled once: executed or withdrawn, they stay as they are.
CREATE FUNCTION "refuse_unsettling"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" <> 'open' THEN
    RAISE EXCEPTION 'UPDATE on "%" is refused: it is already %', TG_TABLE_NAME, OLD."state" USING ERRCODE = 'HP001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "settled_once" BEFORE UPDATE ON "promotion" FOR EACH ROW EXECUTE FUNCTION "refuse_unsettling"();
CREATE TRIGGER "settled_once" BEFORE UPDATE ON "promotion_move" FOR EACH ROW EXECUTE FUNCTION "refuse_unsettling"();
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "promotion_move" FOR EACH ROW EXECUTE FUNCTION "refuse_other_changes"(
  'position', 'stage_revision_id', 'state', 'executed_at', 'executed_by_id', 'readiness_record_id');

-- ---------------------------------------------------------------- eval cases

-- Cases are staged in batches before their run is written; with the run they become immutable.
CREATE FUNCTION "refuse_late_cases"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM public."eval_run" r
    WHERE r."id" IN (SELECT DISTINCT c."run_id" FROM written c) AND NOT public.written_now(r.xmin)) THEN
    RAISE EXCEPTION 'INSERT on "eval_case" is refused: the run has been recorded' USING ERRCODE = 'HP001';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "staged_before_run" AFTER INSERT ON "eval_case" REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_late_cases"();
CREATE TRIGGER "immutable" BEFORE UPDATE OR TRUNCATE ON "eval_case" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

CREATE FUNCTION "refuse_removing_recorded_cases"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  discarding TEXT := nullif(current_setting('holdpoint.discarding', TRUE), '');
BEGIN
  IF EXISTS (SELECT 1 FROM removed c WHERE c."run_id"::text IS DISTINCT FROM discarding)
     OR EXISTS (SELECT 1 FROM public."eval_run" r WHERE r."id" IN (SELECT DISTINCT c."run_id" FROM removed c)) THEN
    RAISE EXCEPTION 'DELETE on "eval_case" is refused: only discard_staged_cases removes cases, and only of a run that was never recorded'
      USING ERRCODE = 'HP001';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "only_discarded" AFTER DELETE ON "eval_case" REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_removing_recorded_cases"();

-- Removes the staged cases of a run that was never recorded; returns how many there were.
CREATE FUNCTION "discard_staged_cases"(staged_run_id UUID) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  discarded BIGINT;
BEGIN
  PERFORM set_config('holdpoint.discarding', staged_run_id::text, TRUE);
  DELETE FROM public."eval_case" WHERE "run_id" = staged_run_id;
  GET DIAGNOSTICS discarded = ROW_COUNT;
  PERFORM set_config('holdpoint.discarding', '', TRUE);
  RETURN discarded;
END
$$;
REVOKE ALL ON FUNCTION "discard_staged_cases"(UUID) FROM PUBLIC;

-- ---------------------------------------------------------------- the ledger

-- Checked against the chain's last entry, not against ledger_chain, which the same transaction moves.
-- Two transactions that both continue one entry meet on the unique (chain, seq).
CREATE FUNCTION "check_ledger_entry"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  last RECORD;
  said JSONB;
BEGIN
  IF NEW."hash" <> encode(sha256(convert_to(NEW."canonical", 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'ledger entry % of chain %: its hash is not of its canonical text', NEW."seq", NEW."chain"
      USING ERRCODE = 'HP002';
  END IF;
  said := NEW."canonical"::jsonb;
  IF (said->>'id')::uuid IS DISTINCT FROM NEW."id"
     OR said->>'chain' IS DISTINCT FROM NEW."chain"
     OR (said->>'seq')::bigint IS DISTINCT FROM NEW."seq"
     OR (said->>'at')::timestamptz IS DISTINCT FROM NEW."at"
     OR said->>'act' IS DISTINCT FROM NEW."act"
     OR said->'actor'->>'id' IS DISTINCT FROM NEW."actor_id"
     OR said->'actor'->>'kind' IS DISTINCT FROM NEW."actor_kind"
     OR said->'subject'->>'kind' IS DISTINCT FROM NEW."subject_kind"
     OR said->'subject'->>'id' IS DISTINCT FROM NEW."subject_id"
     OR said->>'requestId' IS DISTINCT FROM NEW."request_id"
     OR said->>'prevHash' IS DISTINCT FROM NEW."prev_hash" THEN
    RAISE EXCEPTION 'ledger entry % of chain %: its columns are not what its canonical text says', NEW."seq", NEW."chain"
      USING ERRCODE = 'HP002';
  END IF;
  SELECT "seq", "hash", "at" INTO last FROM public."ledger_entry"
    WHERE "chain" = NEW."chain" ORDER BY "seq" DESC LIMIT 1;
  IF NOT FOUND THEN
    IF NEW."seq" <> 1 OR NEW."prev_hash" <> repeat('0', 64) THEN
      RAISE EXCEPTION 'ledger entry % of chain %: the first entry is number 1 and follows the hash of zeros', NEW."seq", NEW."chain"
        USING ERRCODE = 'HP002';
    END IF;
  ELSIF NEW."seq" <> last."seq" + 1 OR NEW."prev_hash" <> last."hash" THEN
    RAISE EXCEPTION 'ledger entry % of chain %: it does not continue entry %', NEW."seq", NEW."chain", last."seq"
      USING ERRCODE = 'HP002';
  ELSIF NEW."at" < last."at" THEN
    RAISE EXCEPTION 'ledger entry % of chain %: time runs backwards', NEW."seq", NEW."chain" USING ERRCODE = 'HP002';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "continues_chain" BEFORE INSERT ON "ledger_entry" FOR EACH ROW EXECUTE FUNCTION "check_ledger_entry"();

CREATE FUNCTION "in_ledger_now"(entry_id UUID, workflow_id UUID) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM public."ledger_entry" e
    WHERE e."id" = entry_id AND e."chain" = workflow_id::text AND public.written_now(e.xmin))
$$;

-- ---------------------------------------------------------------- pointers

CREATE FUNCTION "check_occupancy_interval"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  last RECORD;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW."to" IS NOT NULL THEN
      RAISE EXCEPTION 'INSERT on "occupancy" is refused: an interval begins open' USING ERRCODE = 'HP003';
    END IF;
    SELECT "from", "to" INTO last FROM public."occupancy"
      WHERE "workflow_id" = NEW."workflow_id" AND "stage_key" = NEW."stage_key" ORDER BY "from" DESC LIMIT 1;
    IF FOUND AND last."to" > NEW."from" THEN
      RAISE EXCEPTION 'INSERT on "occupancy" is refused: the interval begins before the last one ended' USING ERRCODE = 'HP003';
    END IF;
  ELSIF OLD."to" IS NOT NULL OR NEW."to" IS NULL THEN
    RAISE EXCEPTION 'UPDATE on "occupancy" is refused: an interval ends once' USING ERRCODE = 'HP001';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "interval" BEFORE INSERT OR UPDATE ON "occupancy" FOR EACH ROW EXECUTE FUNCTION "check_occupancy_interval"();
CREATE TRIGGER "fixed_columns" BEFORE UPDATE ON "occupancy" FOR EACH ROW
  EXECUTE FUNCTION "refuse_other_changes"('to', 'end_ledger_entry_id');

-- At commit: whatever moved the pointer stands beside it, written in the same transaction.
CREATE FUNCTION "check_occupancy_grounds"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
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
  ELSE
    -- revertRelease and breakGlass come with their own rows; until these exist, nothing can stand behind them.
    RAISE EXCEPTION 'stage "%" cannot be entered by % yet', NEW."stage_key", NEW."origin" USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "entered_on_grounds" AFTER INSERT ON "occupancy" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "check_occupancy_grounds"();
CREATE CONSTRAINT TRIGGER "left_on_grounds" AFTER UPDATE ON "occupancy" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "check_occupancy_grounds"();

CREATE FUNCTION "check_executed_move"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM public."occupancy" o
    WHERE o."workflow_id" = NEW."workflow_id" AND o."stage_key" = NEW."stage_key"
      AND o."promotion_id" = NEW."promotion_id" AND o."readiness_record_id" = NEW."readiness_record_id"
      AND public.written_now(o.xmin)) THEN
    RAISE EXCEPTION 'the move into stage "%" was executed without entering it', NEW."stage_key" USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "executed_move_enters" AFTER INSERT OR UPDATE ON "promotion_move" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW."state" = 'executed') EXECUTE FUNCTION "check_executed_move"();

-- Which definition of a stage holds is an act too: the chain's last entry must be of this transaction.
CREATE FUNCTION "check_stage_revision_move"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM (
      SELECT e.xmin AS written_by FROM public."ledger_entry" e
      WHERE e."chain" = NEW."workflow_id"::text ORDER BY e."seq" DESC LIMIT 1) last
    WHERE public.written_now(last.written_by)) THEN
    RAISE EXCEPTION 'the definition of stage "%" was changed without a ledger entry in the same transaction', NEW."key"
      USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "revision_in_ledger" AFTER UPDATE ON "stage" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW."current_revision_id" IS DISTINCT FROM OLD."current_revision_id")
  EXECUTE FUNCTION "check_stage_revision_move"();

-- ---------------------------------------------------------------- the runtime role

-- Grants holdpoint_runtime what the running service needs and nothing else. Called after every migration, so that
-- a role made by hand later gets its grants too; does nothing while there is no such role.
CREATE FUNCTION "grant_runtime"() RETURNS VOID LANGUAGE plpgsql AS $$
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
  FOREACH name IN ARRAY ARRAY['session', 'account', 'verification', 'setup_link', 'eval_upload', 'idempotency_record', 'outbox_event']
  LOOP
    EXECUTE format('GRANT UPDATE, DELETE ON public.%I TO holdpoint_runtime', name);
  END LOOP;
  GRANT UPDATE ON public."user", public."contract_draft" TO holdpoint_runtime;
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
  GRANT UPDATE ("text", "erased_at") ON public."ledger_reason" TO holdpoint_runtime;
  GRANT EXECUTE ON FUNCTION public.discard_staged_cases(UUID) TO holdpoint_runtime;
END
$$;
REVOKE ALL ON FUNCTION "grant_runtime"() FROM PUBLIC;

-- A group role without login. The owner joins it, so that a service given only the owner's URL can still run as it;
-- where the migrating role may not create roles, an administrator does, and the next start grants.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'holdpoint_runtime')
     AND (SELECT rolcreaterole OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
    BEGIN
      CREATE ROLE holdpoint_runtime NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another database of this server was being migrated at the same moment
    END;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'holdpoint_runtime')
     AND NOT pg_has_role(current_user, 'holdpoint_runtime', 'MEMBER') THEN
    BEGIN
      EXECUTE format('GRANT holdpoint_runtime TO %I', current_user);
    EXCEPTION WHEN insufficient_privilege THEN
      RAISE NOTICE 'an administrator has to grant holdpoint_runtime to %', current_user;
    END;
  END IF;
END
$$;
SELECT public.grant_runtime();

-- ---------------------------------------------------------------- the chain of everything that belongs to no workflow

INSERT INTO "ledger_chain" ("chain", "seq", "head_hash", "last_at") VALUES ('organisation', 0, repeat('0', 64), 'epoch');
