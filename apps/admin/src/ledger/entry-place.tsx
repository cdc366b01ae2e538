import BackIcon from '@mui/icons-material/ArrowBack';
import ForwardIcon from '@mui/icons-material/ArrowForward';
import Box from '@mui/material/Box';
import { Digest } from '../ui/digest.js';
import { Facts } from '../ui/facts.js';
import { LinkButton } from '../ui/link-button.js';
import { Section } from '../ui/section.js';
import { TextLink } from '../ui/text-link.js';
import { ToneChip } from '../ui/tone-chip.js';
import { utcTime } from '../ui/time-words.js';
import type { EntryData } from './entry-page.js';

/** Where an entry stands: in its chain, and under which checkpoint. */
export function EntryPlace({ entry }: { entry: EntryData }) {
  const { previous, next, checkpoint } = entry;
  return (
    <Section title="Its place in the chain">
      <Facts
        facts={[
          [
            'Chain',
            <TextLink key="c" to={`/ledger?chain=${entry.chain}`}>
              {entry.workflow?.name ?? 'Organisation'}
            </TextLink>,
          ],
          ['Number', entry.seq.toLocaleString('en')],
          ['Hash', <Digest key="h" value={entry.hash} label="hash" />],
          ['Hash before it', <Digest key="p" value={entry.prevHash} label="hash before it" />],
          [
            'Checkpoint',
            checkpoint ? (
              <Box
                key="k"
                component="span"
                sx={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75 }}
              >
                <ToneChip tone="good">Covered by checkpoint {checkpoint.number}</ToneChip>
                signed {utcTime(checkpoint.at)}
                <Digest value={checkpoint.hash} label="checkpoint hash" />
              </Box>
            ) : (
              <ToneChip key="k" tone="wait">
                Not covered by a checkpoint yet
              </ToneChip>
            ),
          ],
        ]}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
        {previous && (
          <LinkButton to={`/ledger/${previous.id}`} size="small" variant="outlined" startIcon={<BackIcon />}>
            {previous.seq}: {previous.summary}
          </LinkButton>
        )}
        {next && (
          <LinkButton to={`/ledger/${next.id}`} size="small" variant="outlined" endIcon={<ForwardIcon />}>
            {next.seq}: {next.summary}
          </LinkButton>
        )}
      </Box>
    </Section>
  );
}
