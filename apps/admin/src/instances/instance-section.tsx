import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import {
  WorkflowInstancesDocument,
  type InstanceState,
  type WorkflowLiveQuery,
} from '../api/generated/documents.js';
import { useApiPages } from '../api/use-api-pages.js';
import type { Tone } from '../app/status-colours.js';
import { Age } from '../ui/age.js';
import { shortDigest } from '../ui/digest.js';
import { EmptyState } from '../ui/empty-state.js';
import { Loaded } from '../ui/loaded.js';
import { PlainTable } from '../ui/plain-table.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { ToneChip } from '../ui/tone-chip.js';

type Live = NonNullable<WorkflowLiveQuery['workflow']>;

const states: Record<InstanceState, [word: string, tone: Tone]> = {
  serving: ['Serving', 'good'],
  behind: ['Behind', 'warn'],
  ahead: ['Ahead of the registry', 'broken'],
  silent: ['Silent', 'bad'],
  stopped: ['Stopped', 'plain'],
  fallback: ['Fallback', 'warn'],
  fetched: ['Fetched the newest', 'plain'],
  fetchedOlder: ['Fetched an older one', 'warn'],
};

/** Running applications: how many at which version, each by name, and what they report that was not served to them. */
export function InstanceSection({ workflowId, live }: { workflowId: string; live: Live }) {
  const pages = useApiPages(
    WorkflowInstancesDocument,
    { id: workflowId, first: 25 },
    (data) => data.workflow?.instances,
  );
  return (
    <>
      <Section title="Instances" intro="Heard of within a day. Only production counts for a rollback." flush>
        {live.instancesByVersion.map(({ incarnation, epoch, alias, instances, byOfrep }) => (
          <Typography key={`${String(incarnation)}.${String(epoch)}`} variant="body2" sx={{ px: 2, pb: 1 }}>
            {instances} at version {incarnation}.{epoch}
            {alias && `, ${alias}`}
            {byOfrep > 0 && `; ${String(byOfrep)} of them by what they last fetched`}
          </Typography>
        ))}
        <Loaded query={pages}>
          {({ nodes }) =>
            nodes.length === 0 ? (
              <EmptyState>No application has reported.</EmptyState>
            ) : (
              <PlainTable
                label="Instances"
                rows={nodes}
                rowKey={(row) => row.instanceId}
                columns={[
                  { label: 'Instance', cell: (row) => <code>{row.instanceId}</code> },
                  {
                    label: 'State',
                    cell: ({ state }) => <ToneChip tone={states[state][1]}>{states[state][0]}</ToneChip>,
                  },
                  { label: 'Application', cell: (row) => row.application },
                  {
                    label: 'Serves',
                    cell: (row) => `${row.servesVersion}${row.servesAlias ? ` ${row.servesAlias}` : ''}`,
                  },
                  {
                    label: 'Known by',
                    cell: (row) =>
                      `${row.via === 'ofrep' ? 'what it last fetched' : row.sdk}${row.isPublic ? ', with the key of a page' : ''}`,
                  },
                  { label: 'Environment', cell: (row) => row.environment },
                  { label: 'Heard', cell: (row) => <Age at={row.seenAt} /> },
                ]}
              />
            )
          }
        </Loaded>
        <ShowMore pages={pages} what="instances" />
      </Section>
      {live.driftFindings.length > 0 && (
        <Section title="Drift" intro="Reports of what was not served at that time.">
          {live.driftFindings.map((one) => (
            <Box key={one.id} sx={{ fontSize: '0.875rem', overflowWrap: 'anywhere' }}>
              <ToneChip tone={one.endedAt ? 'plain' : 'bad'}>{one.endedAt ? 'Ended' : 'Open'}</ToneChip>{' '}
              {one.application} <code>{one.instanceId}</code> said {one.kind}{' '}
              {one.reportedName ?? shortDigest(one.reported)} at version {one.servesVersion}, {one.times}{' '}
              times, first <Age at={one.firstAt} />
            </Box>
          ))}
        </Section>
      )}
    </>
  );
}
