import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { MissingField } from '@holdpoint/contract-domain';
import { Section } from '../ui/section.js';
import { riskQuestions } from './contract-words.js';
import { focusField } from './use-focus-field.js';

/** How many are listed; the rest are counted. */
const listed = 12;

/** What keeps the draft from being published, by the same rule that the server applies. */
export function MissingPanel({ missing }: { missing: MissingField[] }) {
  return (
    <Section title={missing.length === 0 ? 'Nothing is missing' : 'Still missing'}>
      {missing.length === 0 ? (
        <Typography variant="body2">The contract can be published.</Typography>
      ) : (
        <Box component="ul" sx={{ m: 0, pl: 2.25, fontSize: '0.875rem', '& li': { py: 0.25 } }}>
          {missing.slice(0, listed).map((field) => (
            <li key={`${field.component}.${field.path.join('.')}.${field.message}`}>
              <Link
                component="button"
                type="button"
                sx={{ textAlign: 'left', verticalAlign: 'baseline' }}
                onClick={() => focusField(document.body, [field.component, ...field.path].join('.'))}
              >
                {missingText(field)}
              </Link>
            </li>
          ))}
          {missing.length > listed && <li>and {missing.length - listed} more</li>}
        </Box>
      )}
    </Section>
  );
}

/** The message, with the row of a list that it is about; a risk question in its own words. */
function missingText({ path, message }: MissingField): string {
  const question = path[0] === 'risk' && riskQuestions.find(([key]) => key === path[1]);
  if (question) return question[1];
  const row = path.find((part) => /^\d+$/.test(part));
  return row === undefined ? message : `${message} (row ${Number(row) + 1})`;
}
