import Box from '@mui/material/Box';
import type { StageLiveFragment } from '../api/generated/documents.js';
import { Age } from './age.js';
import { insteadWords } from './served-words.js';
import { TextLink } from './text-link.js';

interface Props {
  stages: StageLiveFragment[];
  /** Where the stages of a workflow lead to; without it nothing is linked. */
  workflowId?: string;
  compact?: boolean;
}

/** At least 24 px high (WCAG 2.2, 2.5.8). */
const target = { display: 'inline-flex', alignItems: 'center', minHeight: 24, minWidth: 24 };

/** The stages in order, each with what is served there and since when. */
export function StageTrack({ stages, workflowId, compact = false }: Props) {
  return (
    <Box
      component="ol"
      aria-label="Served in each stage"
      sx={{
        m: 0,
        mt: compact ? 0.75 : 0,
        p: 0,
        listStyle: 'none',
        display: 'grid',
        gap: 0.75,
        gridTemplateColumns: {
          xs: compact ? 'repeat(4, minmax(0, 1fr))' : 'repeat(2, minmax(0, 1fr))',
          sm: `repeat(${Math.max(stages.length, 1)}, minmax(0, 1fr))`,
        },
      }}
    >
      {stages.map((stage) => (
        <Box component="li" key={stage.key} sx={cell(isServed(stage), compact)}>
          <Box
            sx={{
              fontSize: '0.75rem',
              color: 'text.secondary',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
            }}
          >
            {workflowId ? (
              <TextLink to={`/workflows/${workflowId}/stages/${stage.key}`} sx={target}>
                {stage.current.name}
              </TextLink>
            ) : (
              stage.current.name
            )}
          </Box>
          <Box
            sx={{
              fontWeight: 620,
              fontSize: compact ? '0.8125rem' : '0.9375rem',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
            }}
          >
            <Serves stage={stage} workflowId={workflowId} compact={compact} />
          </Box>
          {!compact && <Detail stage={stage} />}
        </Box>
      ))}
    </Box>
  );
}

const isServed = ({ served }: StageLiveFragment) => served.outcome === 'release' && served.release !== null;

function Serves({ stage, workflowId, compact }: { stage: StageLiveFragment } & Omit<Props, 'stages'>) {
  const { release } = stage.served;
  const instead = insteadWords(stage.served);
  if (instead !== null) return <span title={instead}>{instead}</span>;
  if (!release)
    return (
      <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
        {compact ? 'none' : 'Nothing live'}
      </Box>
    );
  if (!workflowId) return `#${String(release.number)}`;
  return (
    <TextLink to={`/workflows/${workflowId}/releases/${release.id}`} sx={target}>
      #{release.number}
    </TextLink>
  );
}

/** Since when, by which rollback, and what the stage holds where nobody gets that. */
function Detail({ stage: { served, occupant } }: { stage: StageLiveFragment }) {
  const { release, rollbackNumber } = served;
  const since = served.since ?? occupant?.from;
  if (!since || (!release && rollbackNumber === null)) return null;
  const isHeld = release !== null && insteadWords(served) !== null;
  return (
    <Box sx={{ fontSize: '0.8125rem', color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {release && !isHeld && `${release.alias}, `}since <Age at={since} />
      {rollbackNumber !== null && `, by rollback #${String(rollbackNumber)}`}
      {isHeld && `; holds #${String(release.number)} ${release.alias}`}
    </Box>
  );
}

function cell(live: boolean, compact: boolean) {
  return {
    minWidth: 0,
    px: compact ? 0.75 : 1.25,
    py: compact ? 0.375 : 0.875,
    borderRadius: 1,
    border: 1,
    borderStyle: live ? 'solid' : 'dashed',
    borderColor: 'divider',
    borderTop: live ? '3px solid' : undefined,
    borderTopColor: live ? 'primary.main' : undefined,
    bgcolor: live ? 'background.paper' : 'transparent',
  };
}
