import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build, type Rolldown } from 'vite';

interface Details {
  value: unknown;
  reason?: string;
  variant?: string;
  errorCode?: string;
  flagMetadata: Record<string, unknown>;
}

interface Stock {
  start(options: Record<string, unknown>): Promise<void>;
  setContext(context: Record<string, unknown>): Promise<void>;
  details(type: string, key: string, otherwise: unknown): Details;
  changes(): number;
}
type Shown = { stock: Stock };

async function bundled(): Promise<string> {
  const entry = fileURLToPath(new URL('stock-web-entry.mjs', import.meta.url));
  const result = (await build({
    ...{ configFile: false, logLevel: 'silent' },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'page' } },
  })) as Rolldown.RolldownOutput[];
  const chunk = result[0]?.output[0];
  if (!chunk) throw new Error('The page was not bundled');
  return chunk.code;
}

/** A site of its own, another than the registry's, whose page uses OpenFeature's own web provider. */
export class StockSite {
  private constructor(
    private readonly server: Server,
    private readonly browser: Browser,
  ) {}

  static async open(browser: Browser): Promise<StockSite> {
    const script = await bundled();
    const server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
      response.end(
        isScript ? script : '<!doctype html><title>A shop</title><script src="/page.js"></script>',
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new StockSite(server, browser);
  }

  /** A visitor with a browser window, and storage, of their own. */
  async visit(): Promise<StockPage> {
    const context = await this.browser.newContext();
    const { port } = this.server.address() as AddressInfo;
    return StockPage.in(await context.newPage(), `http://127.0.0.1:${String(port)}/`);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => {
      this.server.close(() => done());
    });
  }
}

export class StockPage {
  /** Statuses of answers to bulk evaluations. */
  readonly answered: number[] = [];
  /** Addresses that were asked. */
  readonly asked: string[] = [];

  private constructor(private readonly page: Page) {}

  static async in(page: Page, url: string): Promise<StockPage> {
    const made = new StockPage(page);
    page.on('response', (response) => {
      if (response.request().method() !== 'POST') return;
      made.answered.push(response.status());
      made.asked.push(response.url());
    });
    await page.goto(url);
    return made;
  }

  start(options: Record<string, unknown>): Promise<void> {
    return this.page.evaluate((given) => (globalThis as unknown as Shown).stock.start(given), options);
  }

  reload(): Promise<unknown> {
    return this.page.reload();
  }

  setContext(context: Record<string, unknown>): Promise<void> {
    return this.page.evaluate((given) => (globalThis as unknown as Shown).stock.setContext(given), context);
  }

  details(type: 'boolean' | 'string' | 'object', key: string, otherwise: unknown): Promise<Details> {
    return this.page.evaluate(
      ([kind, name, value]) => (globalThis as unknown as Shown).stock.details(kind, name, value),
      [type, key, otherwise] as const,
    );
  }

  changes(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as Shown).stock.changes());
  }
}
