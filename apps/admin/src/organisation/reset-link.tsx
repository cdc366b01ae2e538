import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { PersonResetLinkCreateDocument } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { CopyText } from '../ui/copy-text.js';
import { ProblemList } from '../ui/problem-list.js';
import { absoluteTime } from '../ui/time-words.js';

/** Makes a link for a new password, and shows it this once. */
export function ResetLink({ userId }: { userId: string }) {
  const act = useAct(PersonResetLinkCreateDocument, 'personResetLinkCreate');
  const [link, setLink] = useState<{ path: string; expiresAt: string } | null>(null);
  const make = async () => {
    const done = await act.run({ userId });
    if (done?.link) setLink(done.link);
  };
  return (
    <Box sx={{ display: 'grid', gap: 1.5, justifyItems: 'start' }}>
      <Box>
        A link by which the person sets a new password: it works once, for 24 hours, and ends the person’s
        sessions. Links made earlier stop working.
      </Box>
      {link ? (
        <Box sx={{ width: '100%', display: 'grid', gap: 0.5 }}>
          <CopyText label="Link" text={new URL(link.path, location.origin).href} />
          <Box sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>
            Shown this once. Works until {absoluteTime(link.expiresAt)}; hand it to the person alone.
          </Box>
        </Box>
      ) : (
        <Button variant="outlined" loading={act.pending} onClick={() => void make()}>
          Make a link for a new password
        </Button>
      )}
      <ProblemList problems={act.problems} />
    </Box>
  );
}
