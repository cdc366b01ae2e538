import { parseArgs } from 'node:util';
import { registryOf, Unanswered } from '../registry/ask.js';
import { sdkName } from '../sdk/package-version.js';
import { parseSnapshot } from '../sdk/parse-snapshot.js';
import { RegistryHttp, reasonOf } from '../sdk/registry-http.js';
import { ServerClock } from '../sdk/server-clock.js';
import { thisProcess } from '../sdk/timings.js';
import { exitCodes, WrongUse, type Command } from './command.js';

const help = `Usage: holdpoint snapshot WORKFLOW [options]

Shows what a workflow serves now, as a running application gets it. WORKFLOW is team.workflow.

  --json    the snapshot itself, as JSON

HOLDPOINT_URL is the registry, HOLDPOINT_KEY an API key of scope runtime.
Exit codes: 0 shown, 1 there is none for this key, 2 wrong use, or it could not be asked.`;

async function fetchText(workflow: string): Promise<{ status: number; text: string }> {
  const { url, key } = registryOf(process.env);
  const http = new RegistryHttp(
    new URL(`${url.replace(/\/*$/, '')}/`),
    key,
    sdkName,
    thisProcess,
    new ServerClock(thisProcess),
  );
  try {
    return await http.ask(`v1/snapshots/${encodeURIComponent(workflow)}`, {
      headers: { accept: 'application/json' },
      timeoutMs: 10_000,
      signal: new AbortController().signal,
    });
  } catch (error) {
    throw new Unanswered(`${url} does not answer: ${reasonOf(error)}`);
  }
}

export const snapshot: Command = {
  name: ['snapshot'],
  summary: 'what a workflow serves now, as an application gets it',
  help,
  async run(args, output) {
    const shape = { json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: shape });
    const [key, ...more] = positionals;
    if (key === undefined || more.length > 0) throw new WrongUse('Name one workflow, as team.workflow');
    const { status, text } = await fetchText(key);
    if (status === 401) throw new Unanswered('This key is not valid');
    if (status === 403) throw new Unanswered('The key is not taken: it needs the scope runtime');
    if (status !== 200) {
      output.err(status === 404 ? `There is no ${key} for this key` : `The registry answered ${status}`);
      return status === 404 ? exitCodes.problem : exitCodes.wrongUse;
    }
    if (values.json) {
      output.out(text);
      return exitCodes.fine;
    }
    const { version, environment, stages, releases, overlays, failure } = parseSnapshot(text, key);
    output.out(`${key} in ${environment}, version ${version.incarnation}.${version.epoch}`);
    for (const { key: stage, releaseId, percentage } of stages) {
      const release = releaseId === null ? undefined : releases[releaseId];
      const quarantined = release && release.quarantines.length > 0 ? ', quarantined' : '';
      output.out(`  ${stage} (${percentage} %): ${release?.alias ?? 'nothing'}${quarantined}`);
    }
    for (const { stages: where, levers, segment, to } of overlays)
      output.out(
        `  overlay ${where === null ? 'everywhere' : where.length === 0 ? 'outside all stages' : where.join(', ')}: ${levers
          .map((lever) =>
            lever.kind === 'serve' ? `serve ${releases[lever.releaseId]?.alias ?? '?'}` : lever.kind,
          )
          .join(
            ', ',
          )}${segment.length > 0 ? ', for a segment' : ''}${to === null ? '' : `, until ${new Date(to).toISOString()}`}`,
      );
    output.out(`  else: ${failure.action}${failure.fallback === null ? '' : `, ${failure.fallback}`}`);
    return exitCodes.fine;
  },
};
