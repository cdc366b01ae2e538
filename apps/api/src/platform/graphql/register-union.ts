import { registerEnumType } from '@nestjs/graphql';

/** A GraphQL enum whose values are the words of an `as const` list. Returns what `@Field(() => …)` takes. */
export function registerUnion<T extends string>(
  name: string,
  values: readonly T[],
  description?: string,
): Record<T, T> {
  const words = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  registerEnumType(words, { name, ...(description === undefined ? {} : { description }) });
  return words;
}
