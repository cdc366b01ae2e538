import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { ProblemFragment } from '../api/generated/documents.js';

/** Why an act was refused: the server's words, with the stable code. Announced as soon as it appears. */
export function ProblemList({ problems }: { problems: ProblemFragment[] }) {
  if (problems.length === 0) return null;
  return (
    <Alert severity="error" role="alert">
      {problems.length === 1 ? (
        <OneProblem problem={problems[0] as ProblemFragment} />
      ) : (
        <Box component="ul" sx={{ m: 0, pl: 2 }}>
          {problems.map((problem, index) => (
            <li key={index}>
              <OneProblem problem={problem} />
            </li>
          ))}
        </Box>
      )}
    </Alert>
  );
}

function OneProblem({ problem }: { problem: ProblemFragment }) {
  return (
    <>
      {problem.message} <code>{problem.code}</code>
    </>
  );
}
