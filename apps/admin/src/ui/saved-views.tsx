import { useState } from 'react';
import BookmarkIcon from '@mui/icons-material/BookmarkAddOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import { useListContext, useSavedQueries, type SavedQuery } from 'react-admin';
import { NameDialog } from './name-dialog.js';

/** Filters and order kept under a name, in this browser. */
export function SavedViews({ resource }: { resource: string }) {
  const { filterValues, displayedFilters, sort, perPage, setFilters, setSort } = useListContext();
  const [views, setViews] = useSavedQueries(resource);
  const [naming, setNaming] = useState(false);
  const key = JSON.stringify(filterValues);
  const unsaved = key !== '{}' && !views.some((view) => JSON.stringify(view.value.filter) === key);
  const show = (view: SavedQuery) => {
    setFilters(view.value.filter as object, []);
    if (view.value.sort) setSort(view.value.sort);
  };
  if (views.length === 0 && !unsaved) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75, px: 2, pb: 1.25 }}>
      {views.map((view) => (
        <Chip
          key={view.label}
          label={view.label}
          variant={JSON.stringify(view.value.filter) === key ? 'filled' : 'outlined'}
          onClick={() => show(view)}
        />
      ))}
      {unsaved && (
        <Button size="small" startIcon={<BookmarkIcon />} onClick={() => setNaming(true)}>
          Save this view
        </Button>
      )}
      {views.some((view) => JSON.stringify(view.value.filter) === key) && (
        <Button
          size="small"
          onClick={() => setViews(views.filter((view) => JSON.stringify(view.value.filter) !== key))}
        >
          Delete this view
        </Button>
      )}
      <NameDialog
        open={naming}
        title="Save this view"
        onClose={() => setNaming(false)}
        onName={(label) =>
          setViews([...views, { label, value: { filter: filterValues, displayedFilters, sort, perPage } }])
        }
      />
    </Box>
  );
}
