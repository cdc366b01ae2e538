import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { RuntimeKeys, type RuntimeKey } from '../../platform/identity/runtime-keys.js';
import { SESSION_SECRET } from '../../platform/identity/session-secret-token.js';

const macBytes = 24;
const shape = /^[A-Za-z0-9_-]{54}$/;

/**
 * The address of a key's event stream: for browsers, which can send no header with it. Whoever has it can listen that
 * something changed and do nothing else; it ends with its key.
 */
@Injectable()
export class StreamChannels {
  private readonly made = new WeakMap<RuntimeKey, string>();

  constructor(
    private readonly keys: RuntimeKeys,
    @Inject(SESSION_SECRET) private readonly secret: string,
  ) {}

  of(key: RuntimeKey): string {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const id = Buffer.from(key.id.replaceAll('-', ''), 'hex');
    const channel = Buffer.concat([id, this.mac(key)]).toString('base64url');
    this.made.set(key, channel);
    return channel;
  }

  /** The key whose channel this is; null once it holds no longer. */
  async keyOf(channel: string): Promise<RuntimeKey | null> {
    if (!shape.test(channel)) return null;
    const bytes = Buffer.from(channel, 'base64url');
    const hex = bytes.subarray(0, 16).toString('hex');
    const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const key = this.keys.byId(id) ?? (await this.keys.findById(id));
    return key && timingSafeEqual(this.mac(key), bytes.subarray(16)) ? key : null;
  }

  private mac(key: RuntimeKey): Buffer {
    const text = `ofrep-stream:${key.id}:${key.tokenHash}`;
    return createHmac('sha256', this.secret).update(text).digest().subarray(0, macBytes);
  }
}
