const utf8 = new TextEncoder();
const c1 = 0xcc9e2d51;
const c2 = 0x1b873593;

const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));
const mixed = (block: number) => Math.imul(rotate(Math.imul(block, c1), 15), c2);

const finished = (hash: number, length: number) => {
  let end = hash ^ length;
  end = Math.imul(end ^ (end >>> 16), 0x85ebca6b);
  end = Math.imul(end ^ (end >>> 13), 0xc2b2ae35);
  return (end ^ (end >>> 16)) >>> 0;
};

/** MurmurHash3, x86, 32 bits, seed 0, of the text's UTF-8 bytes. An unsigned number. */
export function murmur3(text: string): number {
  return ofAscii(text) ?? ofBytes(utf8.encode(text));
}

/** Keys are mostly plain: then the text is its own bytes and nothing is copied. Null where it is not. */
function ofAscii(text: string): number | null {
  const { length } = text;
  const whole = length & ~3;
  let hash = 0;
  let seen = 0;
  for (let at = 0; at < whole; at += 4) {
    const a = text.charCodeAt(at);
    const b = text.charCodeAt(at + 1);
    const c = text.charCodeAt(at + 2);
    const d = text.charCodeAt(at + 3);
    seen |= a | b | c | d;
    hash = Math.imul(rotate(hash ^ mixed(a | (b << 8) | (c << 16) | (d << 24)), 13), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let at = length - 1; at >= whole; at -= 1) {
    const code = text.charCodeAt(at);
    seen |= code;
    tail = (tail << 8) | code;
  }
  if (seen > 127) return null;
  if (length > whole) hash ^= mixed(tail);
  return finished(hash, length);
}

function ofBytes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~3;
  let hash = 0;
  for (let at = 0; at < whole; at += 4)
    hash = Math.imul(rotate(hash ^ mixed(view.getInt32(at, true)), 13), 5) + 0xe6546b64;
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at -= 1) tail = (tail << 8) | view.getUint8(at);
  if (bytes.length > whole) hash ^= mixed(tail);
  return finished(hash, bytes.length);
}
