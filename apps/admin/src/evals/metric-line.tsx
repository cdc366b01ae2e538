import CheckIcon from '@mui/icons-material/CheckCircleOutlined';
import CrossIcon from '@mui/icons-material/CancelOutlined';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import type { EvalRunRowFragment } from '../api/generated/documents.js';
import { tones } from '../app/status-colours.js';
import { requiredWords } from './required-words.js';
import { score } from './score.js';

type Metric = EvalRunRowFragment['metrics'][number];

/** One gate metric in a line: name, value, what is asked, whether it is met. */
export function MetricLine({ metric }: { metric: Metric }) {
  const colours = tones[useTheme().palette.mode];
  const met = metric.meets;
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        fontSize: '0.8125rem',
        '& svg': { fontSize: 16 },
      }}
    >
      {met === true && <CheckIcon titleAccess="Met" sx={{ color: colours.good.text }} />}
      {met === false && <CrossIcon titleAccess="Not met" sx={{ color: colours.bad.text }} />}
      {metric.name} <strong>{score(metric.mean)}</strong>
      {metric.threshold !== null && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          ({metric.mean === null ? requiredWords(metric) : (metric.whyNot ?? requiredWords(metric))})
        </Box>
      )}
    </Box>
  );
}
