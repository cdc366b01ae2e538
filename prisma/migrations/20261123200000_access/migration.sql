-- AlterTable
ALTER TABLE "organisation_role" ADD COLUMN     "deputy" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'manual';

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'password',
ADD COLUMN     "oidc_sid" TEXT;

-- AlterTable
ALTER TABLE "team_member" ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'manual';

-- AlterTable
ALTER TABLE "prompt_version" ADD COLUMN     "responsible_ids" UUID[];

-- AlterTable
ALTER TABLE "model_config_version" ADD COLUMN     "responsible_ids" UUID[];

-- CreateTable
CREATE TABLE "reset_link" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "reset_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttle" (
    "subject" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_throttle_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "scopes" TEXT[],
    "team_ids" UUID[],
    "workflow_ids" UUID[],
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "replaces_id" UUID,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'report',
    "owner_id" UUID,
    "opened_by_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "monitoring_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_link" (
    "id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "incident_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "break_glass_grant" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "granted_by_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "break_glass_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "break_glass_use" (
    "id" UUID NOT NULL,
    "grant_id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "promotion_id" UUID NOT NULL,
    "stage_key" TEXT NOT NULL,
    "release_id" UUID NOT NULL,
    "check_ids" TEXT[],
    "reason" TEXT NOT NULL,
    "readiness_record_id" UUID NOT NULL,
    "executed_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "review_due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "break_glass_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "break_glass_review" (
    "use_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "break_glass_review_pkey" PRIMARY KEY ("use_id")
);

-- CreateTable
CREATE TABLE "ledger_checkpoint" (
    "id" UUID NOT NULL,
    "number" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "chains" INTEGER NOT NULL,
    "entries" BIGINT NOT NULL,
    "root" TEXT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,

    CONSTRAINT "ledger_checkpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_checkpoint_head" (
    "checkpoint_id" UUID NOT NULL,
    "chain" TEXT NOT NULL,
    "leaf" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "head_hash" TEXT NOT NULL,

    CONSTRAINT "ledger_checkpoint_head_pkey" PRIMARY KEY ("checkpoint_id","chain")
);

-- CreateTable
CREATE TABLE "ledger_key" (
    "id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "first_used" TIMESTAMPTZ(3) NOT NULL,
    "signed_by" TEXT,
    "signature" TEXT,

    CONSTRAINT "ledger_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_push" (
    "target" TEXT NOT NULL,
    "number" BIGINT NOT NULL DEFAULT 0,
    "pushed_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "next_try_at" TIMESTAMPTZ(3),
    "leased_until" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_push_pkey" PRIMARY KEY ("target")
);

-- CreateIndex
CREATE INDEX "session_oidc_sid_idx" ON "session"("oidc_sid");

-- CreateIndex
CREATE UNIQUE INDEX "account_provider_id_account_id_key" ON "account"("provider_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "reset_link_token_hash_key" ON "reset_link"("token_hash");

-- CreateIndex
CREATE INDEX "reset_link_user_id_idx" ON "reset_link"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_token_hash_key" ON "api_key"("token_hash");

-- CreateIndex
CREATE INDEX "api_key_created_by_id_idx" ON "api_key"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "incident_workflow_id_number_key" ON "incident"("workflow_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "incident_link_incident_id_kind_value_key" ON "incident_link"("incident_id", "kind", "value");

-- CreateIndex
CREATE INDEX "break_glass_grant_workflow_id_idx" ON "break_glass_grant"("workflow_id");

-- CreateIndex
CREATE INDEX "break_glass_grant_person_id_idx" ON "break_glass_grant"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "break_glass_use_grant_id_key" ON "break_glass_use"("grant_id");

-- CreateIndex
CREATE INDEX "break_glass_use_workflow_id_idx" ON "break_glass_use"("workflow_id");

-- CreateIndex
CREATE INDEX "break_glass_use_release_id_idx" ON "break_glass_use"("release_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_checkpoint_number_key" ON "ledger_checkpoint"("number");

-- CreateIndex
CREATE INDEX "ledger_checkpoint_at_idx" ON "ledger_checkpoint"("at");

-- CreateIndex
CREATE INDEX "ledger_checkpoint_head_chain_seq_idx" ON "ledger_checkpoint_head"("chain", "seq");

-- AddForeignKey
ALTER TABLE "incident_link" ADD CONSTRAINT "incident_link_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "break_glass_use" ADD CONSTRAINT "break_glass_use_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "break_glass_grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "break_glass_review" ADD CONSTRAINT "break_glass_review_use_id_fkey" FOREIGN KEY ("use_id") REFERENCES "break_glass_use"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_checkpoint_head" ADD CONSTRAINT "ledger_checkpoint_head_checkpoint_id_fkey" FOREIGN KEY ("checkpoint_id") REFERENCES "ledger_checkpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
