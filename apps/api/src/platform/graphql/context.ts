import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from '../identity/actor.js';
import { Refusal } from '../refusal/refusal.js';
import type { Loaders } from './loaders.js';

export interface GraphqlContext {
  /** Null for a request without a session. */
  actor: Actor | null;
  requestId: string;
  /** One set per request: batches and caches reads. */
  loaders: Loaders;
}

function contextOf(execution: ExecutionContext): GraphqlContext {
  return GqlExecutionContext.create(execution).getContext<GraphqlContext>();
}

/** Who asks. The guard has let nobody pass who is not signed in, unless the permission is for anyone. */
export const CurrentActor = createParamDecorator((_: unknown, execution: ExecutionContext): Actor => {
  const { actor } = contextOf(execution);
  if (!actor) throw new Refusal('UNAUTHENTICATED', 'Sign in first');
  return actor;
});

/** Who asks, or null: for operations that anyone may call. */
export const MaybeActor = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Actor | null => contextOf(execution).actor,
);

export const RequestId = createParamDecorator(
  (_: unknown, execution: ExecutionContext): string => contextOf(execution).requestId,
);

export const CurrentLoaders = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Loaders => contextOf(execution).loaders,
);
