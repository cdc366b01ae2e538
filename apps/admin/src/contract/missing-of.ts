import { missingFields, type MissingField } from '@holdpoint/contract-domain';
import type { ComponentKind } from '@holdpoint/contract';
import { unreadableFields } from '../form/not-json.js';
import { contentOf, type ContractValues } from './contract-values.js';

/** What keeps the form from being published: text that is not JSON, then all that the server's rule misses. */
export function missingOf(values: ContractValues): MissingField[] {
  const unreadable = unreadableFields(values).map(({ path: [component, ...path], label, message }) => ({
    component: component as ComponentKind,
    path,
    message: `${label}: ${message}`,
  }));
  const place = (field: MissingField) => [field.component, ...field.path].join('.');
  const places = new Set(unreadable.map(place));
  return [...unreadable, ...missingFields(contentOf(values)).filter((field) => !places.has(place(field)))];
}
