import { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { errorBody } from './error-body.js';

/** Tells the client what it may know of an error, and the log the rest. */
export function answerError(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): void {
  const { status, body } = errorBody(thrown, request.id);
  if (status >= 500) logger.error({ reqId: request.id, err: thrown }, 'a request failed');
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  if (thrown instanceof HttpException && 'retryAfter' in thrown) {
    void reply.header('retry-after', String(thrown.retryAfter));
  }
  void reply.status(status).type('application/json; charset=utf-8').send(body);
}
