import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One address that leads to whichever server runs now: clients stay, servers come and go. */
export class Switchboard {
  private target: number | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Switchboard> {
    const server = createServer();
    const board = new Switchboard(server);
    server.on('connection', (caller) => board.put(caller));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return board;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** @param url of the server that is to answer from now on; null: none. What is connected is cut off. */
  lead(url: string | null): void {
    this.target = url === null ? null : Number(new URL(url).port);
    for (const socket of this.sockets) socket.destroy();
  }

  /**
   * What is connected stays so and hears nothing more, as when something on the way has forgotten the connection. Who
   * connects anew is put through.
   */
  freeze(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  async close(): Promise<void> {
    this.lead(null);
    await new Promise<void>((done) => {
      this.server.close(() => done());
    });
  }

  private put(caller: Socket): void {
    if (this.target === null) {
      caller.destroy();
      return;
    }
    const answerer = connect(this.target, '127.0.0.1');
    for (const [one, other] of [
      [caller, answerer],
      [answerer, caller],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    caller.pipe(answerer);
    answerer.pipe(caller);
  }
}
