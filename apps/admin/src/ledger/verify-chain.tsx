import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { LedgerVerifyDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { counted } from '../live/live-words.js';
import { Digest } from '../ui/digest.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';

/** Recomputes one chain on the server and says whether every entry is as it was written. */
export function VerifyChain({ chain, name }: { chain: string; name?: string }) {
  const [asked, setAsked] = useState<string | null>(null);
  const query = useApi(LedgerVerifyDocument, { chain }, { enabled: asked === chain });
  return (
    <Section
      title={name ? 'Verify this chain' : 'Verify a chain'}
      intro={introOf(chain, name)}
      aside={
        <Button
          variant="outlined"
          size="small"
          loading={query.isFetching}
          onClick={() => (asked === chain ? void query.refetch() : setAsked(chain))}
        >
          Verify
        </Button>
      }
    >
      {asked === chain && (
        <Loaded query={query}>
          {({ ledgerVerify: result }) => (
            <Alert severity={result.ok ? 'success' : 'error'} role="status">
              {result.ok
                ? `${counted(result.entries, 'entry', 'entries')}, unbroken. Head `
                : `Broken at entry ${result.firstBadSeq ?? '?'}: ${result.problem ?? 'it does not match its hash'}. Head `}
              <Digest value={result.headHash} label="head hash" />
            </Alert>
          )}
        </Loaded>
      )}
    </Section>
  );
}

function introOf(chain: string, name: string | undefined): string {
  if (name) return `The chain of ${name}, followed from its first entry on the server.`;
  return chain === 'organisation'
    ? 'The chain of everything that is about no single workflow. Choose a chain below to verify another.'
    : 'The chain of the workflow that is chosen below.';
}
