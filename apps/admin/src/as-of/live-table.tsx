import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { LiveRowFragment } from '../api/generated/documents.js';
import { shortDigest } from '../ui/digest.js';
import { PlainTable, type PlainColumn } from '../ui/plain-table.js';
import { RowList } from '../ui/row-list.js';
import { TextLink } from '../ui/text-link.js';
import { absoluteTime } from '../ui/time-words.js';
import { executedBy, promotionWords, stageName } from './live-words.js';
import { Overlaid } from './overlaid.js';
import { stageAtPath } from './stage-at-path.js';

/** At least 24 px high (WCAG 2.2, 2.5.8): links stand below each other here. */
const target = { display: 'inline-flex', alignItems: 'center', minHeight: 24 };

interface Props {
  rows: LiveRowFragment[];
  /** The instant asked about; null in an interval, where each row is shown as of its own beginning. */
  at: string | null;
}

/** What was live: a table, or on a phone one card for each pointer. */
export function LiveTable({ rows, at, phone }: Props & { phone: boolean }) {
  const columns: PlainColumn<LiveRowFragment>[] = [
    { label: 'Workflow', cell: (row) => <WorkflowName row={row} /> },
    { label: 'Stage', cell: stageName },
    { label: 'Release', cell: (row) => <ReleaseName row={row} /> },
    { label: 'Live', cell: (row) => <When row={row} /> },
    { label: 'By and on what', cell: (row) => <Grounds row={row} at={at} /> },
  ];
  if (!phone)
    return <PlainTable label="What was live" columns={columns} rows={rows} rowKey={(row) => row.id} />;
  return (
    <RowList label="What was live">
      {rows.map((row) => (
        <li key={row.id}>
          <WorkflowName row={row} />
          <Box sx={{ my: 0.5 }}>
            {stageName(row)}: <ReleaseName row={row} />
          </Box>
          <When row={row} />
          <Grounds row={row} at={at} />
        </li>
      ))}
    </RowList>
  );
}

function WorkflowName({ row: { workflow } }: { row: LiveRowFragment }) {
  return (
    <>
      <TextLink to={`/workflows/${workflow.id}`}>{workflow.name}</TextLink>
      <Typography variant="caption" color="textSecondary" component="div">
        <code>{workflow.fullKey}</code>
      </Typography>
    </>
  );
}

function ReleaseName({ row }: { row: LiveRowFragment }) {
  const { workflow, release } = row;
  if (!release)
    return (
      <>
        No release
        <Overlaid row={row} />
      </>
    );
  return (
    <>
      <TextLink to={`/workflows/${workflow.id}/releases/${release.id}`}>
        #{release.number} {release.alias}
      </TextLink>{' '}
      <Typography variant="caption" color="textSecondary" component="code" title={release.digest}>
        {shortDigest(release.digest)}
      </Typography>
      <Overlaid row={row} />
    </>
  );
}

function When({ row }: { row: LiveRowFragment }) {
  return (
    <Typography variant="body2" component="div">
      <time dateTime={row.since} title={row.since}>
        {absoluteTime(row.since)}
      </time>
      {' to '}
      {row.until ? (
        <time dateTime={row.until} title={row.until}>
          {absoluteTime(row.until)}
        </time>
      ) : (
        'now'
      )}
      {row.endedBy && (
        <Typography variant="caption" color="textSecondary" component="div">
          Ended by <TextLink to={`/ledger/${row.endedBy.id}`}>{row.endedBy.summary.toLowerCase()}</TextLink>
        </Typography>
      )}
    </Typography>
  );
}

function Grounds({ row, at }: { row: LiveRowFragment; at: string | null }) {
  return (
    <Typography variant="body2" component="div">
      {executedBy(row)}
      <Typography variant="body2" color="textSecondary" component="div">
        {row.promotion ? (
          <TextLink to={`/promotions/${row.promotion.id}`} sx={target}>
            {promotionWords(row)}
          </TextLink>
        ) : (
          (row.adoption?.reason ?? '')
        )}
      </Typography>
      {row.stageKey !== null && row.release && (
        <TextLink
          to={stageAtPath(row.workflow.id, row.stageKey, at ?? row.since)}
          aria-label={`What it stood on: ${row.workflow.name} in ${stageName(row)}`}
          sx={target}
        >
          What it stood on
        </TextLink>
      )}
    </Typography>
  );
}
