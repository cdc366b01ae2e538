import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { EventStream, frameOf } from '../../apps/api/src/modules/runtime/event-stream.js';
import type { RuntimeKey } from '../../apps/api/src/platform/identity/runtime-keys.js';

let server: FastifyInstance;
let client: Socket;
afterEach(async () => {
  client.destroy();
  await server.close();
});

/** A stream as the product opens it, and the other end of its connection. */
async function connected(): Promise<{ stream: EventStream; isClosed: () => boolean }> {
  const streams: EventStream[] = [];
  server = fastify({ forceCloseConnections: true });
  server.get('/', (request, reply) => {
    streams.push(new EventStream({ id: 'key' } as RuntimeKey, reply, request, frameOf(':\n\n')));
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  client = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
  await once(client, 'readable');
  const [stream] = streams;
  if (!stream) throw new Error('No stream was opened');
  let closed = false;
  stream.onClose(() => (closed = true));
  return { stream, isClosed: () => closed };
}

const large = frameOf(`data: ${'x'.repeat(64 * 1024)}\n\n`);

/** Sends until the stream is closed, at most 64 MiB. */
async function flood(stream: EventStream, isClosed: () => boolean): Promise<void> {
  for (let sent = 0; sent < 1000 && !isClosed(); sent += 1) {
    stream.send(large);
    await wait(1);
  }
}

test('a client that does not read its stream is cut off instead of filling the memory', async () => {
  const { stream, isClosed } = await connected();
  await flood(stream, isClosed);
  expect(isClosed()).toBe(true);
});

test('a client that reads is not, however much it is sent', async () => {
  const { stream, isClosed } = await connected();
  client.resume();
  await flood(stream, isClosed);
  expect(isClosed()).toBe(false);
});
