import Typography from '@mui/material/Typography';
import { DataTable } from 'react-admin';
import type { WorkflowRowFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { liveWords } from '../ui/served-words.js';
import { TextLink } from '../ui/text-link.js';
import { TierChip } from '../ui/tier-chip.js';
import { NextStep } from './next-step.js';
import { RetiredChip } from './retired-chip.js';

const Column = DataTable.Col<WorkflowRowFragment>;

/** Columns can be hidden and reordered; the choice is kept in this browser. */
export function WorkflowTable() {
  return (
    <DataTable<WorkflowRowFragment>
      bulkActionButtons={false}
      rowClick={false}
      size="small"
      hiddenColumns={['created', 'team.name']}
    >
      <Column source="name" label="Workflow" render={name} />
      <Column source="team.name" label="Team" disableSort />
      <Column
        source="riskTier"
        label="Risk tier"
        disableSort
        render={(row) => <TierChip tier={row.riskTier} />}
      />
      <Column source="live" label="Live" disableSort render={live} />
      <Column source="latest" label="Newest release" disableSort render={latest} />
      <Column source="next" label="Next" disableSort render={(row) => <NextStep workflow={row} />} />
      <Column source="open" label="Promotion" disableSort render={promotion} />
      <Column source="created" label="Registered" render={(row) => <Age at={row.createdAt} />} />
    </DataTable>
  );
}

function name(row: WorkflowRowFragment) {
  return (
    <>
      <TextLink to={`/workflows/${row.id}`}>{row.name}</TextLink> <RetiredChip at={row.retiredAt} />
      <Typography variant="caption" color="textSecondary" component="div">
        <code>{row.fullKey}</code>
      </Typography>
    </>
  );
}

function live(row: WorkflowRowFragment) {
  return liveWords(row.stages) ?? <Quiet>Nothing live</Quiet>;
}

function latest(row: WorkflowRowFragment) {
  if (!row.latestRelease) return <Quiet>None</Quiet>;
  return (
    <TextLink to={`/workflows/${row.id}/releases/${row.latestRelease.id}`}>
      #{row.latestRelease.number} {row.latestRelease.alias}
    </TextLink>
  );
}

function promotion(row: WorkflowRowFragment) {
  const first = row.openPromotions[0];
  return first ? <TextLink to={`/promotions/${first.id}`}>Open</TextLink> : <Quiet>None</Quiet>;
}

function Quiet({ children }: { children: string }) {
  return (
    <Typography variant="body2" component="span" color="textSecondary">
      {children}
    </Typography>
  );
}
