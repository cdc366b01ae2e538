import type { ServerClock } from './server-clock.js';
import type { Surroundings } from './timings.js';

/** The registry did not answer, or not with anything that can be used. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    /** Null: no answer at all. */
    readonly status: number | null = null,
  ) {
    super(message);
  }
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
}

interface HttpRequest {
  method?: 'GET' | 'POST';
  body?: string;
  headers?: Readonly<Record<string, string>>;
  timeoutMs: number;
  signal: AbortSignal;
}

const mostBytes = 64 * 1024 * 1024;

/** Requests to one registry with one key. Every answer also tells what time it is there. */
export class RegistryHttp {
  constructor(
    private readonly url: URL,
    private readonly key: string,
    private readonly agent: string,
    private readonly here: Pick<Surroundings, 'fetch' | 'monotonic'>,
    private readonly clock: ServerClock,
  ) {}

  /** @throws NoAnswer */
  async ask(path: string, { timeoutMs, signal, ...request }: HttpRequest): Promise<HttpAnswer> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const response = await this.send(path, request, limit);
    try {
      return { status: response.status, headers: response.headers, text: await textOf(response) };
    } catch (error) {
      throw new NoAnswer(reasonOf(error));
    }
  }

  /** An answer that goes on; it ends with the signal. @throws NoAnswer unless it begins with 200 */
  async open(path: string, timeoutMs: number, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error('no answer in time')), timeoutMs);
    timer.unref();
    try {
      const both = AbortSignal.any([signal, late.signal]);
      const response = await this.send(path, { headers: { accept: 'text/event-stream' } }, both);
      if (response.status !== 200 || !response.body) {
        await response.body?.cancel().catch(() => undefined);
        throw new NoAnswer(`it answered ${response.status}`, response.status);
      }
      return response.body;
    } finally {
      clearTimeout(timer);
    }
  }

  private async send(
    path: string,
    { method = 'GET', body, headers }: Omit<HttpRequest, 'timeoutMs' | 'signal'>,
    signal: AbortSignal,
  ): Promise<Response> {
    const sent = this.here.monotonic();
    try {
      const response = await this.here.fetch(new URL(path, this.url), {
        ...{ method, body, signal },
        headers: { authorization: `Bearer ${this.key}`, 'user-agent': this.agent, ...headers },
        // The key goes to the registry and nowhere else.
        redirect: 'error',
      });
      this.clock.heardHeaders(response.headers, sent, this.here.monotonic());
      return response;
    } catch (error) {
      throw new NoAnswer(reasonOf(error));
    }
  }
}

async function textOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Error('the answer is too long');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
