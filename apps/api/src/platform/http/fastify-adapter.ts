import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Config } from '../config/config.js';
import { isAllowedHost } from './allowed-host.js';
import { isSentForm, mayChangeState } from './content-type.js';
import { answerError } from './answer-error.js';
import { errorBody } from './error-body.js';
import type { OpenRequests } from './open-requests.js';
import { requestIdOf } from './request-id.js';

/** Bytes of a JSON body outside GraphQL and uploads, which have their own limits. */
const jsonBodyLimit = 1024 * 1024;

/** Bytes of a form, which holds one token. */
const formBodyLimit = 32 * 1024;

/** Milliseconds in which a whole request, upload included, must have arrived. */
const requestTimeout = 15 * 60_000;

const streams = '/ofrep/v1/stream/';

/** No route has a Fastify schema: zod reads what comes in. Its compilers would take a tenth of the start to load. */
const noSchemas = () => () => {
  throw new Error('A route has a Fastify schema, for which no compiler is loaded');
};

/** Fastify with request ids, one log line per request, and the refusals that come before any route is asked. */
export function newFastifyAdapter(config: Config, logger: Logger, open: OpenRequests): FastifyAdapter {
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    // One line per request is ours to write (logResponses).
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (raw: IncomingMessage) => requestIdOf(raw.headers['x-request-id'], uuidv7),
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: jsonBodyLimit,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    requestTimeout,
    forceCloseConnections: 'idle',
    // An address that cannot be read at all: the router refuses it before any hook runs.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const { status, body } = errorBody(error, request.id);
      const headers = { 'x-request-id': request.id, 'x-content-type-options': 'nosniff' };
      void reply
        .status(status)
        .headers({ ...headers, 'content-security-policy': "default-src 'none'" })
        .send(body);
    },
  });
  // Nest runs this hook before its own, so that what those refuse carries the request id and is logged too.
  adapter.setOnRequestHook((request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => {
    reply.raw.setHeader('x-request-id', request.id);
    open.add(reply.raw);
    done();
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  // Nest sets its handler after the modules' asynchronous start, when Fastify has given the routes another one.
  fastify.setErrorHandler((error, request, reply) => answerError(error, request, reply, logger));
  adapter.setErrorHandler = () => fastify;
  admitOtherSites(fastify);
  refuseEarly(fastify, config);
  logResponses(fastify, logger);
  // Uploads are read by their route as they arrive, never gathered in memory.
  fastify.addContentTypeParser(
    ['application/octet-stream', 'application/x-ndjson'],
    (_request, body, parsed) => {
      parsed(null, body);
    },
  );
  // Whole, as text; refuseEarly lets it through to the one address that is sent a form.
  const asText = { parseAs: 'string', bodyLimit: formBodyLimit } as const;
  fastify.addContentTypeParser('application/x-www-form-urlencoded', asText, (_request, body, parsed) => {
    parsed(null, body);
  });
  return adapter;
}

/** Where pages of other sites ask with a key. Before everything else, so that they can read a refusal too. */
function admitOtherSites(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/ofrep/v1/')) {
      reply.raw.setHeader('access-control-allow-origin', '*');
      reply.raw.setHeader('access-control-expose-headers', 'ETag, Retry-After');
    }
    done();
  });
}

function refuseEarly(fastify: FastifyInstance, config: Config): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { headers, method } = request;
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (!isAllowedHost(headers.host, config.host, config.publicUrl)) {
      const message =
        'This server answers to localhost only; set HOLDPOINT_PUBLIC_URL to reach it by another name';
      void reply.status(421).send({ error: { code: 'WRONG_HOST', message } });
    } else if (!mayChangeState(method, headers['content-type'], hasBody) && !isSentForm(request.url)) {
      const message = 'Send application/json';
      void reply.status(415).send({ error: { code: 'UNSUPPORTED_MEDIA_TYPE', message } });
    } else done();
  });
}

function logResponses(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    // The path alone: a query string may carry a one-time token.
    const [asked = '/'] = request.url.split('?');
    // The address of a stream is all that it takes to listen.
    const path = asked.startsWith(streams) ? `${streams}:channel` : asked;
    const { statusCode } = reply.raw;
    // Thousands a second: who evaluates what is counted, not logged.
    const isEvaluation = path.startsWith('/ofrep/v1/evaluate/') && statusCode < 400;
    const quiet = isEvaluation || path === '/healthz' || path === '/readyz' || path.startsWith('/assets/');
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    const line = { reqId: request.id, method: request.method, path, status: statusCode, ms };
    logger[quiet ? 'debug' : 'info'](line, 'request');
    done();
  });
}
