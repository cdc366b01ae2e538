import { useRef } from 'react';
import Box from '@mui/material/Box';
import { FormProvider, useWatch } from 'react-hook-form';
import type { ContractStateFragment, DraftStateFragment } from '../api/generated/documents.js';
import { contentOf } from './contract-values.js';
import { ContractActions } from './contract-actions.js';
import { ConflictNotice } from './conflict-notice.js';
import { HowItWorks } from './how-it-works.js';
import { missingOf } from './missing-of.js';
import { MissingPanel } from './missing-panel.js';
import { PromisePart } from './promise-part.js';
import { RiskPart } from './risk-part.js';
import { TierPanel } from './tier-panel.js';
import { useContractForm, type ContractEditing } from './use-contract-form.js';
import { useFocusField } from './use-focus-field.js';

interface Props {
  workflowId: string;
  editable: boolean;
  draft: DraftStateFragment;
  published: ContractStateFragment | null;
}

/** One page, three parts. Nothing stops an unfinished draft from being saved; it says what is missing. */
export function ContractForm({ workflowId, editable, draft, published }: Props) {
  const editing = useContractForm(workflowId, draft);
  const page = useRef<HTMLDivElement>(null);
  useFocusField(page);
  return (
    <FormProvider {...editing.form}>
      <Box
        ref={page}
        sx={{
          display: 'grid',
          columnGap: 2,
          gridTemplateColumns: { xs: 'minmax(0,1fr)', lg: 'minmax(0,1fr) 320px' },
        }}
      >
        <Box component="form" noValidate onSubmit={(event) => event.preventDefault()} sx={{ minWidth: 0 }}>
          {editing.theirs && <ConflictNotice editing={editing} theirs={editing.theirs} />}
          <Box
            component="fieldset"
            disabled={!editable}
            sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}
            aria-label="Contract"
          >
            <PromisePart />
            <HowItWorks />
            <RiskPart />
          </Box>
          <ContractActions editing={editing} editable={editable} published={published} />
        </Box>
        <SidePanels editing={editing} />
      </Box>
    </FormProvider>
  );
}

/** Kept apart, so that typing redraws the panels and not the form. */
function SidePanels({ editing }: { editing: ContractEditing }) {
  const values = useWatch({ control: editing.form.control });
  const all = { ...editing.form.getValues(), ...values };
  return (
    <Box
      component="aside"
      aria-label="What this contract will require"
      sx={{ alignSelf: 'start', position: { lg: 'sticky' }, top: 68 }}
    >
      <TierPanel content={contentOf(all)} />
      <MissingPanel missing={missingOf(all)} />
    </Box>
  );
}
