import { useState } from 'react';
import CheckIcon from '@mui/icons-material/CheckCircleOutlined';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import HourglassIcon from '@mui/icons-material/HourglassEmptyOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import type { ReadinessPanelFragment } from '../api/generated/documents.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { CheckRow } from './check-row.js';
import { ToneChip } from './tone-chip.js';

export type Gate = ReadinessPanelFragment['gates'][number];

/** The gates of a readiness in area order. Open ones show their checks; complete ones open on demand. */
export function GateList({ gates }: { gates: Gate[] }) {
  return (
    <Box>
      {gates.map((gate) => (
        <GateItem key={gate.area} gate={gate} />
      ))}
    </Box>
  );
}

function GateItem({ gate }: { gate: Gate }) {
  const [open, setOpen] = useState(!gate.complete);
  const here = gate.checks.filter((check) => check.requiredHere);
  const later = gate.checks.filter((check) => !check.requiredHere);
  const panel = `gate-${gate.area}`;
  return (
    <Box component="section" aria-label={`Gate: ${gate.title}`} sx={{ borderTop: 1, borderColor: 'divider' }}>
      <Typography variant="h3" component="h3" sx={{ m: 0 }}>
        <ButtonBase
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          aria-controls={panel}
          sx={{
            width: '100%',
            minHeight: 44,
            px: 2,
            py: 0.75,
            gap: 1.25,
            justifyContent: 'flex-start',
            textAlign: 'left',
            font: 'inherit',
          }}
        >
          <ExpandIcon sx={{ fontSize: 20, transform: open ? 'none' : 'rotate(-90deg)' }} />
          <Box component="span" sx={{ flexGrow: 1 }}>
            {gate.title}
          </Box>
          <GateState gate={gate} />
        </ButtonBase>
      </Typography>
      <Box id={panel} hidden={!open} sx={{ pb: 1 }}>
        {open && (
          <>
            <Typography variant="body2" color="textSecondary" sx={{ px: 2, pb: 0.5, pl: { xs: 2, sm: 5.5 } }}>
              {gate.question}
            </Typography>
            <Checks checks={here} />
            {later.length > 0 && <Later checks={later} />}
          </>
        )}
      </Box>
    </Box>
  );
}

function GateState({ gate }: { gate: Gate }) {
  if (gate.required === 0) return <ToneChip tone="plain">Nothing asked here</ToneChip>;
  const count = `${gate.completeCount} of ${gate.required}`;
  return gate.complete ? (
    <ToneChip tone="good" icon={<CheckIcon aria-hidden />}>
      {count}
    </ToneChip>
  ) : (
    <ToneChip tone="bad" icon={<HourglassIcon aria-hidden />}>
      {count}
    </ToneChip>
  );
}

function Checks({ checks }: { checks: Gate['checks'] }) {
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {checks.map((check) => (
        <CheckRow key={check.id} check={check} />
      ))}
    </Box>
  );
}

/** Checks that a later stage asks for, folded, under the name of that stage. */
function Later({ checks }: { checks: Gate['checks'] }) {
  const stages = [...new Set(checks.map((check) => check.requiredFrom ?? 'never'))];
  return stages.map((stage) => {
    const group = checks.filter((check) => (check.requiredFrom ?? 'never') === stage);
    const title = stage === 'never' ? 'Not asked at this tier' : `Later: from ${wordOfStage(stage)}`;
    return (
      <Box component="details" key={stage} sx={{ px: 2, pl: { xs: 2, sm: 5.5 }, py: 0.5 }}>
        <Box
          component="summary"
          sx={{ cursor: 'pointer', minHeight: 28, fontSize: '0.875rem', color: 'text.secondary' }}
        >
          {title} ({group.length})
        </Box>
        <Box sx={{ mx: { xs: -2, sm: -5.5 } }}>
          <Checks checks={group} />
        </Box>
      </Box>
    );
  });
}
