import { GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import type { Logger } from 'pino';
import { isDatabaseLost } from '../database/database-lost.js';
import { Refusal } from '../refusal/refusal.js';

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}

/** A refusal inside a query is an error with its code; a fault is logged and told without its content. */
export function maskError(error: unknown, log: Logger): Error {
  const cause = causeOf(error);
  const position = error instanceof GraphQLError ? { path: error.path, nodes: error.nodes } : {};
  if (cause instanceof Refusal) {
    const field = cause.errors[0]?.field ?? null;
    return createGraphQLError(cause.message, { ...position, extensions: { code: cause.code, field } });
  }
  if (cause instanceof GraphQLError) return cause === error ? cause : (error as Error);
  log.error({ error: cause }, 'a GraphQL operation failed');
  // Who has to act now must know whether it was done; a commit whose answer was lost is why the key is named.
  if (isDatabaseLost(cause))
    return createGraphQLError(
      'The database does not answer: this could not be recorded. Try again with the same idempotencyKey; nothing is done twice',
      { ...position, extensions: { code: 'DATABASE_UNAVAILABLE', http: { status: 503 } } },
    );
  return createGraphQLError('Something went wrong on our side; the log has it under this request id', {
    ...position,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}
