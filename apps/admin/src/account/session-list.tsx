import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useQueryClient } from '@tanstack/react-query';
import { FormAlert } from '../setup/form-alert.js';
import { Age } from '../ui/age.js';
import { RowList } from '../ui/row-list.js';
import { Section } from '../ui/section.js';
import { ToneChip } from '../ui/tone-chip.js';
import { accountKey, endSessions, type AccountSession } from './account-api.js';
import { browserWords } from './browser-words.js';

/** Where one is signed in; each session but this one can be ended. */
export function SessionList({ sessions }: { sessions: AccountSession[] }) {
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const end = (which: Parameters<typeof endSessions>[0]) => {
    setPending(true);
    setProblem(null);
    endSessions(which)
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : 'This did not work.'))
      .finally(() => {
        setPending(false);
        void queries.invalidateQueries({ queryKey: accountKey });
      });
  };
  return (
    <Section
      title="Sessions"
      intro="Where you are signed in. End one that you do not know, and change your password."
      aside={
        sessions.length > 1 && (
          <Button size="small" disabled={pending} onClick={() => end({ others: true })}>
            End all others
          </Button>
        )
      }
      flush
    >
      {problem && <FormAlert messages={[problem]} />}
      <RowList label="Sessions">
        {sessions.map((session) => {
          const browser = browserWords(session.userAgent);
          return (
            <Box
              component="li"
              key={session.id}
              sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
            >
              <Box sx={{ flex: '1 1 220px', minWidth: 0 }} title={session.userAgent ?? undefined}>
                {browser}
                <Typography variant="caption" color="textSecondary" component="div">
                  Began <Age at={session.startedAt} />
                  {session.address && `, from ${session.address}`}
                  {session.method === 'oidc' ? ', through the identity provider' : ', by password'}
                </Typography>
              </Box>
              {session.current ? (
                <ToneChip tone="plain">This one</ToneChip>
              ) : (
                <Button
                  size="small"
                  disabled={pending}
                  aria-label={`End the session of ${browser}`}
                  onClick={() => end({ sessionId: session.id })}
                >
                  End
                </Button>
              )}
            </Box>
          );
        })}
      </RowList>
    </Section>
  );
}
