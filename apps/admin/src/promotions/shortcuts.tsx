import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { Section } from '../ui/section.js';
import { useReviewKeys, useShortcuts } from './use-shortcuts.js';

const places = [
  ['1', 'changes', 'Changes'],
  ['2', 'evals', 'Evals'],
  ['3', 'readiness', 'Readiness'],
  ['4', 'review', 'Your review'],
] as const;

function goTo(id: string) {
  const place = document.getElementById(id);
  place?.scrollIntoView({ block: 'start' });
  const target = place?.querySelector<HTMLElement>('a, button, input, textarea, [tabindex="0"]');
  target?.focus({ preventScroll: true });
}

/**
 * The keys of the review page, written down where they work, and a way to switch them off (WCAG 2.1.4). On a screen
 * that is touched nobody has them, and they take no room.
 */
export function Shortcuts() {
  const { areOn, setOn, isTouched } = useReviewKeys();
  useShortcuts(areOn ? Object.fromEntries(places.map(([key, id]) => [key, () => goTo(id)])) : {});
  if (isTouched) return null;
  return (
    <Section title="Keys">
      <Box
        component="ul"
        sx={{ m: 0, p: 0, listStyle: 'none', fontSize: '0.875rem', display: 'grid', gap: 0.5 }}
      >
        {places.map(([key, id, label]) => (
          <li key={key}>
            <kbd>{key}</kbd>{' '}
            <Link
              component="button"
              type="button"
              onClick={() => goTo(id)}
              sx={{ verticalAlign: 'baseline' }}
            >
              {label}
            </Link>
          </li>
        ))}
        <li>
          <kbd>c</kbd> write a comment
        </li>
      </Box>
      <FormControlLabel
        label="Keys are on"
        control={<Checkbox size="small" checked={areOn} onChange={(event) => setOn(event.target.checked)} />}
      />
    </Section>
  );
}
