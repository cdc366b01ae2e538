import type { WorkflowLiveQuery } from '../api/generated/documents.js';
import { noEffectWords } from '../live/live-words.js';

type Overlay = NonNullable<WorkflowLiveQuery['workflow']>['overlays'][number];

/** Why an overlay takes effect for nobody; null where it does. */
export const overruledWords = ({ overruledBy }: Pick<Overlay, 'overruledBy'>): string | null =>
  noEffectWords(overruledBy.map(({ rollback: { number, kind } }) => ({ number, isDrill: kind === 'drill' })));
