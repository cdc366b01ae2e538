import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answered, Asking } from './fresh-request.js';

/** One who listens, and what it asks for when it is told that something changed. */
export interface Place {
  url: string;
  headers?: Record<string, string>;
  /** @param told data of the frame; what the member has is null at first. Null: it has that already. */
  asks: (told: string, has: Answered | null) => Asking | null;
}

/** How soon a client asks again for what it did not get. */
const againMs = 500;

/** Clients over bare sockets, so that a thousand cost little. Whoever loses its stream comes back as browsers do. */
export class ReturningCrowd {
  readonly members: readonly Member[];

  constructor(
    places: readonly Place[],
    private readonly fetch: (asking: Asking) => Promise<Answered>,
  ) {
    this.members = places.map((place) => new Member(place, this.fetch));
  }

  /** How many listen now. */
  get listening(): number {
    return this.members.filter(({ isOpen }) => isOpen).length;
  }

  close(): void {
    for (const member of this.members) member.close();
  }
}

class Member {
  isOpen = false;
  /** How often it has had a stream. */
  streams = 0;
  has: Answered | null = null;
  /** What it was refused: streams and answers. */
  readonly refusals: string[] = [];
  private socket: Socket | null = null;
  private rest = '';
  private retryMs = 3000;
  private isClosed = false;
  private asking: Promise<void> | null = null;
  private told = '';

  constructor(
    private readonly place: Place,
    private readonly fetch: (asking: Asking) => Promise<Answered>,
  ) {
    this.connect();
  }

  close(): void {
    this.isClosed = true;
    this.socket?.destroy();
  }

  /** For whoever has to find out what became of it. */
  get state() {
    const { isOpen, streams, refusals, told } = this;
    const asked = this.asking === null ? 'nothing' : 'not answered yet';
    return { url: this.place.url, isOpen, streams, refusals, told, asked, has: this.has?.body.slice(0, 200) };
  }

  private connect(): void {
    if (this.isClosed) return;
    const { hostname, port, pathname, search } = new URL(this.place.url);
    const socket = connect(Number(port), hostname, () => {
      const lines = Object.entries({ host: `${hostname}:${port}`, ...this.place.headers });
      const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${head}\r\n`);
    });
    this.rest = '';
    socket.setEncoding('utf8').on('data', (text: string) => this.read(text));
    socket.on('error', () => undefined);
    // An ended stream is over, whether or not the server has closed the connection yet.
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      this.isOpen = false;
      // Not spread: all who were cut off at the same moment come back at the same moment.
      setTimeout(() => this.connect(), this.retryMs).unref();
    });
    this.socket = socket;
  }

  private read(text: string): void {
    if (!this.isOpen && text.startsWith('HTTP/1.1')) {
      if (!text.startsWith('HTTP/1.1 200')) {
        this.refusals.push(text.slice(0, 300));
        this.socket?.destroy();
        return;
      }
      this.isOpen = true;
      this.streams += 1;
    }
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('retry: ')) this.retryMs = Number(line.slice(7));
      // What says goodbye tells of nothing.
      if (line.startsWith('data: ') && line !== 'data: {}') this.hear(line.slice(6));
    }
  }

  /** One request at a time: what is told meanwhile is asked for afterwards. */
  private hear(told: string): void {
    this.told = told;
    this.asking ??= this.ask().finally(() => (this.asking = null));
  }

  private async ask(): Promise<void> {
    for (let told = ''; told !== this.told && !this.isClosed;) {
      told = this.told;
      const asking = this.place.asks(told, this.has);
      const answered = asking && (await this.fetch(asking));
      if (answered?.status === 200) this.has = answered;
      else if (answered && answered.status !== 304) {
        this.refusals.push(`${asking.url}: ${String(answered.status)} ${answered.body.slice(0, 300)}`);
        // As every client does: nothing tells it a second time.
        await pause(againMs);
        told = '';
      }
    }
  }
}
