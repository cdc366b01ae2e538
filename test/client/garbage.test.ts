import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EventStreamParser } from '../../packages/client/src/sdk/event-stream.js';
import { parseSnapshot } from '../../packages/client/src/sdk/parse-snapshot.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { ScriptedRegistry } from '../support/scripted-registry.js';
import { snapshotOf } from '../support/snapshot.builder.js';

let registry: ScriptedRegistry;
const clients = new Clients();
const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);

beforeAll(async () => {
  registry = await ScriptedRegistry.start();
  process.on('unhandledRejection', note);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await clients.close();
  await registry.stop();
});

/** A good snapshot in which one part, anywhere, is something else. */
const damaged = fc.tuple(fc.nat(), fc.jsonValue()).map(([at, value]) => {
  const good = JSON.parse(JSON.stringify(snapshotOf(2))) as Record<string, unknown>;
  const places: [Record<string, unknown>, string][] = [];
  const walk = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return;
    for (const key of Object.keys(part)) {
      places.push([part as Record<string, unknown>, key]);
      walk((part as Record<string, unknown>)[key]);
    }
  };
  walk(good);
  const [owner, key] = places[at % places.length]!;
  owner[key] = value;
  return JSON.stringify(good);
});
const answer = fc.record({
  status: fc.constantFrom(200, 200, 200, 204, 301, 304, 400, 404, 429, 500, 503),
  body: fc.oneof(damaged, fc.string(), fc.json(), fc.constant('')),
  etag: fc.constantFrom('"1.2.x"', 'no etag', ''),
});
const context = fc.oneof(
  fc.dictionary(fc.string(), fc.anything()),
  fc.anything(),
  fc.constant(
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('not to be read');
        },
      },
    ),
  ),
);

describe('whatever a registry answers', () => {
  test('an application gets an answer of the promised shape, and no error', async () => {
    const holdpoint = clients.make({ url: registry.url, timeoutMs: 50 });
    await fc.assert(
      fc.asyncProperty(answer, fc.string(), context, async ({ status, body, etag }, frame, asked) => {
        registry.intercept = (_request, response, path) => {
          const isStream = path === '/v1/stream';
          const noBody = status === 204 || status === 304;
          response.writeHead(isStream && status !== 503 ? 200 : status, { etag });
          response.end(isStream ? `event: snapshot\ndata: ${frame}\n\n${body}` : noBody ? undefined : body);
          return true;
        };
        const key = `support.r${String(Math.random()).slice(2)}`;
        const workflow = holdpoint.workflow(key);
        await holdpoint.ready();
        const served = workflow.get(asked as never);
        expect(typeof served.isFallback).toBe('boolean');
        expect(['release', 'disabled', 'fallback', 'failure']).toContain(served.outcome);
      }),
      { numRuns: 60 },
    );
    expect(uncaught).toEqual([]);
  });

  test('a good answer afterwards is taken', async () => {
    const holdpoint = clients.make({ url: registry.url });
    registry.intercept = (_request, response) => {
      response.writeHead(200).end('{"half":');
      return true;
    };
    const reply = holdpoint.workflow('support.reply');
    await holdpoint.ready();
    expect(reply.get().isFallback).toBe(true);
    expect(clients.problems).toContainEqual(expect.objectContaining({ code: 'UNREADABLE' }));
    registry.serve(snapshotOf());
    registry.intercept = () => false;
    await eventually('it is served', () => reply.get().release === 'one-alias');
  });

  test('a damaged snapshot is refused as a whole, or it can be served', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        try {
          parseSnapshot(text, 'support.reply');
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('events are found however their bytes are cut up', () => {
    const text = ': hi\r\nevent: snapshot\r\ndata: a\r\ndata: b\r\n\r\nretry: 5\n\ndata: c\n\n';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const at = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
        const parser = new EventStreamParser();
        const found = at.slice(1).flatMap((end, index) => parser.push(text.slice(at[index], end)));
        expect(found).toEqual([
          { event: 'snapshot', data: 'a\nb' },
          { event: 'message', data: 'c' },
        ]);
      }),
    );
  });

  test('an event without an end is not collected for ever', () => {
    const parser = new EventStreamParser();
    const feed = () => {
      for (let at = 0; at < 40; at += 1) parser.push(`data: ${'x'.repeat(65_536)}\n`);
    };
    expect(feed).toThrow(RangeError);
  });
});
