import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { exportLine } from '../ledger/export-format.domain.js';
import { inWords } from '../verify/finding.js';
import { readPublicKey } from '../verify/ledger-keys.js';
import { TrustedCheckpoints } from '../verify/trusted-checkpoints.js';
import { usefulThreads, verifyExport, type Verification } from '../verify/verify-export.js';
import { exitCodes, WrongUse, type Command } from './command.js';

/** Below this size threads take longer to start than to work. */
const worthThreads = 8 * 1024 * 1024;
const readAtOnce = 1024 * 1024;

const help = `Usage: holdpoint ledger verify EXPORT --key KEY [options]

Checks an export of the ledger (GET /ledger/export) from its first line to its last, and names the first entry that
was altered, is missing, was reordered, cut off or forged. Needs no server and no database. EXPORT may be - for
standard input.

  --key KEY                    public key in PEM that checkpoints must be signed with (GET /ledger/key.pem); may be
                               given several times
  --trusted-checkpoint FILE    checkpoint that was kept outside, or a file of them, one a line: the export must contain
                               and continue it, or it is an old one or another history
  --save-checkpoint FILE       when all is well, writes the last checkpoint there, to be trusted next time
  --without-key                verifies the chains alone; whoever wrote the whole ledger anew is not found out
  --json                       answers with one JSON object

Exit codes: 0 all is well, 1 something is wrong with the export, 2 wrong use, or it could not be checked.`;

export const ledgerVerify: Command = {
  name: ['ledger', 'verify'],
  summary: 'check an export of the ledger, without a server',
  help,
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true, default: [] },
        'trusted-checkpoint': { type: 'string' },
        'save-checkpoint': { type: 'string' },
        'without-key': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new WrongUse('Name one export file');
    if (values.key.length > 0 === values['without-key'])
      throw new WrongUse('Say which key the checkpoints must be signed with: --key FILE (or --without-key)');
    const keys = await Promise.all(values.key.map(readKey));
    const trusted = values['trusted-checkpoint'];
    const verification = await verifyExport(await opened(path), {
      keys,
      trusted: trusted === undefined ? null : await readTrusted(trusted),
      threads: await threadsFor(path),
    });
    const { finding, lastCheckpoint } = verification;
    const save = values['save-checkpoint'];
    if (save !== undefined && !finding && lastCheckpoint) {
      const { canonical, signature } = lastCheckpoint;
      await writeFile(save, exportLine({ checkpoint: { canonical, signature } }));
    }
    if (values.json) output.out(JSON.stringify(asJson(verification)));
    else for (const line of asText(verification, keys)) output.out(line);
    return finding ? exitCodes.problem : exitCodes.fine;
  },
};

async function opened(path: string): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return process.stdin;
  const readable = await stat(path)
    .then((found) => found.isFile())
    .catch(() => false);
  if (!readable) throw new WrongUse(`${path} is no file that can be read`);
  return createReadStream(path, { highWaterMark: readAtOnce });
}

async function threadsFor(path: string): Promise<number> {
  if (path !== '-' && (await stat(path)).size < worthThreads) return 0;
  return usefulThreads();
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new WrongUse(`${path} is no file that can be read`);
  }
}

async function readKey(path: string): Promise<KeyObject> {
  const key = readPublicKey(await text(path));
  if (!key) throw new WrongUse(`${path} holds no Ed25519 key in PEM`);
  return key;
}

async function readTrusted(path: string): Promise<TrustedCheckpoints> {
  const kept = await text(path);
  try {
    return TrustedCheckpoints.read(kept);
  } catch {
    throw new WrongUse(`${path} holds no checkpoint`);
  }
}

function asJson({ finding, lastCheckpoint, ...rest }: Verification): object {
  const content = lastCheckpoint && { ...lastCheckpoint.content, hash: lastCheckpoint.hash };
  return { ok: finding === null, finding, ...rest, lastCheckpoint: content };
}

const many = (count: number, one: string, several = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;

function asText(verification: Verification, keys: readonly KeyObject[]): string[] {
  const { finding, scope, entries, chains, checkpoints, uncovered, reasons, lastCheckpoint } = verification;
  if (finding) return ['NOT VERIFIED', inWords(finding)];
  const lines = [
    `Verified: ${many(entries, 'entry', 'entries')} of ${scope?.chain ? `chain ${scope.chain}` : many(chains, 'chain')}.`,
  ];
  if (scope?.after)
    lines.push(`It begins after checkpoint ${String(scope.after)}; what lies before is not here.`);
  if (lastCheckpoint) {
    const { number, at, keyId } = lastCheckpoint.content;
    lines.push(
      `${many(checkpoints, 'checkpoint')}; the last is number ${String(number)} of ${at}, hash ${lastCheckpoint.hash}, signed with key ${keyId}.`,
    );
  }
  lines.push(
    uncovered === 0
      ? 'Every entry is covered by a checkpoint.'
      : `${many(uncovered, 'entry', 'entries')} not yet covered by a checkpoint.`,
  );
  if (reasons.exported)
    lines.push(
      `${many(reasons.matched, 'reason')} give their hashes; ${String(reasons.erased)} were erased.`,
    );
  if (keys.length === 0)
    lines.push('No key was given: that nobody wrote the whole ledger anew is not shown by this.');
  return lines;
}
