import { createEngine, type Engine } from './engine.js';
import { Switchboard } from './switchboard.js';
import { createWorld, type World } from './world.js';

const secret = 'the-same-before-and-after-a-restart';

/** The product behind one address, which stays the same while the product is stopped and started again. */
export class Restartable {
  private constructor(
    private readonly engine: Engine,
    private readonly board: Switchboard,
    private current: World,
  ) {}

  static async start(): Promise<Restartable> {
    const engine = await createEngine();
    const board = await Switchboard.open();
    const world = await another(engine);
    board.lead(world.url);
    return new Restartable(engine, board, world);
  }

  /** Asked directly, whether or not the address leads there. */
  get world(): World {
    return this.current;
  }

  get url(): string {
    return this.board.url;
  }

  /** Whoever is connected is cut off, and nobody answers. */
  cut(): void {
    this.board.lead(null);
  }

  mend(): void {
    this.board.lead(this.current.url);
  }

  /** Stops the product, and starts it anew over the same database. */
  async restart(): Promise<void> {
    this.cut();
    await this.current.close();
    this.current = await another(this.engine);
    this.mend();
  }

  async stop(): Promise<void> {
    await this.board.close();
    await this.current.close();
    await this.engine.close();
  }
}

const another = (engine: Engine) =>
  createWorld({ HOLDPOINT_SECRET: secret }, [], { ...engine, close: () => Promise.resolve() });
