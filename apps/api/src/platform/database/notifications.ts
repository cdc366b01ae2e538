import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { pino } from 'pino';

/** Tells other processes on the same database that something happened. May lose messages; nothing may rest on them. */
export type Notifications = {
  /** Payload: less than 8,000 bytes. */
  notify(channel: string, payload: string): Promise<void>;
  /** @returns a function that stops the listening. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

/** The embedded database has one process, so that nothing needs to leave it. */
export function withinProcess(): Notifications {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    notify: (channel, payload) => {
      setImmediate(() => emitter.emit(channel, payload));
      return Promise.resolve();
    },
    listen: (channel, heard) => {
      emitter.on(channel, heard);
      return Promise.resolve(() => {
        emitter.off(channel, heard);
        return Promise.resolve();
      });
    },
    close: () => {
      emitter.removeAllListeners();
      return Promise.resolve();
    },
  };
}

/** One connection that listens, opened with the first listener and again, a second later, when it breaks. */
export function overServer(pool: pg.Pool, connect: () => Promise<pg.Client>): Notifications {
  const log = pino({ name: 'notifications' });
  const emitter = new EventEmitter().setMaxListeners(0);
  let listening: Promise<pg.Client> | null = null;
  let closed = false;

  const again = (error: unknown): void => {
    if (closed) return;
    listening = null;
    log.warn({ error }, 'the listening connection broke; it is opened again');
    setTimeout(() => {
      if (!closed) client().catch(again);
    }, 1_000).unref();
  };
  const client = (): Promise<pg.Client> =>
    (listening ??= connect().then(async (opened) => {
      opened.on('notification', ({ channel, payload }) => emitter.emit(channel, payload ?? ''));
      let broken = false;
      // A cut connection says so more than once; unheard, the second time would end the process.
      opened.on('error', (error) => {
        if (!broken) again(error);
        broken = true;
      });
      for (const channel of emitter.eventNames()) await opened.query(`LISTEN "${String(channel)}"`);
      return opened;
    }));

  return {
    notify: async (channel, payload) => {
      await pool.query('SELECT pg_notify($1, $2)', [channel, payload]);
    },
    listen: async (channel, heard) => {
      if (!/^[a-z_]+$/.test(channel)) throw new Error(`${channel} is not a channel name`);
      emitter.on(channel, heard);
      await (await client()).query(`LISTEN "${channel}"`);
      return () => {
        emitter.off(channel, heard);
        return Promise.resolve();
      };
    },
    close: async () => {
      closed = true;
      emitter.removeAllListeners();
      const opened = await listening?.catch(() => null);
      await opened?.end();
    },
  };
}
