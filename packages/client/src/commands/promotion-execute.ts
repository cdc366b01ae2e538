import { parseArgs } from 'node:util';
import { ask, registryOf } from '../registry/ask.js';
import { openChecks, readinessFields, type ShownReadiness } from '../registry/readiness-words.js';
import { exitCodes, WrongUse, type Command } from './command.js';

const help = `Usage: holdpoint promotion execute PROMOTION --digest DIGEST [options]

Makes the next move of an open promotion, if every gate is complete and its reviews count. It goes through the same
gates as the console: a key opens none of them.

  --digest DIGEST            of the release that is meant; refused when the promotion has moved on to another
  --idempotency-key TEXT     the same answer when the request is repeated
  --json                     answers with one JSON object

HOLDPOINT_URL is the registry, HOLDPOINT_KEY an API key of scope ci.
Exit codes: 0 moved, 1 refused, with what stands in the way, 2 wrong use, or it could not be asked.`;

const mutation = `mutation Execute($input: PromotionExecuteInput!) { promotionExecute(input: $input) {
  moved
  promotion { id state }
  readiness { ${readinessFields} }
  userErrors { code message }
} }`;

interface Payload {
  promotionExecute: {
    moved: boolean;
    promotion: { id: string; state: string } | null;
    readiness: ShownReadiness | null;
    userErrors: { code: string; message: string }[];
  };
}

export const promotionExecute: Command = {
  name: ['promotion', 'execute'],
  summary: 'make the next move of a promotion whose gates are complete',
  help,
  async run(args, output) {
    const options = {
      digest: { type: 'string' },
      'idempotency-key': { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const [promotionId, ...more] = positionals;
    if (promotionId === undefined || more.length > 0) throw new WrongUse('Name one promotion by its id');
    if (values.digest === undefined) throw new WrongUse('Say which release is meant: --digest sha256:…');
    const input = {
      promotionId,
      expectedDigest: values.digest,
      idempotencyKey: values['idempotency-key'] ?? null,
    };
    const { promotionExecute: payload } = await ask<Payload>(registryOf(process.env), mutation, { input });
    const { moved, readiness, userErrors } = payload;
    const checks = readiness && !readiness.complete ? openChecks(readiness) : [];
    const refused = [...userErrors.map(({ code, message }) => `${code}: ${message}`), ...checks];
    if (values.json) output.out(JSON.stringify({ promotionId, moved, refused }));
    else {
      output.out(moved ? 'Moved' : 'Nothing was moved');
      for (const line of refused) output.out(`  ${line}`);
    }
    return moved ? exitCodes.fine : exitCodes.problem;
  },
};
