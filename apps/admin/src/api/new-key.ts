/** 128 random bits. `crypto.randomUUID` is missing where the console is served over plain HTTP. */
function randomBytes(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(16));
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** An idempotency key. */
export function newKey(): string {
  return hex(randomBytes());
}

/** A random UUID (version 4), for what the server wants named before it is made. */
export function newUuid(): string {
  const bytes = randomBytes();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
