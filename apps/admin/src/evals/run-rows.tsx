import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { EvalRunRowFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { RowList } from '../ui/row-list.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { MetricLine } from './metric-line.js';

export function RunRows({ runs, workflowId }: { runs: EvalRunRowFragment[]; workflowId: string }) {
  return (
    <RowList label="Eval runs">
      {runs.map((run) => (
        <li key={run.id}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, rowGap: 0.5 }}>
            <TextLink to={`/workflows/${workflowId}/evals/runs/${run.id}`}>
              {run.label || `${run.suiteVersion.suite.name} run`}
            </TextLink>
            {run.counts ? (
              <ToneChip tone="good">Counts</ToneChip>
            ) : (
              <ToneChip tone="warn">Counts for nothing</ToneChip>
            )}
            <Typography variant="body2" color="textSecondary">
              {run.passed} of {run.cases} passed
              {run.errored > 0 && `, ${run.errored} errors`}
              {run.release && `, release #${run.release.number}`}, <Age at={run.createdAt} />
            </Typography>
          </Box>
          {!run.counts && run.uncountedReason && (
            <Typography variant="body2" color="textSecondary">
              {run.uncountedReason}
            </Typography>
          )}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
            {run.metrics
              .filter((metric) => metric.gate && metric.mean !== null)
              .map((metric) => (
                <MetricLine key={metric.name} metric={metric} />
              ))}
          </Box>
        </li>
      ))}
    </RowList>
  );
}
