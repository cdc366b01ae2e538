export interface StreamEvent {
  /** `message` where the server names none. */
  event: string;
  data: string;
}

/** A line or an event longer than this is no event of ours. In characters. */
const longest = 1024 * 1024;

/**
 * Reads server-sent events as the HTML standard lays their format down; comments and `retry` are left out. Feed it
 * chunks as they come.
 */
export class EventStreamParser {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private size = 0;

  /** @throws RangeError for a line or an event without an end */
  push(chunk: string): StreamEvent[] {
    const found: StreamEvent[] = [];
    const lines = (this.rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) found.push({ event: this.event || 'message', data: this.data.join('\n') });
        this.event = '';
        this.data = [];
        this.size = 0;
      } else this.field(line);
    }
    if (this.rest.length + this.size > longest)
      throw new RangeError('The stream sends an event without an end');
    return found;
  }

  private field(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    this.size += line.length;
    if (name === 'event') this.event = value;
    else if (name === 'data') this.data.push(value);
  }
}
