import { diffLines, diffWordsWithSpace, type Change } from 'diff';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { tones } from '../app/status-colours.js';
import { valueText } from './value-text.js';
import { VisuallyHidden } from './visually-hidden.js';

interface Props {
  before: unknown;
  after: unknown;
  /** What is compared, for those who cannot see it: "prompt main". */
  label: string;
}

/** Longest text compared word by word; above it, lines. */
const wordLimit = 400;

/** What was taken away and what was added. Said in words and signs as well as in colour. */
export function DiffView({ before, after, label }: Props) {
  const colours = tones[useTheme().palette.mode];
  const [from, to] = [valueText(before), valueText(after)];
  const byLine = from.length + to.length > wordLimit || from.includes('\n') || to.includes('\n');
  const parts = byLine ? diffLines(ended(from), ended(to)) : wordParts(from, to);
  return (
    <Box
      role="group"
      aria-label={`Changes: ${label}`}
      tabIndex={0}
      sx={{
        fontFamily: 'monospace',
        fontSize: '0.8125rem',
        lineHeight: 1.55,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        overflowX: 'auto',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        maxHeight: 520,
        '& ins': {
          display: byLine ? 'block' : 'inline',
          textDecoration: 'none',
          color: colours.good.text,
          bgcolor: colours.good.fill,
          px: byLine ? 1 : 0.25,
        },
        '& del': {
          display: byLine ? 'block' : 'inline',
          color: colours.bad.text,
          bgcolor: colours.bad.fill,
          px: byLine ? 1 : 0.25,
          textDecoration: byLine ? 'none' : 'line-through',
        },
        '& del + ins': { ml: byLine ? 0 : 0.75 },
        '& span.same': { display: byLine ? 'block' : 'inline', px: byLine ? 1 : 0, color: 'text.secondary' },
        p: byLine ? 0 : 1,
      }}
    >
      {parts.map((part, index) => (
        <Part key={index} part={part} byLine={byLine} />
      ))}
    </Box>
  );
}

/** Text word by word; single values (numbers, names, switches) as a whole, since half a number means nothing. */
function wordParts(from: string, to: string): Change[] {
  if (/\s/.test(from) && /\s/.test(to)) return diffWordsWithSpace(from, to);
  return [
    { value: from, removed: true, added: false, count: 1 },
    { value: to, removed: false, added: true, count: 1 },
  ].filter((part) => part.value !== '');
}

const ended = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function Part({ part, byLine }: { part: Change; byLine: boolean }) {
  if (!part.added && !part.removed)
    return <span className="same">{byLine ? signed(part.value, '  ') : part.value}</span>;
  const Mark = part.added ? 'ins' : 'del';
  return (
    <Mark>
      <VisuallyHidden>{part.added ? 'Added: ' : 'Removed: '}</VisuallyHidden>
      {byLine ? signed(part.value, part.added ? '+ ' : '− ') : part.value}
    </Mark>
  );
}

function signed(text: string, sign: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => sign + line)
    .join('\n');
}
