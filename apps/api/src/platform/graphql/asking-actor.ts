import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Actor } from '../identity/actor.js';
import type { RequestActors } from '../identity/request-actors.js';
import { Refusal } from '../refusal/refusal.js';

/** Who asks; a key that is not valid ends the request here, with 401 and before any field is looked at. */
export async function askingActor(actors: RequestActors, request: FastifyRequest): Promise<Actor | null> {
  try {
    return await actors.of(request);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const http =
      error.code === 'UNAUTHENTICATED'
        ? { status: 401, headers: { 'www-authenticate': 'Bearer' } }
        : { status: 400 };
    throw new GraphQLError(error.message, {
      extensions: { code: error.code, field: error.errors[0]?.field ?? null, http },
    });
  }
}
