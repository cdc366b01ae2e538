import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** `sha256:` and 64 lower-case hex digits. */
export type Digest = string;

/** RFC 8785 canonical JSON. Throws a TypeError on what JSON cannot hold (undefined at the top, NaN, Infinity). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('This value has no JSON form');
  return text;
}

/** Hex sha256 of a text's UTF-8 bytes, or of bytes. */
export function sha256Hex(data: string | Uint8Array): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

export function digestOfText(text: string): Digest {
  return `sha256:${sha256Hex(text)}`;
}

/** Digest of the canonical JSON of a value. */
export function digestOf(value: unknown): Digest {
  return digestOfText(canonicalJson(value));
}
