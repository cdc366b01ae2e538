import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { snapshotFrame } from '../../apps/api/src/modules/runtime/stream-frame.domain.js';
import { EventStreamParser } from '../../packages/client/src/sdk/event-stream.js';
import { parseSnapshot } from '../../packages/client/src/sdk/parse-snapshot.js';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/snapshot-format.md', root), 'utf8');
const example = /```json\n([\s\S]*?)```/.exec(page)![1]!;
const documented = page
  .split('\n')
  .flatMap((line) => (/^\| `[\w.[\]{}]+`/.test(line) ? [line.split('|')[1]!] : []))
  .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path!))
  .filter((path) => !['snapshot', 'bye'].includes(path));

/** Whatever applications or providers put there, and rules, which have a sentence of their own. */
const opaque = /\.(parameters|outputSchema|limits|budgets|rules|segment)$/;

/** Paths of all fields, as the page writes them: `stages[].key`, `releases{}.digest`. */
function pathsOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null || opaque.test(at)) return [at];
  if (Array.isArray(value)) return [at, ...value.flatMap((one: unknown) => below(one, `${at}[]`))];
  if (at === 'releases') return [at, ...Object.values(value).flatMap((one) => below(one, 'releases{}'))];
  return [at, ...below(value, at)];
}
const below = (value: unknown, at: string): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => pathsOf(part, at === '' ? key : `${at}.${key}`))
    : [];

/** Objects of which the page names the parts alone. */
const parts = ['version', 'failure', 'stages[].cap', 'releases{}.steps[].prompt', 'releases{}.steps[].model'];
const fieldsOf = (snapshots: unknown[]) =>
  [...new Set(snapshots.flatMap((one) => below(one, '')))].filter((path) => !parts.includes(path)).sort();

const file = new URL('packages/client/vectors/decide.json', root);
const vectors = (JSON.parse(readFileSync(file, 'utf8')) as { decisions: { snapshot: unknown }[] }).decisions;

test('the page names every field of a snapshot, and none that there is not', () => {
  const known = fieldsOf([JSON.parse(example), ...vectors.map(({ snapshot }) => snapshot)]);
  expect([...documented].sort()).toEqual(known);
});

test('the snapshot on the page is one that our client takes, and that it would not take with less', () => {
  expect(parseSnapshot(example, 'support.reply')).toEqual(JSON.parse(example));
  const optional = ['stages[].public'];
  const first = (path: string) => path.replaceAll('[]', '.0').replaceAll('{}', '.*').split('.');
  const unasked = documented.filter((path) => {
    if (optional.includes(path) || path.startsWith('overlays[].levers[].')) return false;
    const snapshot = JSON.parse(example) as Record<string, unknown>;
    const keys = first(path);
    const last = keys.pop()!;
    let holder = snapshot;
    for (const key of keys)
      holder = holder[key === '*' ? Object.keys(holder)[0]! : key] as Record<string, unknown>;
    expect(holder).toHaveProperty(last);
    Reflect.deleteProperty(holder, last);
    try {
      parseSnapshot(JSON.stringify(snapshot), 'support.reply');
      return true;
    } catch {
      return false;
    }
  });
  expect(unasked).toEqual([]);
});

test('the frame on the page is the one that the server sends', () => {
  const frame = `${/```\n(id: [\s\S]*?)```/.exec(page)![1]!}\n`;
  const [event] = new EventStreamParser().push(frame);
  const { workflow, incarnation, epoch, etag } = JSON.parse(event!.data) as {
    workflow: string;
    incarnation: number;
    epoch: number;
    etag: string;
  };
  expect(snapshotFrame(workflow, { incarnation, epoch }, etag)).toBe(frame);
});
