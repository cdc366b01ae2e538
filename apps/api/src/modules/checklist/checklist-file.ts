import { readFileSync } from 'node:fs';
import { checklist, type Checklist } from './checklist.schema.js';

/** The newest version that comes with the product: what a new registry publishes at its first start. */
export function checklistFile(): Checklist {
  const text = readFileSync(new URL('./checklist.v1.json', import.meta.url), 'utf8');
  return checklist.parse(JSON.parse(text));
}
