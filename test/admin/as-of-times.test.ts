import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { createWorld, type World } from '../support/world.js';
import { axeFindings, inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('a time that the registry cannot be asked about', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  beforeAll(async () => {
    world = await createWorld();
    const { email, password } = await world.person({ organisationRoles: ['auditor'] });
    browser = await launch();
    const window = await openWindow(browser, world.url);
    ({ page, faults } = window);
    await signInWindow(window.context, email, password);
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function isWrong(label: string, message: string): Promise<void> {
    const field = page.getByLabel(label, { exact: true });
    await page.getByText(message).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const described = await field.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${described ?? ''}"]`).innerText()).toBe(message);
    expect(await page.getByRole('link', { name: 'CSV' }).count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
  }

  test('is named at its field, and stays in the address', async () => {
    await page.goto('/as-of?at=garbage');
    await settled(page);
    await isWrong('Time', '“garbage” is not a time. Pick one here.');
    expect(new URL(page.url()).searchParams.get('at')).toBe('garbage');
    await page.getByLabel('Time', { exact: true }).fill('2026-01-02T03:04:05');
    await page.getByText('Nothing was live then, as far as you may see.').waitFor();

    await page.goto('/as-of/1b4e28ba-2fa1-41d2-883f-0016d3cca427/internal?at=garbage');
    await page.getByText('“garbage” is not a time.').waitFor();
  });

  test('is an interval that ends before it begins, and both ends stay as they were typed', async () => {
    await page.goto('/as-of');
    await settled(page);
    await page.getByRole('button', { name: 'Between two' }).click();
    const [from, to] = ['2026-02-02T00:00:00', '2026-02-01T00:00:00'];
    await page.getByLabel('From', { exact: true }).fill(from);
    await page.getByLabel('Up to, not including', { exact: true }).fill(to);
    await isWrong('Up to, not including', 'The interval ends before it begins.');
    for (const [label, typed] of [
      ['From', from],
      ['Up to, not including', to],
    ] as const)
      // A browser leaves out seconds that are none.
      expect(new Date(await page.getByLabel(label, { exact: true }).inputValue())).toEqual(new Date(typed));
    expect(faults).toEqual([]);
  });

  test('is said in the time zone of whoever looks and in UTC, and once where that is the same', async () => {
    const session = await page.context().newCDPSession(page);
    const summary = page.getByText(/^As of \d/);
    for (const [timezoneId, words] of [
      ['Asia/Tokyo', 'As of 2 Jan 2026, 12:04:05 GMT+9, which is 2 Jan 2026, 03:04:05 UTC'],
      ['Etc/UTC', 'As of 2 Jan 2026, 03:04:05 UTC'],
      ['Europe/London', 'As of 2 Jan 2026, 03:04:05 UTC'],
    ] as const) {
      await session.send('Emulation.setTimezoneOverride', { timezoneId });
      await page.goto('/as-of?at=2026-01-02T03:04:05.000Z');
      await settled(page);
      expect(await summary.innerText()).toBe(words);
    }
    expect(await page.getByText('2 Jan 2026, 03:04:05 UTC').count()).toBe(1);
    await session.send('Emulation.setTimezoneOverride', { timezoneId: '' });
    await session.detach();
  });

  test('loses neither of two that are given faster than the page can follow', async () => {
    await page.goto('/as-of?mode=between&from=2026-01-05T00:00:00.000Z');
    await settled(page);
    const given = { From: '2026-01-02T00:00:00', 'Up to, not including': '2026-01-03T00:00:00' };
    // As one who types ahead: both before anything is drawn again.
    await page.evaluate((values) => {
      for (const [label, value] of Object.entries(values)) {
        const { htmlFor } = [...document.querySelectorAll('label')].find(
          ({ textContent }) => textContent === label,
        )!;
        const field = document.getElementById(htmlFor)!;
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }, given);
    await page.waitForURL(/to=2026/);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('from'), searchParams.get('to')].map((time) => new Date(time ?? ''))).toEqual(
      Object.values(given).map((time) => new Date(time)),
    );
    expect(faults).toEqual([]);
  });
});
