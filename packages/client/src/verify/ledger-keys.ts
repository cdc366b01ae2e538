import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { LedgerKey } from '../ledger/checkpoint.domain.js';

/** Hex sha256 of a public key's SPKI bytes. */
export const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

/** Reads a public key, or the public half of a private one. @returns null for anything but Ed25519 in PEM */
export function readPublicKey(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** A signature has one spelling: base64 would let the bits that it leaves over be anything. */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return bytes.toString('base64') === signature && verify(null, Buffer.from(text), key, bytes);
}

/** The keys that an export carries, and which of them the given ones vouch for. */
export class LedgerKeys {
  private readonly known = new Map<string, KeyObject>();
  /** By key: the one whose signature introduced it. */
  private readonly vouchers = new Map<string, string>();
  private readonly trusted: Set<string>;

  constructor(given: readonly KeyObject[]) {
    this.trusted = new Set(given.map(keyIdOf));
    for (const key of given) this.known.set(keyIdOf(key), key);
  }

  /** @returns what is wrong with a key of the export, or null */
  add({ id, publicKey, signedBy, signature }: LedgerKey): string | null {
    const key = readPublicKey(publicKey);
    if (!key || keyIdOf(key) !== id) return 'its key does not have the id that it is given';
    this.known.set(id, key);
    if (signedBy === null || signature === null) return null;
    const voucher = this.known.get(signedBy);
    if (!voucher || !isSignedBy(voucher, id, signature))
      return 'the key that is said to vouch for this one did not sign it';
    this.vouchers.set(id, signedBy);
    return null;
  }

  get(id: string): KeyObject | null {
    return this.known.get(id) ?? null;
  }

  /** Whether a given key is this one or, through those that took over from it, vouches for it. */
  isTrusted(id: string): boolean {
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = this.vouchers.get(at)) {
      if (this.trusted.has(at)) return true;
      seen.add(at);
    }
    return false;
  }
}
