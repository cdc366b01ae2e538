import { request } from 'node:http';

export interface Asking {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Answered {
  /** Null: refused, cut off or not answered in time. */
  status: number | null;
  etag: string;
  body: string;
  /** By performance.now(). */
  sentAt: number;
  /** Until the system had the connection; Infinity where it never had. */
  connectedMs: number;
  tookMs: number;
}

const patienceMs = 20_000;

/** Asks over a connection of its own, as who asks for the first time does. Never rejects. */
export function freshRequest({ method, url, headers, body = '' }: Asking): Promise<Answered> {
  const sentAt = performance.now();
  const since = () => performance.now() - sentAt;
  let connectedMs = Infinity;
  return new Promise((resolve) => {
    const end = (status: number | null, etag = '', text = '') =>
      resolve({ status, etag, body: text, sentAt, connectedMs, tookMs: since() });
    const length = method === 'GET' ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, {
      method,
      agent: false,
      timeout: patienceMs,
      headers: { ...headers, ...length },
    });
    sent.on('socket', (socket) => socket.once('connect', () => (connectedMs = since())));
    sent.on('error', () => end(null));
    sent.on('timeout', () => sent.destroy());
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (more: string) => (text += more));
      response.on('error', () => end(null));
      response.on('end', () => end(response.statusCode ?? null, response.headers.etag, text));
    });
    sent.end(body);
  });
}
