import { Injectable } from '@nestjs/common';
import { AbstractGraphQLDriver, type GqlModuleOptions } from '@nestjs/graphql';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { GraphqlContext } from './context.js';
import { maskError } from './mask-error.js';
import type { Logger } from 'pino';

export interface YogaDriverOptions extends GqlModuleOptions<YogaDriver> {
  contextOf: (request: FastifyRequest) => Promise<GraphqlContext>;
  plugins: Plugin[];
  logger: Logger;
  /** Bytes; a longer body is refused before it is parsed. */
  bodyLimit: number;
}

/** GraphQL Yoga on Nest's Fastify: `/graphql` over GET and POST, subscriptions over server-sent events. */
@Injectable()
export class YogaDriver extends AbstractGraphQLDriver<YogaDriverOptions> {
  async start({ schema, path, contextOf, plugins, bodyLimit, logger }: YogaDriverOptions): Promise<void> {
    if (!schema) throw new Error('Nest built no GraphQL schema');
    const yoga = createYoga<{ req: FastifyRequest; reply: FastifyReply }, GraphqlContext>({
      schema,
      graphqlEndpoint: path ?? '/graphql',
      context: ({ req }) => contextOf(req),
      plugins,
      maskedErrors: { maskError: (error) => maskError(error, logger) },
      logging: false,
      landingPage: false,
      graphiql: false,
      batching: false,
      multipart: false,
      cors: false,
    });
    const fastify = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    await fastify.register((scope, _options, done) => {
      // Yoga reads the body itself and answers malformed JSON as the GraphQL-over-HTTP specification asks.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, parsed) => {
        parsed(null, body);
      });
      scope.route({
        url: yoga.graphqlEndpoint,
        method: ['GET', 'POST', 'OPTIONS'],
        handler: (req, reply) => yoga.handleNodeRequestAndResponse(req, reply, { req, reply }),
      });
      done();
    });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
