import type { PromotionKind, PromotionState, ReviewVerdict } from '../api/generated/documents.js';
import type { Tone } from '../app/status-colours.js';

export const promotionKinds: Record<PromotionKind, { word: string; title: string; about: string }> = {
  climb: {
    word: 'Climb',
    title: 'Climb to',
    about: 'The release enters its next stage, with the full soak and its own review.',
  },
  replace: {
    word: 'Replace',
    title: 'Replace up to',
    about:
      'Only prompts differ from what is live: follows it stage by stage with a short soak, one review for all.',
  },
  fix: {
    word: 'Fix',
    title: 'Fix up to',
    about:
      'Mends an incident: passes the hold that its rollback left, follows stage by stage with a short soak, and names a case that was added to the evals.',
  },
  widen: {
    word: 'Widen',
    title: 'Widen',
    about: 'The audience of a stage grows; what is live there is judged again.',
  },
};

export const promotionStates: Record<PromotionState, { word: string; tone: Tone }> = {
  open: { word: 'Open', tone: 'lent' },
  executed: { word: 'Executed', tone: 'good' },
  withdrawn: { word: 'Withdrawn', tone: 'plain' },
};

export const verdicts: Record<ReviewVerdict, { word: string; done: string; tone: Tone }> = {
  approve: { word: 'Approve', done: 'Approved', tone: 'good' },
  request_changes: { word: 'Request changes', done: 'Requested changes', tone: 'bad' },
  comment: { word: 'Comment', done: 'Commented', tone: 'plain' },
};
