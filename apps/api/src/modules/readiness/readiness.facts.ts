import type { EvidenceKind } from '../checklist/checklist.schema.js';
import type { RunAggregates, SuiteDefinition } from '../evals/evals.schema.js';
import type { HoldFact } from '../promotion/order.domain.js';
import type { PromotionKind } from '../promotion/promotion.schema.js';
import type { ReviewFacts } from '../promotion/review.domain.js';
import type { BoundComponent } from '../release/release.domain.js';
import type { LineageNode } from '../release/lineage.domain.js';
import type { StageDefinition } from '../stage/stage.schema.js';
import type {
  BudgetsComponent,
  CoreComponent,
  OutputComponent,
  RetrievalComponent,
  ToolsComponent,
} from '../workflow/contract.schema.js';
import type { OperatingRecordContent } from '../workflow/operating.schema.js';
import type { RiskTier } from '../workflow/risk.schema.js';

/** What is asked about: one release for one stage, and the promotion that would take it there where there is one. */
export interface ReadinessSubject {
  readonly workflowId: string;
  readonly releaseId: string;
  readonly stageKey: string;
  readonly promotionId?: string | null;
  /** The instant, where it is another than that of the whole question. */
  readonly at?: Date | null;
}

export interface ComponentFact<T> {
  readonly id: string;
  readonly number: number;
  readonly digest: string;
  readonly createdAt: Date;
  readonly content: T;
}

export interface StepFact {
  readonly name: string;
  readonly prompt: string;
  readonly promptVersion: number;
  readonly promptDigest: string;
  readonly secretFindings: readonly { readonly kind: string; readonly line: number }[];
  readonly provider: string;
  readonly model: string;
  readonly modelDigest: string;
  readonly isAlias: boolean;
  readonly aliasAcceptedReason: string | null;
}

export interface ReleaseFact {
  readonly id: string;
  readonly number: number;
  readonly alias: string;
  readonly digest: string;
  readonly evalDigest: string;
  readonly parentId: string | null;
  readonly createdAt: Date;
  /** Its maker and whoever else answers for it. */
  readonly responsibleIds: readonly string[];
  readonly digests: Readonly<Record<BoundComponent, string>>;
}

export interface OperatingFact {
  readonly version: number;
  readonly createdAt: Date;
  readonly ownerDigest: string;
  readonly providersDigest: string;
  readonly content: OperatingRecordContent;
  /** Whether the owning team has somebody in it, and the accountable person an account, at that instant. */
  readonly ownerTeamHasMember: boolean;
  readonly accountableIsActive: boolean;
}

/** One measurement as the gates read it: counted for the eval digest and the newest version of its suite. */
export interface RunFact {
  readonly id: string;
  readonly label: string;
  readonly kind: 'regular' | 'redteam';
  readonly status: 'completed' | 'abandoned';
  readonly createdAt: Date;
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
  /** US dollars for all cases; null where the run has no cost. */
  readonly costUsd: number | null;
  readonly aggregates: RunAggregates;
}

export interface SuiteFact {
  readonly key: string;
  readonly version: number;
  readonly digest: string;
  readonly graderDigest: string;
  readonly definition: SuiteDefinition;
  /** Its newest version was only ever used for red teaming, so that it is no gate of EV-2. */
  readonly redteamOnly: boolean;
  readonly runs: readonly RunFact[];
  /** Sums of the baseline's completed regular runs on the same version; null where it has none. */
  readonly baseline: RunAggregates | null;
}

export interface IntervalFact {
  readonly releaseId: string;
  readonly from: Date;
  readonly to: Date | null;
}

/** One stage of the rollout as it stood just before the instant. */
export interface StageFact {
  readonly key: string;
  /** From 0. */
  readonly position: number;
  readonly revisionId: string;
  readonly revision: number;
  readonly definition: StageDefinition;
  readonly occupantId: string | null;
  /** The latest few, newest first. */
  readonly intervals: readonly IntervalFact[];
}

