import { useState, type ReactNode } from 'react';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { ProblemFragment } from '../api/generated/documents.js';
import { problemsAt } from '../form/problems-at.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { ProblemList } from '../ui/problem-list.js';

/** What acts call the words that this dialog takes. */
const reasonFields = ['reason', 'note', 'comment'] as const;

interface Props {
  title: string;
  about: string;
  confirm: string;
  /** Without it no reason is asked for. */
  label?: string;
  pending: boolean;
  disabled?: boolean;
  problems: ProblemFragment[];
  onClose: () => void;
  onConfirm: (reason: string) => void;
  /** What else is to be chosen. */
  children?: ReactNode;
}

/** Says what an act does, takes the reason for it, and stays open until the server has answered. */
export function ReasonDialog({ disabled = false, label, ...props }: Props) {
  const { title, about, confirm, pending, problems, onClose, onConfirm, children } = props;
  const [reason, setReason] = useState('');
  const refused = problemsAt(problems, label === undefined ? [] : reasonFields);
  const why = reasonFields.map(refused.at).find(Boolean);
  return (
    <ConfirmDialog
      open
      title={title}
      confirm={confirm}
      pending={pending}
      disabled={disabled || (label !== undefined && reason.trim() === '')}
      onClose={onClose}
      onConfirm={() => onConfirm(reason.trim())}
    >
      <Box sx={{ display: 'grid', gap: 2 }}>
        <p>{about}</p>
        {children}
        {label !== undefined && (
          <TextField
            label={label}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            multiline
            minRows={2}
            error={why !== undefined}
            helperText={why}
            required
          />
        )}
        <ProblemList problems={refused.rest} />
      </Box>
    </ConfirmDialog>
  );
}
