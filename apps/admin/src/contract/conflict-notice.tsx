import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { DraftStateFragment } from '../api/generated/documents.js';
import { JsonChanges } from '../ui/json-changes.js';
import { contentOf, valuesOf } from './contract-values.js';
import type { ContractEditing } from './use-contract-form.js';

/** Somebody saved meanwhile: what they changed, and the two ways on. Nothing is lost before one is chosen. */
export function ConflictNotice({
  editing,
  theirs,
}: {
  editing: ContractEditing;
  theirs: DraftStateFragment;
}) {
  return (
    <Alert
      severity="warning"
      role="alert"
      sx={{ mb: 2, '& .MuiAlert-message': { width: '100%', minWidth: 0 } }}
    >
      <Box sx={{ mb: 1 }}>
        {theirs.updatedBy?.name ?? 'Somebody'} saved draft {theirs.revision} while you were writing. Changed
        since you read it:
      </Box>
      <JsonChanges before={contentOf(valuesOf(editing.base))} after={contentOf(valuesOf(theirs))} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
        <Button variant="outlined" onClick={editing.keepMine}>
          Put my changes on top of theirs
        </Button>
        <Button variant="outlined" onClick={editing.takeTheirs}>
          Take theirs, drop mine
        </Button>
      </Box>
    </Alert>
  );
}
