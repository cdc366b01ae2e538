import { connect, type Socket } from 'node:net';

export interface RawRequest {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** What it must be answered. */
  status: number;
}

function bytesOf({ hostname, port }: URL, { method, path, headers = {}, body = '' }: RawRequest): Buffer {
  const all = { host: `${hostname}:${port}`, ...headers };
  const length = method === 'POST' ? `content-length: ${String(Buffer.byteLength(body))}\r\n` : '';
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}${length}\r\n${body}`);
}

/** Bytes of the answer that begins here; null while its head is not all there. */
function answerLength(bytes: Buffer, status: number): number | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  if (!head.startsWith(`HTTP/1.1 ${String(status)}`))
    throw new Error(`Not answered ${String(status)}: ${head}`);
  const length = /content-length: (\d+)/i.exec(head);
  return end + 4 + Number(length?.[1] ?? 0);
}

/**
 * Answers per second over this many connections, each of which sends its next request when it has its answer. Written
 * on sockets, so that one core of load is more than enough for one core of server.
 */
export async function requestsPerSecond(
  origin: string,
  request: RawRequest,
  { connections = 64, ms = 2000 } = {},
): Promise<number> {
  const url = new URL(origin);
  const bytes = bytesOf(url, request);
  const sockets: Socket[] = [];
  let answered = 0;
  try {
    return await new Promise<number>((resolve, reject) => {
      const began = performance.now();
      for (let at = 0; at < connections; at += 1) {
        const socket = connect(Number(url.port), url.hostname).setNoDelay(true);
        let rest: Buffer | null = null;
        socket.on('error', reject);
        socket.on('data', (chunk: Buffer) => {
          const have: Buffer = rest ? Buffer.concat([rest, chunk]) : chunk;
          try {
            const length = answerLength(have, request.status);
            rest = length === null || have.length < length ? have : null;
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
            return;
          }
          if (rest) return;
          answered += 1;
          socket.write(bytes);
        });
        socket.on('connect', () => socket.write(bytes));
        sockets.push(socket);
      }
      setTimeout(() => resolve(answered / ((performance.now() - began) / 1000)), ms);
    });
  } finally {
    for (const socket of sockets)
      socket
        .removeAllListeners('data')
        .on('error', () => undefined)
        .destroy();
  }
}
