import { HttpException } from '@nestjs/common';
import type { RefusalCode } from '../refusal/refusal-codes.js';
import { Refusal } from '../refusal/refusal.js';

/** What every HTTP error says. `errors` is there when several fields are at fault; the first is `error`. */
export type ErrorBody = {
  error: { code: string; message: string; field?: string[] };
  errors?: { code: string; message: string; field?: string[] }[];
  requestId?: string;
};

const statusOfRefusal: Partial<Record<RefusalCode, number>> = {
  CONFLICT: 409,
  FORBIDDEN: 403,
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  UNAUTHENTICATED: 401,
};

const codeOfStatus: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'UNAVAILABLE',
};

/** Status and body for anything thrown. What is not an expected "no" is 500 and tells nothing but the request's id. */
export function errorBody(thrown: unknown, requestId: string): { status: number; body: ErrorBody } {
  if (thrown instanceof Refusal) {
    const errors = thrown.errors.map(({ code, message, field }) => ({
      code,
      message,
      ...(field ? { field } : {}),
    }));
    const [error] = errors;
    if (error) {
      const body = errors.length > 1 ? { error, errors } : { error };
      return { status: statusOfRefusal[thrown.code] ?? 422, body };
    }
  }
  if (thrown instanceof HttpException && thrown.getStatus() < 500) {
    return { status: thrown.getStatus(), body: { error: { code: codeOf(thrown), message: thrown.message } } };
  }
  const status = clientFault(thrown);
  if (status !== null) {
    const message = thrown instanceof Error ? thrown.message : 'The request cannot be understood';
    return { status, body: { error: { code: codeOfStatus[status] ?? 'BAD_REQUEST', message } } };
  }
  const message = 'Something went wrong on our side; the log has it under this request id';
  return { status: 500, body: { error: { code: 'INTERNAL_SERVER_ERROR', message }, requestId } };
}

function codeOf(exception: HttpException): string {
  const response = exception.getResponse();
  if (typeof response === 'object' && 'code' in response && typeof response.code === 'string')
    return response.code;
  return codeOfStatus[exception.getStatus()] ?? 'BAD_REQUEST';
}

/** Fastify's errors about the request itself: a body that is too long, of a wrong type, or not JSON. */
function clientFault(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null || !('statusCode' in thrown)) return null;
  const { statusCode } = thrown;
  const isFastify = 'code' in thrown && String(thrown.code).startsWith('FST_');
  const isSyntax = thrown instanceof SyntaxError || ('name' in thrown && thrown.name === 'SyntaxError');
  if (typeof statusCode !== 'number' || !(isFastify || isSyntax)) return null;
  return statusCode >= 400 && statusCode < 500 ? statusCode : null;
}