export interface ReleaseName {
  readonly id: string;
  readonly number: number;
  readonly alias: string;
}

export interface BaselineFact extends ReleaseName {
  readonly digests: Readonly<Record<BoundComponent, string>>;
  /** Contents of what reviews need to compare; null where it is the release's own or the baseline has none. */
  readonly changed: {
    readonly core: CoreComponent | null;
    readonly retrieval: RetrievalComponent | null;
    readonly tools: ToolsComponent | null;
  };
}

export interface PromotionFact {
  readonly id: string;
  readonly kind: PromotionKind;
  /** Of a fix: the incident that it mends. */
  readonly incidentId?: string | null;
  /** Who asked for it, and who answers for whoever did. */
  readonly requesterIds: readonly string[];
  readonly reviews: readonly ReviewFacts[];
  /** Authors of what the release brings in over the baseline. */
  readonly authorIds: readonly string[];
}

export interface EvidenceFact {
  readonly kind: EvidenceKind;
  readonly value: string;
  readonly dueAt?: string;
}

export interface AnswerFact {
  readonly id: string;
  readonly checkId: string;
  readonly answer: 'yes' | 'no' | 'not_applicable';
  readonly comment: string;
  readonly evidence: readonly EvidenceFact[];
  readonly bindings: Readonly<Record<string, string>>;
  readonly releaseId: string | null;
  readonly answeredById: string;
  readonly createdAt: Date;
}

/** Approved by a second person and unexpired at the instant. */
export interface WaiverFact {
  readonly id: string;
  readonly checkId: string;
  readonly reason: string;
  readonly requestedById: string;
  readonly approvedById: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface DrillFact {
  readonly number: number;
  readonly at: Date;
  readonly levers: readonly string[];
  /** How many instances acknowledged it through an SDK. */
  readonly instances: number;
}

/** Everything that checks may read, at one instant: everything as it stood just before it, pointers as just before it. */
export interface Facts {
  readonly evaluatedAt: Date;
  readonly workflowId: string;
  readonly tier: RiskTier;
  readonly tierReasons: readonly string[];
  readonly release: ReleaseFact;
  readonly core: ComponentFact<CoreComponent>;
  readonly output: ComponentFact<OutputComponent>;
  readonly retrieval: ComponentFact<RetrievalComponent> | null;
  readonly tools: ComponentFact<ToolsComponent> | null;
  readonly budgets: ComponentFact<BudgetsComponent> | null;
  readonly steps: readonly StepFact[];
  readonly operating: OperatingFact | null;
  readonly suites: readonly SuiteFact[];
  /** In the order of the rollout. */
  readonly stages: readonly StageFact[];
  readonly stage: StageFact;
  readonly previous: StageFact | null;
  readonly baseline: BaselineFact | null;
  /** The latest release that entered this stage through its gates, other than this one. */
  readonly rollbackTarget: ReleaseName | null;
  /** Of the stage, in force at the instant. */
  readonly holds: readonly HoldFact[];
  /** A rollback left the release, and nobody had cleared it. */
  readonly quarantined: boolean;
  /** The latest drill that a running application acknowledged. */
  readonly drill: DrillFact | null;
  /** Nothing but this release was ever live. */
  readonly firstRelease: boolean;
  /** Null: nobody has asked for a promotion there; judged as a climb. */
  readonly promotion: PromotionFact | null;
  /** For a replace: the releases whose soak evidence it inherits, nearest first. */
  readonly soakParents: readonly ReleaseName[];
  /** The release and what it was made from, as far back as the baseline. */
  readonly lineage: readonly LineageNode[];
  /** Newest first, a few for each check. */
  readonly answers: readonly AnswerFact[];
  readonly organisationAnswers: readonly AnswerFact[];
  readonly waivers: readonly WaiverFact[];
}

export const promotionKindOf = (facts: Pick<Facts, 'promotion'>): PromotionKind =>
  facts.promotion?.kind ?? 'climb';
