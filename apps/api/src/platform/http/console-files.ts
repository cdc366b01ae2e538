import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import sirv from 'sirv';

/** The built console, seen from src/platform/http as from dist/platform/http. */
export const consoleFolder = fileURLToPath(new URL('../../../../admin/dist/', import.meta.url));

const serverPaths = /^\/(api|graphql|healthz|readyz|ofrep|v1)(\/|$)/;

/**
 * Serves the console at `/`. An address that is a page of the console gets index.html; names with a hash never
 * change, so browsers may keep them for ever.
 */
export function serveConsole(fastify: FastifyInstance, folder = consoleFolder): void {
  const built = existsSync(join(folder, 'index.html'));
  // `dev` looks files up when they are asked for. A list made at the start would, once another build is in the folder,
  // cut the page off at its old length and not know the scripts that it asks for.
  const files = built
    ? sirv(folder, { dev: true, etag: true, gzip: true, brotli: true, setHeaders: setCaching })
    : null;

  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (!files && path === '/') void reply.type('text/plain').send(notBuilt);
    else if (!files || serverPaths.test(path)) reply.callNotFound();
    else send(files, request, reply, path);
    return reply;
  });
}

function send(
  files: ReturnType<typeof sirv>,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): void {
  const isPage = (request.headers.accept ?? '').includes('text/html') && !path.startsWith('/assets/');
  reply.hijack();
  files(request.raw, reply.raw, () => {
    if (isPage) files(pageRequest(request.raw), reply.raw, () => notFound(reply.raw));
    else notFound(reply.raw);
  });
}

const notBuilt = 'Holdpoint is running. The console is not built: run `npm run build`.\n';

function setCaching(response: ServerResponse, path: string): void {
  const forEver = path.startsWith('/assets/');
  response.setHeader('Cache-Control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** The same request for the console's one page; the log keeps the address that was asked for. */
function pageRequest(request: IncomingMessage): IncomingMessage {
  return Object.create(request, { url: { value: '/' } }) as IncomingMessage;
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ error: { code: 'NOT_FOUND', message: 'There is nothing at this address' } }));
}
