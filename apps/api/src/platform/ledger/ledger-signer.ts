import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { ConfigError } from '../config/config-error.js';

/** A private key at work. What it signs is the UTF-8 bytes of a text. */
export interface LedgerSigner {
  /** Hex sha256 of the public key's SPKI bytes. */
  id: string;
  /** SPKI in PEM. */
  publicKey: string;
  /** @returns base64 Ed25519 */
  sign(text: string): string;
}

/** What this process signs checkpoints with; both null where none is configured and none may be kept. */
export interface LedgerSigners {
  current: LedgerSigner | null;
  /** Vouches for `current` when the two change over. */
  previous: LedgerSigner | null;
}

/** Injection token of LedgerSigners. */
export const LEDGER_SIGNERS = Symbol('ledger signers');

/**
 * Reads the keys that the configuration names. On the embedded database one is made at the first start and kept in the
 * data folder, readable by its owner alone; a server's key is never made here, for replicas must share one.
 * @throws ConfigError for a file that cannot be read, or is no Ed25519 private key
 */
export async function readSigners(
  config: Pick<Config, 'ledger' | 'databaseUrl' | 'dataFolder'>,
): Promise<LedgerSigners> {
  const { key, keyFile, previousKeyFile } = config.ledger;
  const previous =
    previousKeyFile === null ? null : await fromFile('HOLDPOINT_LEDGER_PREVIOUS_KEY_FILE', previousKeyFile);
  if (key !== null) return { current: signerOf('HOLDPOINT_LEDGER_KEY', key), previous };
  if (keyFile !== null) return { current: await fromFile('HOLDPOINT_LEDGER_KEY_FILE', keyFile), previous };
  if (config.databaseUrl !== null) return { current: null, previous };
  const kept = await keptKey(config.dataFolder);
  return { current: await fromFile('HOLDPOINT_DATA', kept), previous };
}

async function fromFile(variable: string, path: string): Promise<LedgerSigner> {
  let pem: string;
  try {
    pem = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new ConfigError([{ variable, message: `its file cannot be read (${code})` }]);
  }
  return signerOf(variable, pem);
}

function signerOf(variable: string, pem: string): LedgerSigner {
  let privateKey: KeyObject | null;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    // What OpenSSL says of a key may quote it.
    privateKey = null;
  }
  if (privateKey?.asymmetricKeyType !== 'ed25519') {
    const how = 'for example from `openssl genpkey -algorithm ed25519`';
    throw new ConfigError([{ variable, message: `must be an Ed25519 private key in PEM, ${how}` }]);
  }
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const signing = privateKey;
  return {
    id: createHash('sha256').update(spki).digest('hex'),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), signing).toString('base64'),
  };
}

async function keptKey(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'ledger-key.pem');
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const known = await readFile(file).catch(() => null);
  if (known) return file;
  const { privateKey } = generateKeyPairSync('ed25519');
  // Written aside and linked into place, so that nobody ever reads half a key.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  await link(draft, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await unlink(draft);
  return file;
}
