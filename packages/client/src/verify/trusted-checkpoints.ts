import { createHash } from 'node:crypto';
import { readCheckpoint, type SignedCheckpoint } from '../ledger/checkpoint.domain.js';
import type { SeenCheckpoint } from './checkpoint-chain.js';
import type { Finding } from './finding.js';

/** Checkpoints that were kept outside: what an export must contain. */
export class TrustedCheckpoints {
  private readonly hashes = new Map<number, string>();
  private newest = 0;
  private met = false;

  /** @param text one checkpoint, or one a line, as a push file holds them. @throws SyntaxError for anything else */
  static read(text: string): TrustedCheckpoints {
    const trusted = new TrustedCheckpoints();
    for (const line of text.split('\n').filter((part) => part.trim() !== '')) {
      const { checkpoint } = JSON.parse(line) as { checkpoint?: SignedCheckpoint };
      const content = checkpoint && readCheckpoint(checkpoint.canonical);
      if (!content) throw new SyntaxError('This is no checkpoint');
      trusted.hashes.set(content.number, createHash('sha256').update(checkpoint.canonical).digest('hex'));
      trusted.newest = Math.max(trusted.newest, content.number);
    }
    if (trusted.newest === 0) throw new SyntaxError('There is no checkpoint in it');
    return trusted;
  }

  meet({ content: { number }, hash }: SeenCheckpoint, line: number): Finding | null {
    const kept = this.hashes.get(number);
    if (kept !== undefined && kept !== hash) {
      const message = 'it is not the one that was kept as trusted: this is another history';
      return { kind: 'forged', checkpoint: number, line, message };
    }
    this.met ||= number === this.newest;
    return null;
  }

  /** @param last number of the export's last checkpoint, 0 for none */
  end(last: number, line: number): Finding | null {
    if (this.met) return null;
    const [at, newest] = [String(last), String(this.newest)];
    if (last < this.newest) {
      const message = `the export ends with checkpoint ${at} and knows nothing of ${newest}, which was kept as trusted: it is an old one, or cut off`;
      return { kind: 'replayed', checkpoint: this.newest, line, message };
    }
    const message = `the export begins after checkpoint ${newest}, which was kept as trusted: export from before it`;
    return { kind: 'replayed', checkpoint: this.newest, line, message };
  }
}
