import { z } from 'zod';

/** A key that the name suggests: lower-case words with dashes. */
export function keyFrom(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
}

/** Looser than the server's rule, which has the last word. */
export const keySchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,62}$/, 'Use lower-case letters, digits and dashes; start with a letter');
