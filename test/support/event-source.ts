import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';

export interface Heard {
  id: string;
  event: string;
  data: string;
}

/** What one connection to an event stream hears. A connection of its own, which fetch would not give it. */
export class Listener {
  readonly heard: Heard[] = [];
  text = '';
  ended = false;

  private static readonly all = new Set<Listener>();

  private constructor(readonly response: IncomingMessage) {
    Listener.all.add(this);
    void this.read();
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Listener> {
    const asked = get(url, { agent: false, headers: { accept: 'text/event-stream', ...headers } });
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return new Listener(response);
  }

  /** Waits for what holds; throws when it does not within the time. */
  async until(holds: (heard: readonly Heard[]) => boolean, ms = 5000): Promise<void> {
    const end = performance.now() + ms;
    while (!holds(this.heard) && performance.now() < end) await pause(5);
    expect(holds(this.heard)).toBe(true);
  }

  close(): void {
    this.response.destroy();
    Listener.all.delete(this);
  }

  /** After a test that failed: a server does not stop while somebody listens. */
  static closeAll(): void {
    for (const listener of Listener.all) listener.close();
  }

  private async read(): Promise<void> {
    let rest = '';
    try {
      for await (const piece of this.response) {
        const text = Buffer.from(piece as Uint8Array).toString();
        this.text += text;
        const frames = (rest + text).split('\n\n');
        rest = frames.pop() ?? '';
        for (const frame of frames) this.take(frame);
      }
    } catch {
      // Closed from this side.
    }
    this.ended = true;
  }

  private take(frame: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1];
    const data = field('data');
    if (data !== undefined) this.heard.push({ id: field('id') ?? '', event: field('event') ?? '', data });
  }
}
