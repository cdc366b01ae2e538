import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { ProblemFragment } from '../api/generated/documents.js';

/** Why an act was refused: the server's words. The stable code is for programs. Announced as soon as it appears. */
export function ProblemList({ problems }: { problems: ProblemFragment[] }) {
  if (problems.length === 0) return null;
  return (
    <Alert severity="error" role="alert">
      {problems.length === 1 ? (
        problems[0]?.message
      ) : (
        <Box component="ul" sx={{ m: 0, pl: 2 }}>
          {problems.map((problem, index) => (
            <li key={index}>{problem.message}</li>
          ))}
        </Box>
      )}
    </Alert>
  );
}
