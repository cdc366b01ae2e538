import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useFormState, useWatch } from 'react-hook-form';
import type { ContractStateFragment } from '../api/generated/documents.js';
import { Age } from '../ui/age.js';
import { ProblemList } from '../ui/problem-list.js';
import { missingOf } from './missing-of.js';
import type { ContractEditing } from './use-contract-form.js';

interface Props {
  editing: ContractEditing;
  editable: boolean;
  published: ContractStateFragment | null;
}

/** Stays in sight while the page is filled in. */
export function ContractActions({ editing, editable, published }: Props) {
  const { isDirty } = useFormState({ control: editing.form.control });
  if (!editable) {
    return (
      <Typography variant="body2" color="textSecondary">
        Members of the owning team write the contract.
      </Typography>
    );
  }
  return (
    <Box
      role="group"
      aria-label="Draft"
      sx={{
        position: 'sticky',
        bottom: 0,
        zIndex: 5,
        bgcolor: 'background.default',
        borderTop: 1,
        borderColor: 'divider',
        py: 1.25,
        mb: 2,
        display: 'grid',
        gap: 1,
      }}
    >
      <ProblemList
        problems={editing.problems.filter((problem) => problem.code !== 'CONFLICT' || !editing.theirs)}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Button variant="contained" loading={editing.pending} onClick={() => void editing.publish()}>
          Publish
        </Button>
        <Button variant="outlined" disabled={!isDirty || editing.pending} onClick={() => void editing.save()}>
          Save draft
        </Button>
        <Typography variant="body2" color="textSecondary" role="status">
          <MissingCount editing={editing} />{' '}
          {isDirty
            ? 'There are changes that are not saved.'
            : editing.base.revision > 0
              ? ''
              : 'Nothing is written yet.'}{' '}
          {editing.base.updatedAt && (
            <>
              Draft {editing.base.revision}, <Age at={editing.base.updatedAt} />
              {editing.base.updatedBy && ` by ${editing.base.updatedBy.name}`}.
            </>
          )}{' '}
          {published?.core ? `Published: core ${published.core.number}.` : 'Not published yet.'}
        </Typography>
      </Box>
    </Box>
  );
}

function MissingCount({ editing }: { editing: ContractEditing }) {
  const values = useWatch({ control: editing.form.control });
  const isComplete = missingOf({ ...editing.form.getValues(), ...values }).length === 0;
  return isComplete ? 'Nothing is missing.' : 'Not complete yet.';
}
