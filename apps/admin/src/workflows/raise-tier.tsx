import { useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { riskTiers } from '@holdpoint/contract';
import { WorkflowTierRaiseDocument, type RiskTier } from '../api/generated/documents.js';
import { useAct } from '../api/use-act.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';
import { tierWords } from '../ui/tier-chip.js';
import type { WorkflowHeader } from './workflow-pages.js';

/** Raising by hand what the risk answers compute; the tier is never lowered. */
export function RaiseTier({ workflow }: { workflow: WorkflowHeader }) {
  const [open, setOpen] = useState(false);
  const [tier, setTier] = useState<RiskTier | ''>('');
  const [reason, setReason] = useState('');
  const act = useAct(WorkflowTierRaiseDocument, 'workflowTierRaise');
  const higher = riskTiers.slice(workflow.riskTier ? riskTiers.indexOf(workflow.riskTier) + 1 : 1);
  if (!workflow.viewerCanRaiseTier || higher.length === 0) return null;
  const raise = async () => {
    if (tier && (await act.run({ workflowId: workflow.id, tier, reason }))) setOpen(false);
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Raise the tier
      </Button>
      <ConfirmDialog
        open={open}
        title="Raise the risk tier"
        confirm="Raise"
        pending={act.pending}
        disabled={tier === '' || reason.trim() === ''}
        onClose={() => setOpen(false)}
        onConfirm={() => void raise()}
      >
        <Box sx={{ display: 'grid', gap: 2, pt: 1 }}>
          <TextField
            select
            label="To"
            value={tier}
            onChange={(event) => setTier(event.target.value as RiskTier)}
          >
            {higher.map((value) => (
              <MenuItem key={value} value={value}>
                {tierWords[value]}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            label="Why"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
          />
          <ProblemList problems={act.problems} />
        </Box>
      </ConfirmDialog>
    </>
  );
}
