import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RuntimeKey } from '../../platform/identity/runtime-keys.js';

/** Bytes that wait to be sent to a client that reads too slowly; it is cut off then, and connects again. */
const mostWaiting = 1024 * 1024;

/** One frame as it goes over the wire, made once for all who get it. */
export interface Frame {
  text: Buffer;
  /** The same as one chunk of a chunked body. */
  chunk: Buffer;
}

export function frameOf(text: string): Frame {
  const bytes = Buffer.from(text);
  const head = Buffer.from(`${bytes.length.toString(16)}\r\n`);
  return { text: bytes, chunk: Buffer.concat([head, bytes, Buffer.from('\r\n')]) };
}

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  'referrer-policy': 'no-referrer',
  // An ended stream is no connection to be kept for the next request.
  connection: 'close',
};

/** A connection that is told of changes until either side ends it. */
export class EventStream {
  private readonly chunked: boolean;

  constructor(
    readonly key: RuntimeKey,
    private readonly reply: FastifyReply,
    request: FastifyRequest,
    first: Frame,
  ) {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, headers);
    request.raw.socket.setNoDelay(true);
    request.raw.socket.setTimeout(0);
    raw.write(first.text);
    // From here on frames are written as ready-made chunks, past the response: thousands of them in a few milliseconds.
    this.chunked = request.raw.httpVersion === '1.1';
  }

  onClose(closed: () => void): void {
    this.reply.raw.once('close', closed);
  }

  send({ text, chunk }: Frame): void {
    const { raw } = this.reply;
    const { socket } = raw;
    if (!socket || raw.writableEnded || socket.destroyed) return;
    if (socket.writableLength > mostWaiting) socket.destroy();
    else if (this.chunked) socket.write(chunk);
    else raw.write(text);
  }

  end(): void {
    this.reply.raw.end();
  }
}
