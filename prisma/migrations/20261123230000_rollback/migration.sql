-- What runs now: rollbacks with their overlays, holds and quarantines, and what instances report.
-- AlterTable
ALTER TABLE "occupancy" ADD COLUMN     "rollback_id" UUID;

-- AlterTable
ALTER TABLE "promotion" ADD COLUMN     "added_case" JSONB,
ADD COLUMN     "incident_id" UUID;

-- CreateTable
CREATE TABLE "rollback" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "incident_id" UUID,
    "scope" TEXT NOT NULL,
    "stage_keys" TEXT[],
    "segment" JSONB NOT NULL,
    "levers" JSONB NOT NULL,
    "left_release_ids" UUID[],
    "triggered_by_id" UUID NOT NULL,
    "triggered_by" TEXT NOT NULL,
    "responsible_ids" UUID[],
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "incarnation" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "review_due_at" TIMESTAMPTZ(3),
    "ledger_entry_id" UUID NOT NULL,

    CONSTRAINT "rollback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "overlay" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "rollback_id" UUID NOT NULL,
    "stage_key" TEXT,
    "segment" JSONB NOT NULL,
    "levers" JSONB NOT NULL,
    "from" TIMESTAMPTZ(6) NOT NULL,
    "to" TIMESTAMPTZ(6),
    "ended_by" TEXT,
    "end_ledger_entry_id" UUID,

    CONSTRAINT "overlay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hold" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "rollback_id" UUID NOT NULL,
    "incident_id" UUID NOT NULL,
    "stage_key" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "ended_by_id" UUID,
    "end_ledger_entry_id" UUID,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quarantine" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "rollback_id" UUID NOT NULL,
    "release_id" UUID NOT NULL,
    "stage_key" TEXT NOT NULL,
    "segment" JSONB NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "cleared_at" TIMESTAMPTZ(3),
    "cleared_by_id" UUID,
    "clear_ledger_entry_id" UUID,

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollback_review" (
    "rollback_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rollback_review_pkey" PRIMARY KEY ("rollback_id")
);

-- CreateTable
CREATE TABLE "rollback_effect" (
    "rollback_id" UUID NOT NULL,
    "expected" INTEGER NOT NULL,
    "confirmed" INTEGER NOT NULL,
    "slowest_ms" INTEGER,
    "completed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rollback_effect_pkey" PRIMARY KEY ("rollback_id")
);

-- CreateTable
CREATE TABLE "instance" (
    "workflow_id" UUID NOT NULL,
    "instance_id" TEXT NOT NULL,
    "key_id" UUID NOT NULL,
    "environment" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "application" TEXT NOT NULL DEFAULT '',
    "sdk" TEXT NOT NULL DEFAULT '',
    "levers" TEXT[],
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "incarnation" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "serves_since" TIMESTAMPTZ(3) NOT NULL,
    "serves" JSONB NOT NULL,
    "is_fallback" BOOLEAN NOT NULL DEFAULT false,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "instance_pkey" PRIMARY KEY ("workflow_id","instance_id")
);

-- CreateTable
CREATE TABLE "acknowledgement" (
    "workflow_id" UUID NOT NULL,
    "incarnation" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "instance_id" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "levers" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "acknowledgement_pkey" PRIMARY KEY ("workflow_id","incarnation","epoch","instance_id")
);

-- CreateTable
CREATE TABLE "served_count" (
    "workflow_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "stage_key" TEXT NOT NULL,
    "served" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "served_count_pkey" PRIMARY KEY ("workflow_id","hour","stage_key","served","source")
);

-- CreateTable
CREATE TABLE "drift_finding" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "instance_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reported" TEXT NOT NULL,
    "incarnation" INTEGER NOT NULL,
    "epoch" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "drift_finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environment_pin" (
    "workflow_id" UUID NOT NULL,
    "environment" TEXT NOT NULL,
    "release_id" UUID,
    "pinned_by_id" UUID NOT NULL,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "environment_pin_pkey" PRIMARY KEY ("workflow_id","environment")
);

-- CreateIndex
CREATE INDEX "rollback_incident_id_idx" ON "rollback"("incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "rollback_workflow_id_number_key" ON "rollback"("workflow_id", "number");

-- CreateIndex
CREATE INDEX "overlay_workflow_id_to_idx" ON "overlay"("workflow_id", "to");

-- CreateIndex
CREATE INDEX "overlay_rollback_id_idx" ON "overlay"("rollback_id");

-- CreateIndex
CREATE INDEX "hold_workflow_id_to_idx" ON "hold"("workflow_id", "to");

-- CreateIndex
CREATE INDEX "hold_rollback_id_idx" ON "hold"("rollback_id");

-- CreateIndex
CREATE INDEX "quarantine_workflow_id_cleared_at_idx" ON "quarantine"("workflow_id", "cleared_at");

-- CreateIndex
CREATE INDEX "quarantine_release_id_idx" ON "quarantine"("release_id");

-- CreateIndex
CREATE INDEX "instance_seen_at_idx" ON "instance"("seen_at");

-- CreateIndex
CREATE UNIQUE INDEX "drift_finding_workflow_id_instance_id_kind_reported_key" ON "drift_finding"("workflow_id", "instance_id", "kind", "reported");

-- AddForeignKey
ALTER TABLE "overlay" ADD CONSTRAINT "overlay_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollback_review" ADD CONSTRAINT "rollback_review_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollback_effect" ADD CONSTRAINT "rollback_effect_rollback_id_fkey" FOREIGN KEY ("rollback_id") REFERENCES "rollback"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
