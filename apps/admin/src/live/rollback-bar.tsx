import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { OnCallStateFragment } from '../api/generated/documents.js';

/** Turning off is the narrowest there is: why it cannot be pulled is why nothing can. */
function nothingLeft({ levers }: OnCallStateFragment): string {
  const why = levers.find(({ kind }) => kind === 'disable')?.whyNot;
  return `There is nothing left to roll back.${why ? ` ${why}.` : ''}`;
}

/** The one button, always within reach of a thumb, with what it would do. */
export function RollbackBar({ state, onAsk }: { state: OnCallStateFragment; onAsk: () => void }) {
  const { recommendation, viewerCanRollBack, workflow } = state;
  const whyNot = !viewerCanRollBack
    ? `Responders of ${workflow.team.name} and of the organisation roll back here.${workflow.team.onCallContact ? ` On call: ${workflow.team.onCallContact}` : ''}`
    : recommendation === null
      ? nothingLeft(state)
      : null;
  return (
    <Box sx={{ position: 'sticky', bottom: 0, bgcolor: 'background.default', pt: 1, pb: 1.5, zIndex: 2 }}>
      <Button
        variant="contained"
        color="error"
        disabled={whyNot !== null}
        aria-describedby="roll-back-about"
        onClick={onAsk}
        sx={{ minHeight: 56, width: '100%', fontSize: '1.0625rem' }}
      >
        Roll back
      </Button>
      <Box
        id="roll-back-about"
        sx={{ mt: 0.75, fontSize: '0.875rem', color: 'text.secondary', minHeight: 40 }}
      >
        {whyNot ?? (recommendation && `Recommended: ${recommendation.reason}`)}
      </Box>
    </Box>
  );
}
