import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  boundComponents,
  componentDigests,
  defaultAlias,
  evalDigest,
  parseBundle,
  releaseBundle,
  releaseDigest,
  type ReleaseBundle,
} from '../../apps/api/src/modules/release/release.domain.js';
import { releaseAlias } from '../../apps/api/src/modules/release/release.schema.js';
import { canonicalJson, digestOf } from '../../apps/api/src/platform/digest/digest.js';

const digest = fc.nat(6).map((n) => digestOf(n));
const optional = fc.option(digest);
const bundles: fc.Arbitrary<ReleaseBundle> = fc
  .tuple(
    fc.record({ core: digest, output: digest, retrieval: optional, tools: optional, budgets: optional }),
    fc.uniqueArray(
      fc.record({ name: fc.constantFrom('main', 'router', 'check'), prompt: digest, model: digest }),
      { selector: (s) => s.name, minLength: 1 },
    ),
  )
  .map(([components, steps]) => releaseBundle(components, steps));

describe('The digest of a release', () => {
  test('is the same for the same content and differs for any other', () => {
    fc.assert(
      fc.property(bundles, bundles, (a, b) => {
        expect(releaseDigest(parseBundle(canonicalJson(a)))).toBe(releaseDigest(a));
        expect(releaseDigest(a) === releaseDigest(b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });

  test('for evals changes with steps, output, retrieval and tools, and with nothing else', () => {
    fc.assert(
      fc.property(
        bundles,
        fc.constantFrom('core', 'budgets', 'output', 'retrieval', 'tools'),
        (bundle, kind) => {
          const changed = { ...bundle, components: { ...bundle.components, [kind]: digestOf('another') } };
          expect(releaseDigest(changed)).not.toBe(releaseDigest(bundle));
          expect(evalDigest(changed) === evalDigest(bundle)).toBe(kind === 'core' || kind === 'budgets');
        },
      ),
    );
    const bundle = releaseBundle({ core: 'a', output: 'b', retrieval: null, tools: null, budgets: null }, [
      { name: 'main', prompt: 'p', model: 'm' },
    ]);
    const otherPrompt = { ...bundle, steps: [{ name: 'main', prompt: 'p2', model: 'm' }] };
    expect(evalDigest(otherPrompt)).not.toBe(evalDigest(bundle));
  });

  test('of each part changes exactly when that part does', () => {
    fc.assert(
      fc.property(bundles, bundles, (a, b) => {
        const [was, is] = [componentDigests(a), componentDigests(b)];
        for (const kind of ['core', 'output', 'retrieval', 'tools', 'budgets'] as const)
          expect(was[kind] === is[kind]).toBe(a.components[kind] === b.components[kind]);
        const prompts = (x: ReleaseBundle) => x.steps.map((s) => `${s.name} ${s.prompt}`).join();
        const models = (x: ReleaseBundle) => x.steps.map((s) => `${s.name} ${s.model}`).join();
        expect(was.prompts === is.prompts).toBe(prompts(a) === prompts(b));
        expect(was.models === is.models).toBe(models(a) === models(b));
        expect(Object.keys(was)).toEqual([...boundComponents]);
      }),
    );
  });

  test('of a part that it does not have is "none"', () => {
    const bundle = releaseBundle({ core: 'a', output: 'b', retrieval: null, tools: null, budgets: null }, []);
    expect(componentDigests(bundle)).toMatchObject({ retrieval: 'none', tools: 'none', budgets: 'none' });
  });

  test('gives a name that can be said', () => {
    const alias = defaultAlias(12, digestOf('x'));
    expect(alias).toMatch(/^r12-[0-9a-f]{6}$/);
    expect(releaseAlias.safeParse(alias).success).toBe(true);
    for (const bad of ['', '12', 'Shorter', 'a--b', 'a-', 'a b', 'a/b', '../x']) {
      expect(releaseAlias.safeParse(bad).success).toBe(false);
    }
  });
});
