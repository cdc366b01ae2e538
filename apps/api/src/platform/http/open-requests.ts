import type { ServerResponse } from 'node:http';

/** Responses that are not finished yet, so that a stopping process can end streams politely. */
export class OpenRequests {
  private readonly open = new Set<ServerResponse>();

  add(response: ServerResponse): void {
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
  }

  get count(): number {
    return this.open.size;
  }

  /** Event streams never finish by themselves: their clients see an end and connect again, elsewhere or later. */
  endStreams(): void {
    for (const response of this.open) {
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.end();
    }
  }
}
