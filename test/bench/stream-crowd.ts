import { connect, type Socket } from 'node:net';

/** Connected to at the same time. */
const atOnce = 100;

export interface StreamAddress {
  url: string;
  headers?: Record<string, string>;
}

/** Many who listen, each over a connection of its own. Written on sockets, so that reading costs little. */
export class StreamCrowd {
  private readonly sockets: Socket[] = [];
  private waited: { text: string; left: number; since: WeakSet<Socket>; done: (at: number) => void } | null =
    null;

  static async open(addresses: readonly StreamAddress[]): Promise<StreamCrowd> {
    const crowd = new StreamCrowd();
    for (let at = 0; at < addresses.length; at += atOnce)
      await Promise.all(addresses.slice(at, at + atOnce).map((one) => crowd.join(one)));
    return crowd;
  }

  /** When the last of them has heard this text: by performance.now(). To be called before it can be said. */
  allHear(text: string, patienceMs = 10_000): Promise<number> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(
          new Error(`${String(this.waited?.left)} of ${String(this.sockets.length)} never heard ${text}`),
        );
      }, patienceMs);
      const done = (at: number) => {
        clearTimeout(late);
        this.waited = null;
        resolve(at);
      };
      this.waited = { text, left: this.sockets.length, since: new WeakSet(), done };
    });
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private join({ url, headers = {} }: StreamAddress): Promise<void> {
    const { hostname, port, pathname, search } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.on('error', reject);
      socket.on('connect', () => {
        const lines = Object.entries({ host: `${hostname}:${port}`, ...headers });
        const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
        socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${head}\r\n`);
      });
      socket.once('data', (chunk: Buffer) => {
        if (chunk.toString('latin1', 0, 12) !== 'HTTP/1.1 200')
          reject(new Error(chunk.toString().slice(0, 300)));
        socket.on('data', (more: Buffer) => this.hear(socket, more));
        resolve();
      });
      this.sockets.push(socket);
    });
  }

  private hear(socket: Socket, chunk: Buffer): void {
    const { waited } = this;
    if (!waited || waited.since.has(socket) || !chunk.includes(waited.text)) return;
    waited.since.add(socket);
    waited.left -= 1;
    if (waited.left === 0) waited.done(performance.now());
  }
}
