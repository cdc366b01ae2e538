import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import type { EffectFactsFragment } from '../api/generated/documents.js';
import { ToneChip } from '../ui/tone-chip.js';
import { effectWords, isConfirmed, isOver } from './effect-words.js';
import { clockTime, counted } from './live-words.js';

interface Props {
  rollback: { askedAt: string; appliedAt: string; effect: EffectFactsFragment };
}

/** Asked, applied, confirmed by n of m; who is behind by name, and since when. */
export function EffectView({ rollback }: Props) {
  const { effect } = rollback;
  const { expected, confirmed, byOfrep, stragglers, unhonoured } = effect;
  return (
    <Box sx={{ display: 'grid', gap: 1.25 }}>
      <Box sx={{ display: 'flex' }}>
        <EffectChip effect={effect} />
      </Box>
      <Typography
        role="status"
        aria-live="polite"
        sx={{ fontSize: '1.0625rem', fontWeight: 560, minHeight: '3em' }}
      >
        {effectWords(rollback)}
      </Typography>
      {expected > 0 && (
        <LinearProgress
          variant="determinate"
          value={(100 * confirmed) / expected}
          aria-label={`${String(confirmed)} of ${counted(expected, 'instance')}`}
          role="meter"
          sx={{ height: 8, borderRadius: 1 }}
        />
      )}
      {byOfrep.expected > 0 && (
        <Typography variant="body2">
          {byOfrep.fetched} of {counted(byOfrep.expected, 'client')} without our SDK, by what they last
          fetched.
        </Typography>
      )}
      {stragglers.length > 0 && (
        <Box
          component="ul"
          aria-label="Still behind"
          sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 0.75 }}
        >
          {stragglers.map((one) => (
            <Box component="li" key={one.instanceId} sx={{ fontSize: '0.875rem', overflowWrap: 'anywhere' }}>
              <ToneChip tone={one.silent ? 'bad' : 'warn'}>{one.silent ? 'Silent' : 'Behind'}</ToneChip>{' '}
              {one.application} <code>{one.instanceId}</code>: version {one.servesIncarnation}.
              {one.servesEpoch} since {clockTime(one.since)}
              {one.via === 'ofrep' && ', by what it last fetched'}
            </Box>
          ))}
        </Box>
      )}
      {unhonoured.map((one) => (
        <Typography key={one.instanceId} variant="body2">
          <ToneChip tone="bad">Not honoured</ToneChip> {one.application} <code>{one.instanceId}</code> has it,
          and does not honour {one.levers.join(', ')}.
        </Typography>
      ))}
    </Box>
  );
}

/** In a word or two; what was not confirmed when the measuring ended stays so. */
function EffectChip({ effect }: { effect: EffectFactsFragment }) {
  const { expected, confirmed } = effect;
  if (isConfirmed(effect))
    return <ToneChip tone="good">{expected === 0 ? 'Applied' : 'Confirmed by all'}</ToneChip>;
  if (isOver(effect)) return <ToneChip tone="bad">Not confirmed by all</ToneChip>;
  return <ToneChip tone="wait">{confirmed === 0 ? 'Applied' : 'Being confirmed'}</ToneChip>;
}
