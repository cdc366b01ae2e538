import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { playedWorkflow } from '../conformance/played-snapshots.js';
import { playScenario, type LaunchEnv, type Launched } from '../conformance/scenario.js';
import { exitCodes, WrongUse, type Command } from './command.js';

const help = `Usage: holdpoint conformance [options] -- COMMAND [ARGUMENTS]

Checks that an application, in whatever language, reports what it serves as docs/heartbeats.md says. It plays a registry
on a port of its own, starts COMMAND with HOLDPOINT_URL, HOLDPOINT_KEY and HOLDPOINT_WORKFLOW (${playedWorkflow}) in its
environment, serves it several versions, and stops it with SIGTERM. It takes about half a minute.

  --quiet    prints only the verdicts

The application may fetch /v1/snapshots, listen to /v1/stream, or evaluate through /ofrep/v1; it must follow the
workflow by itself, and report to /v1/heartbeats.
Exit codes: 0 every promise was kept, 1 one was broken, 2 wrong use, or COMMAND could not be started.`;

const stopMs = 5000;

async function launch([command = '', ...args]: readonly string[], env: LaunchEnv): Promise<Launched> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new WrongUse(`${command} could not be started: ${error.message}`)));
  });
  return {
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

export const conformance: Command = {
  name: ['conformance'],
  summary: 'whether an application in another language reports as it should',
  help,
  async run(args, output) {
    const options = { quiet: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    if (positionals.length === 0) throw new WrongUse('Say how the application is started, after --');
    const say = (line: string) => (values.quiet ? undefined : output.err(line));
    const verdicts = await playScenario((env) => launch(positionals, env), say);
    for (const { promise, broken } of verdicts)
      output.out(broken === null ? `kept    ${promise}` : `BROKEN  ${promise}: ${broken}`);
    return verdicts.every(({ broken }) => broken === null) ? exitCodes.fine : exitCodes.problem;
  },
};
