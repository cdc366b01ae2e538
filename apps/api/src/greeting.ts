import { demoEmail, demoPassword, demoPeople } from './demo/people.js';
import { isLoopbackHost } from './platform/config/loopback.js';

export type Started = {
  url: string;
  /** Null when the data is on a database server. */
  dataFolder: string | null;
  /** Of the one-time link, when nobody can sign in yet. */
  setupToken: string | null;
  /** The people of the demo are there and may sign in. */
  demo: boolean;
  seconds: number;
};

/** What somebody at a terminal needs to know to begin. */
export function greeting({ url, dataFolder, setupToken, demo, seconds }: Started): string {
  const lines = ['', `  Holdpoint is at ${url}`];
  if (dataFolder !== null) lines.push(`  Its data is in ${dataFolder}`);
  if (setupToken !== null) {
    lines.push('', '  Nobody can sign in yet. Make the first administrator (once, within 24 hours):');
    lines.push(`  ${url}/setup?token=${setupToken}`);
  }
  if (demo) {
    lines.push('', `  Sign in as one of these; the password of each is ${demoPassword}`);
    for (const { key, name } of demoPeople) lines.push(`  ${demoEmail(key).padEnd(46)} ${name}`);
  }
  lines.push('', `  Started in ${seconds.toFixed(1)} s.`, '');
  return `${lines.join('\n')}\n`;
}

/** The address to print: the public one, else what a browser on this machine can open. */
export function addressOf(publicUrl: string | null, host: string, port: number): string {
  if (publicUrl !== null) return publicUrl;
  const everywhere = host === '0.0.0.0' || host === '::';
  if (everywhere || (isLoopbackHost(host) && !host.startsWith('127.'))) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
