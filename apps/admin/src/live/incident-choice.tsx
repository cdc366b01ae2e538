import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { OnCallStateFragment } from '../api/generated/documents.js';

type Incident = OnCallStateFragment['openIncidents'][number];

/** As many as can be told apart at a glance. */
const most = 3;

/** The newest one that a rollback opened: what goes wrong now is most likely what went wrong then. */
const usual = (incidents: readonly Incident[]) => incidents.find(({ origin }) => origin === 'rollback');

/**
 * Id of the incident that is joined; null: a new one.
 * @param chosen undefined: nothing was chosen. One that is no longer underway counts as not chosen.
 */
export function incidentJoined(
  incidents: readonly Incident[],
  chosen: string | null | undefined,
): string | null {
  if (chosen === null || incidents.some(({ id }) => id === chosen)) return chosen ?? null;
  return usual(incidents)?.id ?? null;
}

interface Props {
  /** Underway, newest first. */
  incidents: readonly Incident[];
  joined: string | null;
  onChange: (id: string | null) => void;
}

/** Which incident the rollback belongs to, where one is underway. */
export function IncidentChoice({ incidents, joined, onChange }: Props) {
  if (incidents.length === 0) return null;
  const first = usual(incidents);
  const offered = [...(first ? [first] : []), ...incidents.filter((one) => one !== first)].slice(0, most);
  const title = incidents.find(({ id }) => id === joined)?.title;
  return (
    <Box role="group" aria-label="Incident">
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {[...offered, null].map((incident) => {
          const isChosen = joined === (incident?.id ?? null);
          return (
            <Button
              key={incident?.id ?? ''}
              size="small"
              variant={isChosen ? 'contained' : 'outlined'}
              aria-pressed={isChosen}
              onClick={() => onChange(incident?.id ?? null)}
              sx={{ minHeight: 44 }}
            >
              {isChosen ? '✓ ' : ''}
              {incident ? `Join incident #${String(incident.number)}` : 'New incident'}
            </Button>
          );
        })}
      </Box>
      {title && (
        <Typography variant="body2" color="textSecondary" noWrap>
          {title}
        </Typography>
      )}
    </Box>
  );
}
