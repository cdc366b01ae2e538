import Box from '@mui/material/Box';

/** A template with its variables standing out, by weight and frame as well as colour. */
export function HighlightedText({ text, label }: { text: string; label: string }) {
  const parts = text.split(/(\{\{[^{}]*\}\})/);
  return (
    <Box
      component="pre"
      tabIndex={0}
      role="group"
      aria-label={label}
      sx={{
        m: 0,
        p: 1.5,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        lineHeight: 1.6,
        '& mark': {
          bgcolor: 'action.selected',
          color: 'primary.main',
          fontWeight: 650,
          borderRadius: 0.5,
          px: 0.25,
        },
      }}
    >
      {parts.map((part, index) => (part.startsWith('{{') ? <mark key={index}>{part}</mark> : part))}
    </Box>
  );
}
