import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import type { GraphqlContext } from '../graphql/context.js';
import { can } from './can.js';
import { permissions, type Permission } from './permission-table.js';
import { permitKey } from './permit.js';

/** Refuses every root field whose permission is undeclared or not held. HTTP routes: guard-routes.ts. */
@Injectable()
export class PermitGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType<GqlContextType>() !== 'graphql') return true;
    // The class speaks for its field resolvers only: an operation that forgot to say what it needs gets nothing from it.
    const permission = this.reflector.get<Permission | undefined>(permitKey, context.getHandler());
    if (!permission)
      throw new GraphQLError('This operation declares no permission', { extensions: { code: 'FORBIDDEN' } });
    const { actor } = GqlExecutionContext.create(context).getContext<GraphqlContext>();
    if (can(actor, permission)) return true;
    throw actor
      ? new GraphQLError(`You may not do this: ${permissions[permission].description.toLowerCase()}`, {
          extensions: { code: 'FORBIDDEN' },
        })
      : new GraphQLError('Sign in first', { extensions: { code: 'UNAUTHENTICATED' } });
  }
}
