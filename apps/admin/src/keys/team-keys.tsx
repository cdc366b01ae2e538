import { useState } from 'react';
import Button from '@mui/material/Button';
import { Section } from '../ui/section.js';
import { KeyCreateDialog } from './key-create-dialog.js';
import { KeyList } from './key-list.js';

interface Props {
  team: { id: string; viewerCanManageKeys: boolean };
}

/** Keys that still work for this team or for workflows of it. */
export function TeamKeys({ team }: Props) {
  const [creating, setCreating] = useState(false);
  return (
    <Section
      title="API keys"
      aside={
        team.viewerCanManageKeys && (
          <Button size="small" variant="outlined" onClick={() => setCreating(true)}>
            New key
          </Button>
        )
      }
      flush
    >
      <KeyList
        filter={{ teamId: team.id, state: ['active', 'ending'] }}
        empty="No key works for this team."
      />
      {creating && <KeyCreateDialog teamId={team.id} onClose={() => setCreating(false)} />}
    </Section>
  );
}
