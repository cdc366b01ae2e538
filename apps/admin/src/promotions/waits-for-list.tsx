import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { CheckRowFragment, ReadinessPanelFragment } from '../api/generated/documents.js';
import { statusWords } from '../ui/status-chip.js';
import { TextLink } from '../ui/text-link.js';
import { incompleteChecks } from './waits-for.js';

/** Checks in sight before the rest is folded. */
const shown = 8;

/** Says exactly what a promotion waits for; every line leads to where it can be cleared. */
export function WaitsForList({
  id,
  readiness,
  others = [],
}: {
  id: string;
  readiness: ReadinessPanelFragment;
  others?: string[];
}) {
  const checks = incompleteChecks(readiness);
  const reasons = others.length + (readiness.order.ok ? 0 : 1);
  if (checks.length + reasons === 0) {
    return (
      <Typography id={id} variant="body2">
        Every gate is complete.
      </Typography>
    );
  }
  return (
    <Box id={id}>
      <Typography variant="body2" sx={{ fontWeight: 620 }}>
        Waits for
        {checks.length > 0 && ` ${String(checks.length)} ${checks.length === 1 ? 'check' : 'checks'}`}
        {checks.length > 0 && reasons > 0 && ' and:'}
        {checks.length === 0 && ':'}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.25, fontSize: '0.875rem', '& li': { py: 0.375 } }}>
        {!readiness.order.ok && <OrderWait readiness={readiness} />}
        {others.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {checks.slice(0, shown).map((check) => (
          <Wait key={check.id} check={check} />
        ))}
      </Box>
      {checks.length > shown && (
        <Box component="details" sx={{ fontSize: '0.875rem' }}>
          <Box component="summary" sx={{ cursor: 'pointer', minHeight: 28 }}>
            and {checks.length - shown} more
          </Box>
          <Box component="ul" sx={{ m: 0, pl: 2.25, '& li': { py: 0.375 } }}>
            {checks.slice(shown).map((check) => (
              <Wait key={check.id} check={check} />
            ))}
          </Box>
        </Box>
      )}
    </Box>
  );
}

/** What is left by a rollback is ended by hand, on a page that shows the rollback too. */
const leftByRollback = new Set(['QUARANTINED', 'STAGE_ON_HOLD']);

function OrderWait({ readiness: { workflowId, order } }: { readiness: ReadinessPanelFragment }) {
  return (
    <li>
      {order.message ?? order.code ?? 'Order'}
      {order.code && leftByRollback.has(order.code) && (
        <>
          : <TextLink to={`/workflows/${workflowId}/live`}>Left by rollbacks</TextLink>
        </>
      )}
    </li>
  );
}

function Wait({ check }: { check: CheckRowFragment }) {
  return (
    <li>
      <TextLink to={check.link}>{check.id}</TextLink> <strong>{statusWords[check.status]}</strong>:{' '}
      {check.reason}
    </li>
  );
}
