import BlockIcon from '@mui/icons-material/Block';
import CheckIcon from '@mui/icons-material/CheckCircleOutlined';
import EmptyIcon from '@mui/icons-material/RemoveCircleOutlined';
import PauseIcon from '@mui/icons-material/PauseCircleOutlined';
import Box from '@mui/material/Box';
import type { OnCallServingFragment } from '../api/generated/documents.js';
import { ToneChip } from '../ui/tone-chip.js';
import { VisuallyHidden } from '../ui/visually-hidden.js';
import { noEffectWords, outcomeOf, overlayWords, segmentWords, share } from './live-words.js';

const chips = { display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: 0.5 } as const;

/** Each stage with what everybody in it gets, and what lies over it. */
export function ServingList({ serving }: { serving: readonly OnCallServingFragment[] }) {
  return (
    <Box component="ul" aria-label="Served in each stage" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {serving.map((stage) => (
        <Box
          component="li"
          key={stage.stageKey}
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            columnGap: 1,
            rowGap: 0.5,
            py: 0.5,
            borderTop: 1,
            borderColor: 'divider',
            fontSize: '0.875rem',
          }}
        >
          <Box component="span" sx={{ minWidth: 72 }}>
            {stage.name}
            {stage.trafficShare !== null && (
              <Box component="span" sx={{ color: 'text.secondary' }}>
                {' '}
                {share(stage.trafficShare)}
              </Box>
            )}
          </Box>
          <Box component="span" sx={{ ...chips, ml: 'auto' }}>
            <Outcome stage={stage} />
          </Box>
          <Besides stage={stage} />
        </Box>
      ))}
    </Box>
  );
}

function Outcome({ stage }: { stage: OnCallServingFragment }) {
  const { words, tone } = outcomeOf(stage);
  const icon =
    tone === 'good' ? (
      <CheckIcon aria-hidden />
    ) : tone === 'warn' ? (
      <BlockIcon aria-hidden />
    ) : (
      <EmptyIcon aria-hidden />
    );
  return (
    <>
      <ToneChip tone={tone} icon={icon}>
        {words}
      </ToneChip>
      {stage.quarantined && <ToneChip tone="bad">Quarantine</ToneChip>}
      {stage.hold && (
        <ToneChip tone="warn" icon={<PauseIcon aria-hidden />}>
          Hold
        </ToneChip>
      )}
    </>
  );
}

/** What lies over a stage besides what everybody gets, on a line of its own: beside the stage's name is no room. */
function Besides({ stage }: { stage: OnCallServingFragment }) {
  // What everybody gets is said by the outcome, but for a tool that is off.
  const beside = stage.overlays.filter(
    ({ kind, segment }) => segmentWords(segment) !== null || kind === 'disableTool',
  );
  if (beside.length === 0) return null;
  return (
    <Box component="span" sx={{ ...chips, width: '100%' }}>
      {beside.map((overlay) => (
        <Beside key={overlay.id} overlay={overlay} />
      ))}
    </Box>
  );
}

/** What lies over some of a stage, or over what everybody gets. Short, with the rest for who listens. */
function Beside({ overlay }: { overlay: OnCallServingFragment['overlays'][number] }) {
  const { kind, isDrill, segment, overruledBy } = overlay;
  const whom = segmentWords(segment);
  const none = noEffectWords(
    overruledBy.map(({ rollbackNumber: number, isDrill: drill }) => ({ number, isDrill: drill })),
  );
  const what = isDrill ? 'Drill' : overlayWords(kind);
  // Said in full, not on a pointer's touch: a phone has none, and two segments would look alike.
  const name = whom === null ? what : `${what}, where ${whom}`;
  const more = [...(isDrill ? [overlayWords(kind)] : []), ...(none === null ? [] : [none])];
  const title = [whom ?? 'Everybody', ...(none === null ? [] : [none])].join('. ');
  return (
    <ToneChip tone={none === null ? 'lent' : 'plain'} title={title} wraps>
      {none === null ? name : `${name}, no effect`}
      {more.length > 0 && <VisuallyHidden>: {more.join('. ')}</VisuallyHidden>}
    </ToneChip>
  );
}
