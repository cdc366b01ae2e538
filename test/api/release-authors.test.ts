import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { authorsPart } from '../../apps/api/src/modules/readiness/facts-evidence-fragments.js';
import { ReleaseAuthorsReads } from '../../apps/api/src/modules/release/release-authors.reads.js';
import { ReleaseReads } from '../../apps/api/src/modules/release/release.reads.js';
import { digestOfText } from '../../apps/api/src/platform/digest/digest.js';
import { createWorld, type World } from '../support/world.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const people = Array.from({ length: 8 }, () => randomUUID());
const versions = 4;
/** Reads as a prompt and as a model, whichever it is kept as. */
function sealed(text: string) {
  const canonical = JSON.stringify({ format: 'text', model: 'y', parameters: {}, provider: 'x', text });
  return { canonical, digest: digestOfText(canonical) };
}

const person = fc.integer({ min: 0, max: people.length - 1 });
const writer = fc.record({ author: person, responsible: fc.uniqueArray(person, { maxLength: 2 }) });
const trail = fc.array(writer, { minLength: versions, maxLength: versions });
const pin = fc.integer({ min: 0, max: versions - 1 });
const release = fc.record({
  ...{ core: pin, output: pin, tools: fc.option(pin) },
  steps: fc.array(fc.record({ prompt: fc.integer({ min: 0, max: 1 }), version: pin, model: pin }), {
    ...{ minLength: 1, maxLength: 3 },
  }),
});
const history = fc.record({
  components: fc.record({ core: trail, output: trail, tools: trail }),
  prompts: fc.tuple(trail, trail),
  model: trail,
  releases: fc.array(release, { minLength: 2, maxLength: 5 }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const who = (index: number) => people[index]!;

/** Writes a history below every service: what is compared is how it is read. @returns ids of its releases. */
async function write({ components, prompts, model, releases }: History): Promise<string[]> {
  const [teamId, workflowId, modelConfigId] = [randomUUID(), randomUUID(), randomUUID()];
  const { db } = world;
  await db.team.create({ data: { id: teamId, key: `t-${teamId}`, name: 'Team', createdAt: now } });
  const workflow = { id: workflowId, teamId, key: 'w', name: 'W', createdById: who(0), createdAt: now };
  await db.workflow.create({ data: workflow });
  const componentIds = new Map<string, string>();
  for (const [kind, writers] of Object.entries(components)) {
    for (const [index, { author }] of writers.entries()) {
      const id = randomUUID();
      componentIds.set(`${kind} ${String(index)}`, id);
      const data = { id, workflowId, kind, number: index + 1, authorId: who(author), createdAt: now };
      await db.contractComponent.create({ data: { ...data, ...sealed(id) } });
    }
  }
  const versionIds = new Map<string, string>();
  const made = (key: string, { author, responsible }: History['model'][number]) => {
    const id = randomUUID();
    versionIds.set(key, id);
    const said = { commitMessage: 'x', createdAt: now, ...sealed(id) };
    return { id, ...said, authorId: who(author), responsibleIds: responsible.map(who) };
  };
  for (const [p, writers] of prompts.entries()) {
    const promptId = randomUUID();
    await db.prompt.create({
      data: { id: promptId, teamId, key: `p${String(p)}`, name: 'P', createdAt: now },
    });
    const data = writers.map((one, index) => ({
      ...made(`prompt ${String(p)} ${String(index)}`, one),
      ...{ promptId, version: index + 1, format: 'text', variables: [], secretFindings: [] },
    }));
    await db.promptVersion.createMany({ data });
  }
  await db.modelConfig.create({ data: { id: modelConfigId, teamId, key: 'm', name: 'M', createdAt: now } });
  const models = model.map((one, index) => ({
    ...made(`model ${String(index)}`, one),
    ...{ modelConfigId, version: index + 1, provider: 'x', model: 'y', isAlias: false },
  }));
  await db.modelConfigVersion.createMany({ data: models });
  const ids: string[] = [];
  for (const [index, one] of releases.entries()) {
    const id = randomUUID();
    ids.push(id);
    await db.release.create({
      data: {
        ...{ id, workflowId, number: index + 1, alias: `r${String(index)}`, ...sealed(id) },
        ...{ evalDigest: digestOfText('eval'), createdById: who(0), responsibleIds: [], createdAt: now },
        coreId: componentIds.get(`core ${String(one.core)}`)!,
        outputId: componentIds.get(`output ${String(one.output)}`)!,
        toolsId: one.tools === null ? null : componentIds.get(`tools ${String(one.tools)}`)!,
      },
    });
    const steps = one.steps.map((step, position) => ({
      ...{ id: randomUUID(), releaseId: id, name: `s${String(position)}`, position },
      promptVersionId: versionIds.get(`prompt ${String(step.prompt)} ${String(step.version)}`)!,
      modelConfigVersionId: versionIds.get(`model ${String(step.model)}`)!,
    }));
    await db.releaseStep.createMany({ data: steps });
  }
  return ids;
}

test('readiness and reviews agree on who wrote what a release brings in, whatever was pinned by whom', async () => {
  const reads = world.app.get(ReleaseReads, { strict: false });
  const authors = world.app.get(ReleaseAuthorsReads, { strict: false });
  await fc.assert(
    fc.asyncProperty(history, async (given) => {
      const ids = await write(given);
      const releases = await Promise.all(ids.map((id) => reads.plain(id)));
      const pairs = releases.flatMap((one) =>
        [null, ...releases].flatMap((baseline) =>
          one && baseline !== one ? [{ release: one, baseline: baseline ?? null }] : [],
        ),
      );
      const byReviews = await authors.authors(pairs, world.db);
      for (const [index, { release: one, baseline }] of pairs.entries()) {
        const byReadiness = await world.db.$queryRaw<{ id: string }[]>`
          SELECT DISTINCT w.author_id::text AS id
          FROM release r LEFT JOIN release br ON br.id = ${baseline?.id ?? null}::uuid
          CROSS JOIN LATERAL (${authorsPart}) w WHERE r.id = ${one.id}::uuid`;
        // Reviews add the release's maker, which readiness takes from the release itself.
        const found = new Set([...byReadiness.map((row) => row.id), one.createdById]);
        expect([...found].sort()).toEqual([...(byReviews[index] ?? [])].sort());
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);
