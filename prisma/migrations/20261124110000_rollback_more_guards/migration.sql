-- What the database itself refuses about what rollbacks leave, in addition to 20261123230100_rollback_guards.

-- A hold comes with its rollback; it is lifted by neither who rolled back nor who answers for them; and what says that a
-- fix lifted it needs that fix: a move of the incident's own promotion into the stage, in the same transaction.
CREATE OR REPLACE FUNCTION "check_hold"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (
      SELECT 1 FROM public."rollback" b
      WHERE b."id" = NEW."rollback_id" AND b."workflow_id" = NEW."workflow_id" AND b."kind" = 'rollback'
        AND b."incident_id" = NEW."incident_id" AND NEW."to" IS NULL AND public.written_now(b.xmin)) THEN
      RAISE EXCEPTION 'a hold needs its rollback in the same transaction' USING ERRCODE = 'HP003';
    END IF;
    RETURN NULL;
  END IF;
  IF OLD."to" IS NOT NULL THEN
    RAISE EXCEPTION 'UPDATE on "hold" is refused: it is lifted once' USING ERRCODE = 'HP001';
  END IF;
  IF NEW."end_ledger_entry_id" IS NULL OR NOT public.in_ledger_now(NEW."end_ledger_entry_id", NEW."workflow_id") THEN
    RAISE EXCEPTION 'a hold was ended without a ledger entry in the same transaction' USING ERRCODE = 'HP003';
  END IF;
  IF NEW."ended_by" = 'lift' AND EXISTS (
    SELECT 1 FROM public."rollback" b
    WHERE b."id" = NEW."rollback_id"
      AND (b."triggered_by_id" = NEW."ended_by_id" OR NEW."ended_by_id" = ANY (b."responsible_ids"))) THEN
    RAISE EXCEPTION 'a hold is lifted by another person than who rolled back' USING ERRCODE = 'HP003';
  END IF;
  IF NEW."ended_by" = 'fix' AND NOT EXISTS (
    SELECT 1 FROM public."promotion_move" m JOIN public."promotion" p ON p."id" = m."promotion_id"
    WHERE m."workflow_id" = NEW."workflow_id" AND m."stage_key" = NEW."stage_key" AND m."state" = 'executed'
      AND public.written_now(m.xmin) AND p."kind" = 'fix' AND p."incident_id" = NEW."incident_id") THEN
    RAISE EXCEPTION 'a hold is ended by the fix of its incident alone' USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;

-- A release is in quarantine because a rollback of the same transaction left it; another person clears it.
CREATE OR REPLACE FUNCTION "check_quarantine"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (
      SELECT 1 FROM public."rollback" b
      WHERE b."id" = NEW."rollback_id" AND b."workflow_id" = NEW."workflow_id" AND b."kind" = 'rollback'
        AND NEW."cleared_at" IS NULL AND public.written_now(b.xmin)) THEN
      RAISE EXCEPTION 'a quarantine needs its rollback in the same transaction' USING ERRCODE = 'HP003';
    END IF;
    RETURN NULL;
  END IF;
  IF OLD."cleared_at" IS NOT NULL THEN
    RAISE EXCEPTION 'UPDATE on "quarantine" is refused: it is cleared once' USING ERRCODE = 'HP001';
  END IF;
  IF NEW."clear_ledger_entry_id" IS NULL OR NOT public.in_ledger_now(NEW."clear_ledger_entry_id", NEW."workflow_id") THEN
    RAISE EXCEPTION 'a quarantine was cleared without a ledger entry in the same transaction' USING ERRCODE = 'HP003';
  END IF;
  IF EXISTS (
    SELECT 1 FROM public."rollback" b
    WHERE b."id" = NEW."rollback_id"
      AND (b."triggered_by_id" = NEW."cleared_by_id" OR NEW."cleared_by_id" = ANY (b."responsible_ids"))) THEN
    RAISE EXCEPTION 'a quarantine is cleared by another person than who rolled back' USING ERRCODE = 'HP003';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "on_its_rollback" AFTER INSERT ON "quarantine" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "check_quarantine"();
