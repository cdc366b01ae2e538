import {
  ChecklistDocument,
  type CheckDefinitionFragment,
  type CheckRowFragment,
} from '../api/generated/documents.js';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useApi } from '../api/use-api.js';
import { counted } from '../live/live-words.js';
import { Loaded } from '../ui/loaded.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { StatusChip } from '../ui/status-chip.js';
import { TextLink } from '../ui/text-link.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { useStatusOfChecks } from './use-status-of-checks.js';
import { modeWords, requiredFromText } from './check-words.js';

/** The whole checklist for one workflow, by area, with where it stands for the next stage. */
export function ChecksScreen({ workflow }: { workflow: WorkflowHeader }) {
  const checklist = useApi(ChecklistDocument, {});
  const { results, about } = useStatusOfChecks(workflow);
  return (
    <Loaded query={checklist}>
      {({ checklist: { areas, checks, version } }) => (
        <>
          <Typography variant="body2" color="textSecondary" sx={{ mb: 2 }}>
            Checklist version {version}, {counted(checks.length, 'check')}.
            {about !== null && ` Status of ${about}.`}
            {!workflow.latestRelease && ' Checks are judged for a release; there is none yet.'}
          </Typography>
          {areas.map((area) => (
            <Section key={area.id} title={area.title} intro={area.question} flush>
              <RowList label={area.title}>
                {checks
                  .filter((check) => check.area === area.id)
                  .map((check) => (
                    <CheckItem
                      key={check.id}
                      check={check}
                      result={results ? (results.get(check.id) ?? null) : undefined}
                      workflow={workflow}
                    />
                  ))}
              </RowList>
            </Section>
          ))}
        </>
      )}
    </Loaded>
  );
}

interface ItemProps {
  check: CheckDefinitionFragment;
  /** Null: it is not asked of this release. Undefined: that is not known. */
  result: CheckRowFragment | null | undefined;
  workflow: WorkflowHeader;
}

function CheckItem({ check, result, workflow }: ItemProps) {
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: '132px minmax(0,1fr) auto' },
        columnGap: 1.5,
        rowGap: 0.5,
        alignItems: 'start',
      }}
    >
      <div>{result !== undefined && <StatusChip status={result?.status ?? 'not_applicable'} />}</div>
      <div>
        <code>{check.id}</code>{' '}
        <TextLink to={`/workflows/${workflow.id}/checks/${check.id}`}>{check.text}</TextLink>
        {result && (
          <Typography variant="body2" color="textSecondary">
            {result.reason}
          </Typography>
        )}
      </div>
      <Typography variant="caption" color="textSecondary" sx={{ textAlign: { sm: 'right' } }}>
        {modeWords(check)}
        <br />
        {requiredFromText(check, workflow.riskTier)}
      </Typography>
    </Box>
  );
}
