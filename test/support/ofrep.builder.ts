import type { KeyHolder } from './key.builder.js';
import type { World } from './world.js';

export interface BulkBody {
  flags: { key: string; value: unknown; reason: string; variant: string }[];
  eventStreams: { type: string; url: string }[];
}

const json = { 'content-type': 'application/json' };

/** OFREP requests as they go over the wire, of one key unless another is named. */
export class Ofrep {
  constructor(
    private readonly world: World,
    private readonly key: KeyHolder,
  ) {}

  post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
    as: KeyHolder | null = this.key,
  ): Promise<Response> {
    return this.world.fetch(path, {
      ...{ method: 'POST', headers: { ...json, ...headers }, as },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  one(flag: string, context: object = {}, as: KeyHolder | null = this.key): Promise<Response> {
    return this.post(`/ofrep/v1/evaluate/flags/${encodeURIComponent(flag)}`, { context }, {}, as);
  }

  all(
    context: object = {},
    headers: Record<string, string> = {},
    as: KeyHolder = this.key,
  ): Promise<Response> {
    return this.post('/ofrep/v1/evaluate/flags', { context }, headers, as);
  }

  async flags(context: object = {}, as: KeyHolder = this.key): Promise<BulkBody['flags']> {
    return ((await (await this.all(context, {}, as)).json()) as BulkBody).flags;
  }

  /** The address of the key's event stream. */
  async stream(as: KeyHolder = this.key): Promise<string> {
    return ((await (await this.all({}, {}, as)).json()) as BulkBody).eventStreams[0]?.url ?? '';
  }
}
