import { readFileSync } from 'node:fs';

/** How many connections the system lets wait for a server at most; null where it does not tell. */
export function connectionQueue(): number | null {
  try {
    return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
  } catch {
    return null;
  }
}
