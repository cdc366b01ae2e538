import Typography from '@mui/material/Typography';
import type { LiveRowFragment } from '../api/generated/documents.js';
import { TextLink } from '../ui/text-link.js';
import { absoluteTime } from '../ui/time-words.js';
import { overlayWords, overruledWords } from './overlay-words.js';

/** What rollbacks and drills laid over a release while it was live, or over nothing: what its stage did not say. */
export function Overlaid({ row: { workflow, overlaidBy } }: { row: LiveRowFragment }) {
  return overlaidBy.map((overlay) => (
    <Typography key={overlay.id} variant="body2" component="div" sx={{ mt: 0.5 }}>
      <TextLink
        to={`/workflows/${workflow.id}/rollbacks/${overlay.rollbackId}`}
        sx={{ display: 'inline-flex', alignItems: 'center', minHeight: 24 }}
      >
        {overlayWords(overlay)}
      </TextLink>
      <Typography variant="caption" color="textSecondary" component="div">
        {absoluteTime(overlay.since)} to {overlay.until ? absoluteTime(overlay.until) : 'now'}
        {overruledWords(overlay) && <div>{overruledWords(overlay)}</div>}
      </Typography>
    </Typography>
  ));
}
