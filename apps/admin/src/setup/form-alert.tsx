import Alert from '@mui/material/Alert';

/** What was refused and belongs to no field; announced when it appears. */
export function FormAlert({ messages }: { messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <Alert severity="error" role="alert">
      {messages.join(' ')}
    </Alert>
  );
}
