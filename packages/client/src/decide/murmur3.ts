const utf8 = new TextEncoder();
const c1 = 0xcc9e2d51;
const c2 = 0x1b873593;

const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));
const mixed = (block: number) => Math.imul(rotate(Math.imul(block, c1), 15), c2);

/** MurmurHash3, x86, 32 bits, seed 0, of the text's UTF-8 bytes. An unsigned number. */
export function murmur3(text: string): number {
  const bytes = utf8.encode(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~3;
  let hash = 0;
  for (let at = 0; at < whole; at += 4)
    hash = Math.imul(rotate(hash ^ mixed(view.getInt32(at, true)), 13), 5) + 0xe6546b64;
  let tail = 0;
  for (let at = bytes.length - 1; at >= whole; at -= 1) tail = (tail << 8) | view.getUint8(at);
  if (bytes.length > whole) hash ^= mixed(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
