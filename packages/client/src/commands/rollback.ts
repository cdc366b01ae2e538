import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { ask, registryOf, type Registry } from '../registry/ask.js';
import { askedAgain, againOf, refuseBesideAgain } from '../rollback/again.js';
import { leversAsked, leverShown, segmentAsked } from '../rollback/levers-asked.js';
import { namedIncident } from '../rollback/named-incident.js';
import { namedTarget } from '../rollback/named-target.js';
import { onCallQuery, previewQuery, type OnCall, type Preview } from '../rollback/operations.js';
import { follow, rollbackExit, sayWhatIsServed, triggerSurely } from '../rollback/perform.js';
import { previewLines, servingLines } from '../rollback/rollback-words.js';
import { WrongUse, type Command, type Output } from './command.js';
import { rollbackHelp } from './rollback-help.js';

const options = {
  reason: { type: 'string' },
  disable: { type: 'boolean', default: false },
  fallback: { type: 'string' },
  to: { type: 'string' },
  'revert-prompt': { type: 'boolean', default: false },
  'pin-model': { type: 'string' },
  'disable-tool': { type: 'string', multiple: true },
  step: { type: 'string' },
  stages: { type: 'string' },
  everywhere: { type: 'boolean', default: false },
  segment: { type: 'string', multiple: true },
  incident: { type: 'string' },
  yes: { type: 'boolean', default: false },
  wait: { type: 'string', default: '30' },
  again: { type: 'string' },
} as const;

async function agrees(isSure: boolean, output: Output): Promise<boolean> {
  if (isSure) return true;
  if (!process.stdin.isTTY) {
    output.err('Nothing was done: add --yes to do it, or name the levers');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Do it? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

async function perform(
  registry: Registry,
  key: string,
  input: Record<string, unknown>,
  waitMs: number,
  output: Output,
): Promise<number> {
  const payload = await triggerSurely(registry, input, output);
  if (!payload) {
    output.err(`Whether it happened is not known. To ask again, which does nothing twice:
  holdpoint rollback ${key} --again ${againOf(key, input)}`);
    await sayWhatIsServed(registry, key, output);
    return rollbackExit.unknown;
  }
  for (const { code, message } of payload.userErrors) output.out(`Refused: ${code}: ${message}`);
  if (!payload.rollback) return rollbackExit.refused;
  const { number, incarnation, epoch, id } = payload.rollback;
  output.out(`Rollback ${number} is applied, as version ${incarnation}.${epoch}`);
  return (await follow(registry, id, waitMs, output)).code;
}

export const rollback: Command = {
  name: ['rollback'],
  summary: 'narrow what is served, now, and see it take effect',
  help: rollbackHelp,
  async run(args, output) {
    const { values, positionals, tokens } = parseArgs({
      ...{ args, options, allowPositionals: true, tokens: true },
    });
    const [key, ...more] = positionals;
    if (key === undefined || more.length > 0) throw new WrongUse('Name one workflow, as team.workflow');
    const waitMs = Number(values.wait) * 1000;
    if (!(waitMs >= 0)) throw new WrongUse('--wait is a number of seconds');
    if (values.again !== undefined) {
      refuseBesideAgain(tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : [])));
      return perform(registryOf(process.env), key, askedAgain(key, values.again), waitMs, output);
    }
    const reason = values.reason?.trim();
    if (!reason) throw new WrongUse('Say why: --reason "It answers nonsense"');
    if (values.everywhere && values.stages !== undefined)
      throw new WrongUse('--everywhere is every stage; name none');
    const named = leversAsked(values);
    const registry = registryOf(process.env);
    const { onCall } = await ask<{ onCall: OnCall | null }>(registry, onCallQuery, { key });
    if (!onCall) throw new WrongUse(`There is no workflow ${key}`);
    const incidentId = values.incident === undefined ? null : namedIncident(onCall, values.incident);
    for (const line of servingLines(onCall)) output.out(line);

    const place = {
      workflowId: onCall.workflow.id,
      scope: values.everywhere ? 'workflow' : 'stages',
      stageKeys: values.stages?.split(',').map((stage) => stage.trim()) ?? null,
      segment: segmentAsked(values.segment),
    };
    const { to } = values;
    const levers = await Promise.all(
      named.map((one) =>
        one.kind === 'revertRelease' && to !== undefined
          ? namedTarget(registry, onCall, to, place)
          : Promise.resolve(one),
      ),
    );
    const asked = { ...place, levers: levers.length > 0 ? levers : null };
    const { rollbackPreview } = await ask<{ rollbackPreview: Preview }>(registry, previewQuery, {
      input: asked,
    });
    for (const line of previewLines(rollbackPreview, place.segment)) output.out(line);
    if (rollbackPreview.blockers.length > 0) return rollbackExit.refused;
    // Who names the levers has decided; who does not is shown what is recommended, and asked.
    if (!(await agrees(values.yes || named.length > 0, output)))
      return process.stdin.isTTY ? rollbackExit.refused : rollbackExit.wrongUse;

    const idempotencyKey = `cli-${randomUUID()}`;
    const input = {
      ...{ ...place, reason, idempotencyKey, incidentId },
      ...{ levers: rollbackPreview.levers.map(leverShown), leaveReleaseId: rollbackPreview.leavesReleaseId },
    };
    return perform(registry, key, input, waitMs, output);
  },
};
