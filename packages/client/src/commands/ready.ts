import { parseArgs } from 'node:util';
import { ask, registryOf } from '../registry/ask.js';
import { readinessFields, standingInTheWay, type ShownReadiness } from '../registry/readiness-words.js';
import { exitCodes, WrongUse, type Command } from './command.js';

const help = `Usage: holdpoint ready WORKFLOW [options]

Asks whether a release of WORKFLOW (team.workflow) has every gate of a stage complete, and says what is missing.

  --release DIGEST   the release's digest; its newest release unless said otherwise
  --stage KEY        the stage; the first one unless said otherwise
  --json             answers with one JSON object

HOLDPOINT_URL is the registry, HOLDPOINT_KEY an API key of scope ci or read.
Exit codes: 0 ready, 1 not ready, 2 wrong use, or it could not be asked.`;

const query = `query Ready($key: String!) { workflow(key: $key) {
  latestRelease { id digest alias }
  releases(first: 100) { nodes { id digest alias } }
  stages { key }
} }`;
const judge = `query Judge($releaseId: ID!, $stage: String!) {
  readiness(releaseId: $releaseId, stage: $stage) { ${readinessFields} }
}`;

interface Release {
  id: string;
  digest: string;
  alias: string;
}
interface Found {
  workflow: {
    latestRelease: Release | null;
    releases: { nodes: Release[] };
    stages: { key: string }[];
  } | null;
}

export const ready: Command = {
  name: ['ready'],
  summary: 'whether the gates of a stage are complete, and what is missing',
  help,
  async run(args, output) {
    const options = {
      release: { type: 'string' },
      stage: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [key, ...more] = positionals;
    if (key === undefined || more.length > 0) throw new WrongUse('Name one workflow, as team.workflow');
    const registry = registryOf(process.env);
    const { workflow } = await ask<Found>(registry, query, { key });
    if (!workflow) throw new WrongUse(`There is no workflow ${key}`);
    const release = values.release
      ? workflow.releases.nodes.find(({ digest }) => digest === values.release)
      : workflow.latestRelease;
    if (!release) throw new WrongUse(values.release ? `${key} has no such release` : `${key} has no release`);
    const stage = values.stage ?? workflow.stages[0]?.key ?? '';
    if (!workflow.stages.some((one) => one.key === stage))
      throw new WrongUse(`${key} has no stage ${stage}: ${workflow.stages.map((one) => one.key).join(', ')}`);
    const variables = { releaseId: release.id, stage };
    const { readiness } = await ask<{ readiness: ShownReadiness }>(registry, judge, variables);
    const missing = standingInTheWay(readiness);
    const isReady = readiness.complete && missing.length === 0;
    if (values.json) {
      const { digest, alias } = release;
      output.out(JSON.stringify({ workflow: key, release: alias, digest, stage, ready: isReady, missing }));
    } else {
      output.out(`${key} ${release.alias} is ${isReady ? '' : 'not '}ready for ${stage}`);
      for (const line of missing) output.out(`  ${line}`);
    }
    return isReady ? exitCodes.fine : exitCodes.problem;
  },
};
