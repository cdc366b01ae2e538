import { useLayoutEffect, useRef } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { OnCallServingFragment, PreviewFactsFragment } from '../api/generated/documents.js';
import { PreviewView } from './preview-view.js';

interface Props {
  /** Of exactly what is chosen; undefined: it is not there yet. */
  preview: PreviewFactsFragment | undefined;
  /** What the choice lacks, in words; null: nothing. */
  missing: string | null;
  error: Error | null;
  onRetry: () => void;
  serving: readonly OnCallServingFragment[];
}

/** What is chosen would do this; or why that is not known yet. Never what another choice would have done. */
export function PreviewArea({ preview, missing, error, onRetry, serving }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  // It stays as high as it was, so that what is touched below it does not move away.
  useLayoutEffect(() => {
    if (!area.current) return;
    area.current.style.minHeight = preview ? '' : `${String(height.current)}px`;
    if (preview) height.current = area.current.offsetHeight;
  });
  return (
    <Box ref={area}>
      {preview ? (
        <PreviewView preview={preview} serving={serving} />
      ) : missing !== null ? (
        <Typography role="status" color="textSecondary">
          {missing} Then it shows here what would change.
        </Typography>
      ) : error ? (
        <Alert severity="error" action={<Button onClick={onRetry}>Try again</Button>}>
          {error.message}
        </Alert>
      ) : (
        <Box role="status">
          <Typography color="textSecondary">Reading what this would change…</Typography>
          <Skeleton height={32} />
          <Skeleton height={24} width="70%" />
        </Box>
      )}
    </Box>
  );
}
