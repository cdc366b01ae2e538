import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import {
  EnvironmentPinDocument,
  WorkflowEnvironmentsDocument,
  type WorkflowEnvironmentsQuery,
} from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { useApi } from '../api/use-api.js';
import { Age } from '../ui/age.js';
import { Loaded } from '../ui/loaded.js';
import { ProblemList } from '../ui/problem-list.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import type { WorkflowHeader } from '../workflows/workflow-pages.js';
import { PinDialog } from './pin-dialog.js';

export type Environments = NonNullable<WorkflowEnvironmentsQuery['workflow']>;

/** What environments other than production are served: the newest release, or the one that is pinned there. */
export function EnvironmentSection({ workflow }: { workflow: WorkflowHeader }) {
  const query = useApi(WorkflowEnvironmentsDocument, { id: workflow.id });
  const [pinning, setPinning] = useState(false);
  const canPin = workflow.viewerCanEdit && !workflow.retiredAt;
  return (
    <Section
      title="Other environments"
      intro="Keys of staging, tests and the like get a candidate without gates. It counts for no gate and no rollback."
      aside={
        canPin && (
          <Button size="small" variant="outlined" onClick={() => setPinning(true)}>
            Pin a release
          </Button>
        )
      }
      flush
    >
      <Loaded query={query}>
        {({ workflow: found }) =>
          found && (
            <>
              <RowList label="Environments">
                {found.environmentPins.map((pin) => (
                  <PinRow key={pin.environment} pin={pin} workflowId={workflow.id} canPin={canPin} />
                ))}
                <li>
                  <Typography variant="body2">
                    {found.environmentPins.length > 0
                      ? 'Every other one'
                      : 'Every environment but production'}
                    :{' '}
                    {found.latestRelease
                      ? `the newest release, #${String(found.latestRelease.number)} ${found.latestRelease.alias}`
                      : 'nothing, as there is no release'}
                  </Typography>
                </li>
              </RowList>
              {pinning && <PinDialog found={found} onClose={() => setPinning(false)} />}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

interface RowProps {
  pin: Environments['environmentPins'][number];
  workflowId: string;
  canPin: boolean;
}

function PinRow({ pin: { environment, release, pinnedAt }, workflowId, canPin }: RowProps) {
  const act = useAct(EnvironmentPinDocument, 'environmentPin');
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
      <Typography variant="body2" sx={{ flex: '1 1 220px', overflowWrap: 'anywhere' }}>
        <strong>{environment}</strong>: #{release.number} {release.alias}, pinned <Age at={pinnedAt} />
      </Typography>
      {canPin && (
        <Button
          size="small"
          variant="outlined"
          loading={act.pending}
          aria-label={`Unpin ${environment}`}
          onClick={() => void act.run({ workflowId, environment, releaseId: null })}
        >
          Unpin
        </Button>
      )}
      <ProblemList problems={act.problems} />
    </Box>
  );
}
