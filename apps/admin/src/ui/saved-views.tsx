import { useState } from 'react';
import BookmarkIcon from '@mui/icons-material/BookmarkAddOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import { NameDialog } from './name-dialog.js';
import { useViews } from './use-views.js';

/** The saved views of a list as buttons; nothing is shown while there is nothing to show or save. */
export function SavedViews({ resource }: { resource: string }) {
  const views = useViews(resource);
  const [naming, setNaming] = useState(false);
  const { current } = views;
  if (views.names.length === 0 && !views.canSave) return null;
  return (
    <Box
      role="group"
      aria-label="Saved views"
      sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75, px: 2, pb: 1.25 }}
    >
      {views.names.map((name) => (
        <Chip
          key={name}
          label={name}
          variant={name === current ? 'filled' : 'outlined'}
          aria-pressed={name === current}
          onClick={() => views.show(name)}
        />
      ))}
      {views.canSave && (
        <Button size="small" startIcon={<BookmarkIcon />} onClick={() => setNaming(true)}>
          Save this view
        </Button>
      )}
      {current !== null && (
        <Button size="small" onClick={() => views.remove(current)}>
          Delete this view
        </Button>
      )}
      <NameDialog open={naming} title="Save this view" onClose={() => setNaming(false)} onName={views.save} />
    </Box>
  );
}
