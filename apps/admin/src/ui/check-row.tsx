import ArrowIcon from '@mui/icons-material/ArrowForward';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { CheckRowFragment } from '../api/generated/documents.js';
import { wordOfRole } from '../teams/role-words.js';
import { Age } from './age.js';
import { EvidenceLinks } from './evidence-links.js';
import { LinkButton } from './link-button.js';
import { StatusChip } from './status-chip.js';
import { ToneChip } from './tone-chip.js';
import { useNow } from './use-now.js';
import { absoluteTime } from './time-words.js';

const complete = new Set(['pass', 'waived', 'not_applicable']);

/** One check; `here` leaves out the way to it, for the page that it leads to. Status, why, what was measured against what is required, its age, and the way to clear it. */
export function CheckRow({ check, here = false }: { check: CheckRowFragment; here?: boolean }) {
  const done = complete.has(check.status);
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0,1fr)', sm: '116px minmax(0,1fr) auto' },
        columnGap: 1.5,
        rowGap: 0.5,
        alignItems: 'start',
        px: 2,
        pl: { xs: 2, sm: 5.5 },
        py: 1,
      }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
        <StatusChip status={check.status} />
        {check.warningOnly && <ToneChip tone="warn">Warns only</ToneChip>}
        {check.inherited && <ToneChip tone="lent">Inherited</ToneChip>}
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: done ? 400 : 560 }}>
          <code>{check.id}</code> {check.text}
        </Typography>
        {!done && <Typography variant="body2">{check.reason}</Typography>}
        <Measure check={check} reason={done ? check.reason : null} />
        <EvidenceLinks evidence={check.evidence} />
        {check.waiver && (
          <Typography variant="body2" color="textSecondary">
            Waived until {absoluteTime(check.waiver.expiresAt)}: {check.waiver.reason}
          </Typography>
        )}
      </Box>
      <Box sx={{ textAlign: { sm: 'right' } }}>
        {!here && (
          <LinkButton
            to={check.link}
            size="small"
            variant={done ? 'text' : 'outlined'}
            endIcon={<ArrowIcon fontSize="inherit" />}
            aria-label={`${done ? 'See' : 'Complete'} ${check.id}`}
          >
            {done ? 'See' : 'Complete'}
          </LinkButton>
        )}
        {!done && (
          <Typography variant="caption" color="textSecondary" component="div">
            {wordOfRole(check.clearedBy)}
          </Typography>
        )}
      </Box>
    </Box>
  );
}

function Measure({ check, reason }: { check: CheckRowFragment; reason: string | null }) {
  const now = useNow();
  const parts = [
    reason && <span key="w">{reason}</span>,
    check.measured && (
      <span key="m">
        Measured: <strong>{check.measured}</strong>
      </span>
    ),
    check.required && <span key="r">Required: {check.required}</span>,
    check.evaluatedFrom && (
      <span key="a">
        Evidence <Age at={check.evaluatedFrom} />
      </span>
    ),
    check.expiresAt && (
      <span key="e">
        {Date.parse(check.expiresAt) < now ? 'Stale since' : 'Stale'} <Age at={check.expiresAt} />
      </span>
    ),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 2,
        fontSize: '0.8125rem',
        color: 'text.secondary',
        '& strong': { color: 'text.primary', fontWeight: 600 },
      }}
    >
      {parts}
    </Box>
  );
}
