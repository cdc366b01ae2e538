import { useState } from 'react';
import CheckIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useNotify } from 'react-admin';

interface Props {
  label: string;
  text: string;
  /** Shown instead of the text, which is what is copied. */
  shown?: string;
}

/** Text to be taken away exactly as it is: bytes, a command, a key. */
export function CopyText({ label, text, shown = text }: Props) {
  const [copied, setCopied] = useState(false);
  const notify = useNotify();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      notify('The browser does not let this page copy: select the text instead', { type: 'info' });
    }
  };
  return (
    <Box>
      <Box
        component="pre"
        tabIndex={0}
        aria-label={label}
        sx={{
          m: 0,
          p: 1.25,
          maxHeight: 320,
          overflow: 'auto',
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'background.default',
        }}
      >
        {shown}
      </Box>
      <Button
        size="small"
        onClick={() => void copy()}
        startIcon={copied ? <CheckIcon fontSize="small" /> : <CopyIcon fontSize="small" />}
        sx={{ mt: 0.5 }}
      >
        {copied ? 'Copied' : `Copy ${label.toLowerCase()}`}
      </Button>
    </Box>
  );
}
