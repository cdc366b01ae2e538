import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { defaultStageKeys } from '@holdpoint/contract';
import { tierPreview, type DraftContent } from '@holdpoint/contract-domain';
import { ChecklistDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { Section } from '../ui/section.js';
import { TierChip } from '../ui/tier-chip.js';
import { wordOfStage } from '../workflows/stage-choices.js';
import { requiredChecks } from './required-checks.js';

/** What the tier of these answers will require, as they are typed. */
export function TierPanel({ content }: { content: DraftContent }) {
  const checklist = useApi(ChecklistDocument, {}).data?.checklist;
  const preview = tierPreview(content);
  const has = { retrieval: content.retrieval != null, tools: content.tools != null };
  const rows =
    checklist && preview.tier ? requiredChecks(checklist.checks, preview.tier, has, defaultStageKeys) : [];
  return (
    <Section title="What this will require" aside={<TierChip tier={preview.tier} />}>
      <Box component="ul" sx={{ m: 0, mb: 1, pl: 2.25, fontSize: '0.875rem' }}>
        {preview.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </Box>
      {preview.tier === 'low' && (
        <Typography variant="body2" sx={{ mb: 1 }}>
          Nothing in these answers raises the tier.
        </Typography>
      )}
      {preview.tier && (
        <Box
          component="dl"
          sx={{
            m: 0,
            display: 'grid',
            gridTemplateColumns: '1fr auto',
            rowGap: 0.5,
            fontSize: '0.875rem',
            '& dd': { m: 0, textAlign: 'right' },
          }}
        >
          {rows.map(({ stageKey, ...row }) => (
            <Row key={stageKey} label={wordOfStage(stageKey)} {...row} />
          ))}
        </Box>
      )}
    </Section>
  );
}

function Row({ label, count, computed }: { label: string; count: number; computed: number }) {
  return (
    <>
      <dt>To enter {label}</dt>
      <dd>
        {count} {count === 1 ? 'check' : 'checks'}
        {computed > 0 && (
          <Typography variant="caption" color="textSecondary" component="div">
            {computed} computed
          </Typography>
        )}
      </dd>
    </>
  );
}
