import type { Snapshot } from '../decide/snapshot.js';

/** The workflow that the conformance script serves; applications under test ask for it. */
export const playedWorkflow = 'conformance.reply';

const digestOf = (letter: string, kind: number) => `sha256:${`${letter}${kind}`.repeat(32)}`;

function release(letter: 'a' | 'b') {
  const number = letter === 'a' ? 1 : 2;
  const prompt = {
    name: 'conformance/reply',
    version: number,
    digest: digestOf(letter, 1),
    format: 'text' as const,
  };
  const model = { name: 'conformance/small', version: number, provider: 'example', model: `small-${letter}` };
  return {
    ...{ id: letter, digest: digestOf(letter, 0), number, alias: `release-${letter}`, quarantines: [] },
    ...{ autonomyMode: 'suggest' as const, tools: [], limits: null, budgets: null, outputSchema: {} },
    steps: [
      {
        name: 'main',
        prompt: { ...prompt, template: `${letter}: answer {{question}}`, variables: ['question'] },
        model: { ...model, digest: digestOf(letter, 2), parameters: {} },
      },
    ],
  };
}

/** One stage that everybody is in, with release a or b. */
export const playedSnapshot = (incarnation: number, epoch: number, letter: 'a' | 'b'): Snapshot => ({
  ...{ workflowId: '00000000-0000-7000-8000-000000000001', key: playedWorkflow, environment: 'production' },
  version: { incarnation, epoch },
  stages: [
    {
      ...{ key: 'general', rules: [], percentage: 100, bucketBy: 'user', releaseId: letter },
      cap: { autonomyMode: 'autonomous', toolEffect: 'irreversible' },
    },
  ],
  overlays: [],
  releases: { a: release('a'), b: release('b') },
  failure: { action: 'escalate', fallback: 'people' },
});
