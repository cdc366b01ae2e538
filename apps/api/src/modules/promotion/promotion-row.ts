import type { Tx } from '../../platform/database/database.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { AddedCase, PromotionKind, PromotionState, ReviewVerdict } from './promotion.schema.js';
import type { Promotion, PromotionMove, PromotionReview } from './promotion.types.js';

/** What is read with a promotion, always: it says nothing without its moves and reviews. */
export const promotionWith = {
  moves: { orderBy: { position: 'asc' } },
  reviews: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.PromotionInclude;

type Row = Prisma.PromotionGetPayload<{ include: typeof promotionWith }>;

/** The row as the words of this module; the database's own checks hold the closed sets. */
export function promotionOf({ moves, reviews, ...row }: Row): Promotion {
  return {
    ...row,
    kind: row.kind as PromotionKind,
    state: row.state as PromotionState,
    addedCase: row.addedCase as AddedCase | null,
    moves: moves.map((move) => ({ ...move, state: move.state as PromotionState })),
    reviews: reviews.map((review) => ({
      ...review,
      verdict: review.verdict as ReviewVerdict,
      current: review.digest === row.digest,
      currentReleaseId: row.releaseId,
    })),
  };
}

type Dates = 'createdAt' | 'executedAt';
/** As JSON gives it: times inside are texts still. */
type Texts<T> = { [K in keyof T]: K extends Dates ? string | null : T[K] };
type JsonRow = Pick<Promotion, Exclude<keyof Promotion, 'moves' | 'reviews'>> & {
  moves: Texts<PromotionMove>[];
  reviews: Texts<Omit<PromotionReview, 'current' | 'currentReleaseId'>>[];
};
const dateOf = (text: string | null) => (text === null ? null : new Date(text));

/** One promotion with its moves and reviews, in one statement: through the outer client, or inside an act. */
export async function promotionById(db: Pick<Tx, '$queryRaw'>, id: string): Promise<Promotion | null> {
  const [row] = await db.$queryRaw<JsonRow[]>`
    SELECT p.id::text, p.workflow_id::text AS "workflowId", p.kind, p.state, p.release_id::text AS "releaseId", p.digest,
      p.baseline_id::text AS "baselineId", p.to_stage_key AS "toStageKey", p.note,
      p.requested_by_id::text AS "requestedById", p.responsible_ids::text[] AS "responsibleIds", p.revision,
      p.created_at AS "createdAt", p.closed_at AS "closedAt",
      p.incident_id::text AS "incidentId", p.added_case AS "addedCase",
      (SELECT json_agg(json_build_object('id', m.id, 'promotionId', p.id, 'stageKey', m.stage_key,
         'position', m.position, 'stageRevisionId', m.stage_revision_id, 'state', m.state, 'executedAt', m.executed_at,
         'executedById', m.executed_by_id, 'readinessRecordId', m.readiness_record_id) ORDER BY m.position)
       FROM promotion_move m WHERE m.promotion_id = p.id) AS moves,
      (SELECT coalesce(json_agg(json_build_object('id', v.id, 'promotionId', p.id, 'releaseId', v.release_id,
         'digest', v.digest, 'verdict', v.verdict, 'comment', v.comment, 'roles', v.roles,
         'reviewerId', v.reviewer_id, 'createdAt', v.created_at) ORDER BY v.created_at, v.id), '[]'::json)
       FROM promotion_review v WHERE v.promotion_id = p.id) AS reviews
    FROM promotion p WHERE p.id = ${id}::uuid`;
  if (!row) return null;
  return {
    ...row,
    moves: row.moves.map((move) => ({ ...move, executedAt: dateOf(move.executedAt) })),
    reviews: row.reviews.map((review) => ({
      ...review,
      createdAt: new Date(review.createdAt ?? 0),
      current: review.digest === row.digest,
      currentReleaseId: row.releaseId,
    })),
  };
}
