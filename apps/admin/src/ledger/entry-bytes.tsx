import { useEffect, useState } from 'react';
import Box from '@mui/material/Box';
import { CopyText } from '../ui/copy-text.js';
import { Section } from '../ui/section.js';
import { ToneChip } from '../ui/tone-chip.js';
import type { EntryData } from './entry-page.js';

async function sha256Of(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The exact bytes of an entry, hashed here and now beside the hash that is stored. */
export function EntryBytes({ entry }: { entry: EntryData }) {
  const [computed, setComputed] = useState<string | null>(null);
  useEffect(() => {
    // Only where the page is served securely may a browser hash; elsewhere nothing is said.
    if ('subtle' in crypto) void sha256Of(entry.canonical).then(setComputed, () => undefined);
  }, [entry.canonical]);
  return (
    <Section
      title="Its bytes"
      intro="What is hashed, stored and exported, exactly: canonical JSON (RFC 8785), which names the hash before it."
    >
      {computed !== null && (
        <Box sx={{ mb: 1 }} role="status">
          {computed === entry.hash ? (
            <ToneChip tone="good">This browser computes the same hash</ToneChip>
          ) : (
            <ToneChip tone="bad">This browser computes another hash: {computed}</ToneChip>
          )}
        </Box>
      )}
      <CopyText label="Canonical bytes" text={entry.canonical} />
    </Section>
  );
}
