-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_link" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "setup_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_role" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "organisation_role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "on_call_contact" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_member" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "restricted" BOOLEAN NOT NULL DEFAULT false,
    "raised_tier" TEXT,
    "risk_tier" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "incarnation" INTEGER NOT NULL DEFAULT 1,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "last_release_number" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "workflow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_draft" (
    "workflow_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contract_draft_pkey" PRIMARY KEY ("workflow_id")
);

-- CreateTable
CREATE TABLE "contract_component" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contract_component_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_publication" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "core_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "retrieval_id" UUID,
    "tools_id" UUID,
    "budgets_id" UUID,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contract_publication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "operating_record" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "canonical" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "owner_digest" TEXT NOT NULL,
    "providers_digest" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operating_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "last_version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt_version" (
    "id" UUID NOT NULL,
    "prompt_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "variables" TEXT[],
    "commit_message" TEXT NOT NULL,
    "secret_findings" JSONB NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "prompt_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_config" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "last_version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_config_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_config_version" (
    "id" UUID NOT NULL,
    "model_config_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "is_alias" BOOLEAN NOT NULL,
    "alias_accepted_reason" TEXT,
    "canonical" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "commit_message" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_config_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "alias" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "eval_digest" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "parent_id" UUID,
    "derived_from_id" UUID,
    "origin" TEXT NOT NULL DEFAULT 'registered',
    "core_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "retrieval_id" UUID,
    "tools_id" UUID,
    "budgets_id" UUID,
    "notes" TEXT NOT NULL DEFAULT '',
    "created_by_id" UUID NOT NULL,
    "responsible_ids" UUID[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_step" (
    "id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "prompt_version_id" UUID NOT NULL,
    "model_config_version_id" UUID NOT NULL,

    CONSTRAINT "release_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage" (
    "workflow_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "current_revision_id" UUID NOT NULL,

    CONSTRAINT "stage_pkey" PRIMARY KEY ("workflow_id","key")
);

-- CreateTable
CREATE TABLE "stage_revision" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "stage_key" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "canonical" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stage_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage_revision_approval" (
    "stage_revision_id" UUID NOT NULL,
    "approved_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stage_revision_approval_pkey" PRIMARY KEY ("stage_revision_id")
);

-- CreateTable
CREATE TABLE "occupancy" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "stage_key" TEXT NOT NULL,
    "stage_revision_id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "from" TIMESTAMPTZ(6) NOT NULL,
    "to" TIMESTAMPTZ(6),
    "origin" TEXT NOT NULL,
    "promotion_id" UUID,
    "adoption_id" UUID,
    "readiness_record_id" UUID,
    "ledger_entry_id" UUID NOT NULL,
    "end_ledger_entry_id" UUID,

    CONSTRAINT "occupancy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "adoption" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "stage_keys" TEXT[],
    "reason" TEXT NOT NULL,
    "debts" JSONB NOT NULL,
    "adopted_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "adoption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "eval_suite" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "last_version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "eval_suite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "eval_suite_version" (
    "id" UUID NOT NULL,
    "suite_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "canonical" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "grader_digest" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "eval_suite_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "eval_upload" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "bytes_received" BIGINT NOT NULL DEFAULT 0,
    "bytes_total" BIGINT,
    "cases_staged" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,
    "started_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "run_ids" UUID[],

    CONSTRAINT "eval_upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "eval_run" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "suite_version_id" UUID NOT NULL,
    "eval_digest" TEXT,
    "release_id" UUID,
    "counts" BOOLEAN NOT NULL,
    "uncounted_reason" TEXT,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "source_version" TEXT NOT NULL,
    "raw_sha256" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "cases" INTEGER NOT NULL,
    "passed" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "errored" INTEGER NOT NULL,
    "skipped" INTEGER NOT NULL,
    "aggregates" JSONB NOT NULL,
    "flags" JSONB NOT NULL,
    "tokens_in" BIGINT,
    "tokens_out" BIGINT,
    "cost_usd" DECIMAL(18,6),
    "duration_ms" BIGINT,
    "imported_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "eval_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "eval_case" (
    "run_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "case_id" TEXT NOT NULL,
    "repeat" INTEGER NOT NULL DEFAULT 0,
    "category" TEXT,
    "tags" TEXT[],
    "outcome" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "metrics" JSONB NOT NULL,
    "expected_status" TEXT,
    "severity" TEXT,
    "latency_ms" INTEGER,
    "cost_usd" DECIMAL(18,6),
    "input_digest" TEXT,
    "output_digest" TEXT,
    "reason" TEXT,

    CONSTRAINT "eval_case_pkey" PRIMARY KEY ("run_id","index")
);

-- CreateTable
CREATE TABLE "checklist_version" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "canonical" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checklist_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check_answer" (
    "id" UUID NOT NULL,
    "workflow_id" UUID,
    "check_id" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "evidence" JSONB NOT NULL,
    "bindings" JSONB NOT NULL,
    "release_id" UUID,
    "answered_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "check_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waiver" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "check_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "waiver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "readiness_record" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "stage_key" TEXT NOT NULL,
    "stage_revision_id" UUID NOT NULL,
    "checklist_version" INTEGER NOT NULL,
    "evaluated_at" TIMESTAMPTZ(3) NOT NULL,
    "incomplete_checks" INTEGER NOT NULL,
    "canonical" TEXT NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "readiness_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "release_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "baseline_id" UUID,
    "to_stage_key" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "requested_by_id" UUID NOT NULL,
    "responsible_ids" UUID[],
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "promotion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_move" (
    "id" UUID NOT NULL,
    "promotion_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "stage_key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "stage_revision_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "executed_at" TIMESTAMPTZ(6),
    "executed_by_id" UUID,
    "readiness_record_id" UUID,

    CONSTRAINT "promotion_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion_review" (
    "id" UUID NOT NULL,
    "promotion_id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "roles" TEXT[],
    "reviewer_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotion_review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_chain" (
    "chain" TEXT NOT NULL,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "head_hash" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "ledger_chain_pkey" PRIMARY KEY ("chain")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "act" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_reason" (
    "entry_id" UUID NOT NULL,
    "salt" TEXT NOT NULL,
    "text" TEXT,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_reason_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "actor_id" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("actor_id","mutation","key")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "workflow_id" UUID,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "setup_link_token_hash_key" ON "setup_link"("token_hash");

-- CreateIndex
CREATE INDEX "organisation_role_user_id_idx" ON "organisation_role"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_key_key" ON "team"("key");

-- CreateIndex
CREATE INDEX "team_member_team_id_idx" ON "team_member"("team_id");

-- CreateIndex
CREATE INDEX "team_member_user_id_idx" ON "team_member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_team_id_key_key" ON "workflow"("team_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "contract_component_workflow_id_kind_number_key" ON "contract_component"("workflow_id", "kind", "number");

-- CreateIndex
CREATE UNIQUE INDEX "contract_component_workflow_id_kind_digest_key" ON "contract_component"("workflow_id", "kind", "digest");

-- CreateIndex
CREATE UNIQUE INDEX "contract_publication_workflow_id_number_key" ON "contract_publication"("workflow_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "operating_record_workflow_id_version_key" ON "operating_record"("workflow_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_team_id_key_key" ON "prompt"("team_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_version_prompt_id_version_key" ON "prompt_version"("prompt_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "model_config_team_id_key_key" ON "model_config"("team_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "model_config_version_model_config_id_version_key" ON "model_config_version"("model_config_id", "version");

-- CreateIndex
CREATE INDEX "release_workflow_id_digest_idx" ON "release"("workflow_id", "digest");

-- CreateIndex
CREATE INDEX "release_workflow_id_eval_digest_idx" ON "release"("workflow_id", "eval_digest");

-- CreateIndex
CREATE UNIQUE INDEX "release_workflow_id_number_key" ON "release"("workflow_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "release_workflow_id_alias_key" ON "release"("workflow_id", "alias");

-- CreateIndex
CREATE UNIQUE INDEX "release_step_release_id_name_key" ON "release_step"("release_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "stage_workflow_id_position_key" ON "stage"("workflow_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "stage_revision_workflow_id_stage_key_revision_key" ON "stage_revision"("workflow_id", "stage_key", "revision");

-- CreateIndex
CREATE INDEX "occupancy_workflow_id_stage_key_from_idx" ON "occupancy"("workflow_id", "stage_key", "from");

-- CreateIndex
CREATE INDEX "occupancy_release_id_idx" ON "occupancy"("release_id");

-- CreateIndex
CREATE UNIQUE INDEX "adoption_workflow_id_key" ON "adoption"("workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "eval_suite_workflow_id_key_key" ON "eval_suite"("workflow_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "eval_suite_version_suite_id_version_key" ON "eval_suite_version"("suite_id", "version");

-- CreateIndex
CREATE INDEX "eval_upload_workflow_id_idx" ON "eval_upload"("workflow_id");

-- CreateIndex
CREATE INDEX "eval_run_workflow_id_eval_digest_idx" ON "eval_run"("workflow_id", "eval_digest");

-- CreateIndex
CREATE INDEX "eval_run_suite_version_id_kind_idx" ON "eval_run"("suite_version_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "checklist_version_version_key" ON "checklist_version"("version");

-- CreateIndex
CREATE INDEX "check_answer_workflow_id_check_id_created_at_idx" ON "check_answer"("workflow_id", "check_id", "created_at");

-- CreateIndex
CREATE INDEX "waiver_workflow_id_idx" ON "waiver"("workflow_id");

-- CreateIndex
CREATE INDEX "readiness_record_workflow_id_idx" ON "readiness_record"("workflow_id");

-- CreateIndex
CREATE INDEX "promotion_workflow_id_closed_at_idx" ON "promotion"("workflow_id", "closed_at");

-- CreateIndex
CREATE INDEX "promotion_move_workflow_id_stage_key_executed_at_idx" ON "promotion_move"("workflow_id", "stage_key", "executed_at");

-- CreateIndex
CREATE UNIQUE INDEX "promotion_move_promotion_id_stage_key_key" ON "promotion_move"("promotion_id", "stage_key");

-- CreateIndex
CREATE INDEX "promotion_review_promotion_id_idx" ON "promotion_review"("promotion_id");

-- CreateIndex
CREATE INDEX "ledger_entry_at_idx" ON "ledger_entry"("at");

-- CreateIndex
CREATE INDEX "ledger_entry_subject_kind_subject_id_idx" ON "ledger_entry"("subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "ledger_entry_actor_id_idx" ON "ledger_entry"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entry_chain_seq_key" ON "ledger_entry"("chain", "seq");

-- CreateIndex
CREATE INDEX "outbox_event_delivered_at_created_at_idx" ON "outbox_event"("delivered_at", "created_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workflow" ADD CONSTRAINT "workflow_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_component" ADD CONSTRAINT "contract_component_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt_version" ADD CONSTRAINT "prompt_version_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_config" ADD CONSTRAINT "model_config_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_config_version" ADD CONSTRAINT "model_config_version_model_config_id_fkey" FOREIGN KEY ("model_config_id") REFERENCES "model_config"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_core_id_fkey" FOREIGN KEY ("core_id") REFERENCES "contract_component"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_output_id_fkey" FOREIGN KEY ("output_id") REFERENCES "contract_component"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_retrieval_id_fkey" FOREIGN KEY ("retrieval_id") REFERENCES "contract_component"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_tools_id_fkey" FOREIGN KEY ("tools_id") REFERENCES "contract_component"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_budgets_id_fkey" FOREIGN KEY ("budgets_id") REFERENCES "contract_component"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_derived_from_id_fkey" FOREIGN KEY ("derived_from_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_step" ADD CONSTRAINT "release_step_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_step" ADD CONSTRAINT "release_step_prompt_version_id_fkey" FOREIGN KEY ("prompt_version_id") REFERENCES "prompt_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_step" ADD CONSTRAINT "release_step_model_config_version_id_fkey" FOREIGN KEY ("model_config_version_id") REFERENCES "model_config_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage_revision_approval" ADD CONSTRAINT "stage_revision_approval_stage_revision_id_fkey" FOREIGN KEY ("stage_revision_id") REFERENCES "stage_revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_stage_revision_id_fkey" FOREIGN KEY ("stage_revision_id") REFERENCES "stage_revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adoption" ADD CONSTRAINT "adoption_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "eval_suite_version" ADD CONSTRAINT "eval_suite_version_suite_id_fkey" FOREIGN KEY ("suite_id") REFERENCES "eval_suite"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "eval_run" ADD CONSTRAINT "eval_run_suite_version_id_fkey" FOREIGN KEY ("suite_version_id") REFERENCES "eval_suite_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "eval_run" ADD CONSTRAINT "eval_run_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "readiness_record" ADD CONSTRAINT "readiness_record_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "readiness_record" ADD CONSTRAINT "readiness_record_stage_revision_id_fkey" FOREIGN KEY ("stage_revision_id") REFERENCES "stage_revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_move" ADD CONSTRAINT "promotion_move_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion_review" ADD CONSTRAINT "promotion_review_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
