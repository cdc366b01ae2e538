import type { ServerClock } from './server-clock.js';
import type { Surroundings } from './timings.js';
import { chunksUntilAborted, untilAborted } from './until-aborted.js';

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
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    timer.unref();
    const signals = [signal, late.signal];
    try {
      const response = await this.send(path, request, signals);
      return { status: response.status, headers: response.headers, text: await textOf(response, signals) };
    } catch (error) {
      throw error instanceof NoAnswer ? error : new NoAnswer(reasonOf(error));
    } finally {
      clearTimeout(timer);
    }
  }

  /** An answer that goes on until whoever reads it ends it. @throws NoAnswer unless it begins with 200 */
  async open(
    path: string,
    timeoutMs: number,
    signals: readonly AbortSignal[],
  ): Promise<ReadableStream<Uint8Array>> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    timer.unref();
    try {
      const accept = { headers: { accept: 'text/event-stream' } };
      const response = await this.send(path, accept, [...signals, late.signal]);
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
    signals: readonly AbortSignal[],
  ): Promise<Response> {
    const sent = this.here.monotonic();
    try {
      const asked = this.here.fetch(new URL(path, this.url), {
        ...{ method, body, signal: AbortSignal.any([...signals]) },
        headers: { authorization: `Bearer ${this.key}`, 'user-agent': this.agent, ...headers },
        // The key goes to the registry and nowhere else.
        redirect: 'error',
      });
      const response = await untilAborted(asked, signals);
      this.clock.heardHeaders(response.headers, sent, this.here.monotonic());
      return response;
    } catch (error) {
      throw new NoAnswer(reasonOf(error));
    }
  }
}

async function textOf(response: Response, signals: readonly AbortSignal[]): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of chunksUntilAborted(response.body, signals)) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Error('the answer is too long');
    text += decoder.decode(chunk, { stream: true });
  }
  if (signals.some(({ aborted }) => aborted)) throw new Error('no answer in time');
  return text + decoder.decode();
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
