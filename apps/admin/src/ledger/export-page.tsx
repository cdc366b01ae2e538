import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Checkbox from '@mui/material/Checkbox';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { usePermissions } from 'react-admin';
import { LedgerExportEstimateDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { counted } from '../live/live-words.js';
import { ChoiceFilter } from '../ui/choice-filter.js';
import { EmptyState } from '../ui/empty-state.js';
import { InstantField } from '../ui/instant-field.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { useUrlFilters } from '../ui/use-url-filters.js';
import { ExportProgressBar, sizeWords } from './export-progress.js';
import { ProofSection } from './proof-section.js';
import { useChainChoices } from './use-chain-choices.js';
import { useLedgerExport } from './use-ledger-export.js';

const crumbs = [{ label: 'Ledger', to: '/ledger' }];

/** The ledger as a file, and how to check that file without this server. */
export function LedgerExportPage() {
  const { permissions, isPending } = usePermissions<string[]>();
  const exporting = useLedgerExport();
  if (isPending) return null;
  if (!permissions?.includes('ledger.export')) {
    return (
      <Page title="Export the ledger" crumbs={crumbs}>
        <EmptyState>Auditors and administrators export the ledger.</EmptyState>
      </Page>
    );
  }
  return (
    <Page title="Export the ledger" crumbs={crumbs}>
      <ExportSection exporting={exporting} />
      <ProofSection fileName={exporting.state.is === 'done' ? exporting.state.fileName : null} />
    </Page>
  );
}

function ExportSection({ exporting }: { exporting: ReturnType<typeof useLedgerExport> }) {
  const { values, set } = useUrlFilters(['chain', 'from', 'to'] as const);
  const [reasons, setReasons] = useState(true);
  const chains = useChainChoices();
  const { chain, from, to } = values;
  const estimate = useApi(
    LedgerExportEstimateDocument,
    { chain: chain ?? null, from: from ?? null, to: to ?? null },
    { keepPrevious: true },
  ).data?.ledgerExportEstimate;
  const { state, start, cancel } = exporting;
  const query = new URLSearchParams({
    ...(chain && { chain }),
    ...(from && { from }),
    ...(to && { to }),
    ...(!reasons && { reasons: 'false' }),
  }).toString();
  const path = `/ledger/export${query && `?${query}`}`;
  const busy = state.is === 'running';
  return (
    <Section
      title="What to export"
      intro="One JSON object a line: every entry as its exact bytes, the keys, and the signed checkpoints that cover them. A range ends where checkpoints end, so that it can be verified by itself."
    >
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 1.5 }}>
          <ChoiceFilter
            label="Chain"
            value={chain ?? ''}
            choices={chains}
            onChange={(value) => set({ chain: value })}
          />
          <InstantField
            label="From"
            value={from ?? ''}
            onChange={(value) => set({ from: value })}
            none="The beginning"
          />
          <InstantField label="Up to" value={to ?? ''} onChange={(value) => set({ to: value })} none="Now" />
        </Box>
        <FormControlLabel
          control={<Checkbox checked={reasons} onChange={(_, checked) => setReasons(checked)} />}
          label="With the texts of reasons, where they were not erased"
        />
        {estimate && (
          <Typography variant="body2" role="status">
            {counted(estimate.entries, 'entry', 'entries')} and {counted(estimate.checkpoints, 'checkpoint')}
            {estimate.uncovered > 0 &&
              !to &&
              `. Before that, a checkpoint is signed for the ${estimate.uncovered.toLocaleString('en')} that none covers yet`}
          </Typography>
        )}
        {busy && <ExportProgressBar progress={state.progress} />}
        {state.is === 'failed' && <Alert severity="error">{state.message}</Alert>}
        {state.is === 'done' && (
          <Alert severity="success" role="status">
            {counted(state.progress.entries, 'entry', 'entries')}, {sizeWords(state.progress.bytes)}, in{' '}
            <code>{state.fileName}</code>
          </Alert>
        )}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
          <Button variant="contained" disabled={busy} onClick={() => void start(path)}>
            Export
          </Button>
          {busy && <Button onClick={cancel}>Cancel</Button>}
          <Link href={path} download>
            Let the browser download it, without progress
          </Link>
        </Box>
      </Box>
    </Section>
  );
}
