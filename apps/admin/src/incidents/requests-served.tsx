import { shortDigest } from '../ui/digest.js';
import { PlainTable } from '../ui/plain-table.js';
import { Section } from '../ui/section.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import type { IncidentData } from './incident-screen.js';

/** How many got what was left, by audience, while it was live. */
export function RequestsServed({ counts }: { counts: IncidentData['requestsServed'] }) {
  if (counts.length === 0) return null;
  return (
    <Section
      title="Requests that got it"
      intro="By audience, while what was left was live. Counted by the applications, in whole hours."
      flush
    >
      <PlainTable
        label="Requests that got it"
        rows={counts}
        rowKey={(row) => `${row.stageKey ?? ''} ${row.served}`}
        columns={[
          { label: 'Audience', cell: (row) => (row.stageKey ? wordOfStage(row.stageKey) : 'In no stage') },
          { label: 'Release', cell: (row) => row.alias ?? shortDigest(row.served) },
          { label: 'Requests', numeric: true, cell: (row) => row.requests.toLocaleString('en') },
        ]}
      />
    </Section>
  );
}
