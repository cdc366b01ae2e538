import type { Page } from 'playwright-core';

/** A bad mobile connection: half a second to and fro, 50 kB a second. */
const slow = { offline: false, latency: 500, downloadThroughput: 50_000, uploadThroughput: 25_000 };

/** Slows down what a page reads and sends from now on. */
export async function throttle(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', slow);
}

/** What a thumb does, counted. */
export class Touches {
  count = 0;

  constructor(private readonly page: Page) {}

  async tap(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
    this.count += 1;
  }

  /** Presses a button until it says that it is done, in milliseconds. */
  async hold(name: RegExp, ms: number): Promise<void> {
    // It opens, and says what it does, once the preview has been read.
    const button = this.page.getByRole('button', { name, disabled: false });
    await button.waitFor();
    const box = await button.boundingBox();
    if (!box) throw new Error(`"${name}" is not on the screen`);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.page.mouse.down();
    await this.page.waitForTimeout(ms);
    await this.page.mouse.up();
    this.count += 1;
  }
}
