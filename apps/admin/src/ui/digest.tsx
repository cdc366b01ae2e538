import { useState } from 'react';
import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useNotify } from 'react-admin';

/** The first twelve hex digits: enough to compare by eye, never enough to bind to. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}

export function Digest({ value, label = 'digest' }: { value: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const notify = useNotify();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      notify(value, { type: 'info', autoHideDuration: 10_000 });
    }
  };
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', whiteSpace: 'nowrap' }}>
      <code title={value}>{shortDigest(value)}</code>
      <IconButton
        size="small"
        onClick={() => void copy()}
        aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
      >
        {copied ? <CheckIcon sx={{ fontSize: 15 }} /> : <CopyIcon sx={{ fontSize: 15 }} />}
      </IconButton>
    </Box>
  );
}
