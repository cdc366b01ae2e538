import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { LedgerProofDocument } from '../api/generated/documents.js';
import { useApi } from '../api/use-api.js';
import { counted } from '../live/live-words.js';
import { CopyText } from '../ui/copy-text.js';
import { Digest } from '../ui/digest.js';
import { Facts } from '../ui/facts.js';
import { Loaded } from '../ui/loaded.js';
import { Section } from '../ui/section.js';
import { utcTime } from '../ui/time-words.js';

/** How the file is checked where this server is not trusted. */
export function ProofSection({ fileName }: { fileName: string | null }) {
  const query = useApi(LedgerProofDocument, {});
  return (
    <Section
      title="Verify it without this server"
      intro="The command reads the file and the public key alone. It names the first entry that was altered, is missing, out of order, cut off or forged."
    >
      <Loaded query={query}>
        {({ ledgerProof: { keyId, lastCheckpoint, uncovered } }) => (
          <>
            {keyId === null && (
              <Alert severity="warning" sx={{ mb: 1.5 }}>
                No key is configured, so that nothing is signed: add --without-key to follow the chains alone.
              </Alert>
            )}
            <CopyText label="Command" text={commandFor(fileName, keyId !== null)} />
            <Typography variant="body2" sx={{ my: 1.5 }}>
              Keep a checkpoint somewhere else, and give it next time with <code>--trusted-checkpoint</code>:
              then an older or another history is found out too, even one that is signed.
            </Typography>
            <Facts
              facts={[
                keyId !== null && [
                  'Public key',
                  <Box key="k" component="span">
                    <Link href="/ledger/key.pem" download>
                      holdpoint-ledger-key.pem
                    </Link>{' '}
                    <Digest value={keyId} label="key id" />
                  </Box>,
                ],
                [
                  'Latest checkpoint',
                  lastCheckpoint ? (
                    <Box key="c" component="span">
                      <Link href="/ledger/checkpoint" download>
                        Number {lastCheckpoint.number}
                      </Link>
                      , signed {utcTime(lastCheckpoint.at)}
                      {lastCheckpoint.entries !== null &&
                        `, covers ${counted(lastCheckpoint.entries, 'entry', 'entries')}`}
                    </Box>
                  ) : (
                    'None yet'
                  ),
                ],
                ['Not covered yet', counted(uncovered, 'entry', 'entries')],
              ]}
            />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function commandFor(fileName: string | null, signed: boolean): string {
  const key = signed ? '--key holdpoint-ledger-key.pem' : '--without-key';
  return `npx holdpoint ledger verify ${fileName ?? 'holdpoint-ledger.jsonl'} ${key}`;
}
