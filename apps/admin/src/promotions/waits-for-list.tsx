import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReadinessPanelFragment } from '../api/generated/documents.js';
import { statusWords } from '../ui/status-chip.js';
import { TextLink } from '../ui/text-link.js';
import { incompleteChecks } from './waits-for.js';

/** Says exactly what a promotion waits for; every line leads to where it can be cleared. */
export function WaitsForList({ id, readiness, others = [] }: { id: string; readiness: ReadinessPanelFragment; others?: string[] }) {
  const checks = incompleteChecks(readiness);
  const reasons = [...(readiness.order.ok ? [] : [readiness.order.message ?? readiness.order.code ?? 'Order']), ...others];
  if (checks.length + reasons.length === 0) {
    return (
      <Typography id={id} variant="body2">
        Every gate is complete.
      </Typography>
    );
  }
  return (
    <Box id={id}>
      <Typography variant="body2" sx={{ fontWeight: 620 }}>
        Waits for {checks.length > 0 && `${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`}
        {checks.length > 0 && reasons.length > 0 && ' and:'}
        {checks.length === 0 && ':'}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.25, fontSize: '0.875rem', '& li': { py: 0.375 } }}>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {checks.map((check) => (
          <li key={check.id}>
            <TextLink to={check.link}>{check.id}</TextLink> <strong>{statusWords[check.status]}</strong>: {check.reason}
          </li>
        ))}
      </Box>
    </Box>
  );
}
