import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const known = new WeakMap<Socket, string>();

/** One caller without our SDK, as far as it can be told: by its connection. A label, which proves nothing. */
export function ofrepCaller(
  { socket, headers }: IncomingMessage,
  keyId: string,
  behindProxies: boolean,
): string {
  const found = known.get(socket);
  if (found !== undefined) return found;
  const from = (behindProxies && headers['x-forwarded-for']) || socket.remoteAddress;
  const text = `${keyId}\n${String(from)}\n${headers['user-agent'] ?? ''}`;
  const made = `ofrep-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  known.set(socket, made);
  return made;
}
