import { isLoopbackHost } from '../config/loopback.js';

/**
 * Whether a request may carry this Host header. A server that listens on this machine alone answers to the names of
 * this machine alone: otherwise a web page could point its own name at 127.0.0.1 and talk to the server through the
 * visitor's browser (DNS rebinding). Behind a public address any host is let through; the proxy decides.
 */
export function isAllowedHost(
  hostHeader: string | undefined,
  listensOn: string,
  publicUrl: string | null,
): boolean {
  if (publicUrl !== null || !isLoopbackHost(listensOn) || hostHeader === undefined) return true;
  const hostname = URL.parse(`http://${hostHeader}`)?.hostname;
  return hostname !== undefined && isLoopbackHost(hostname);
}
