import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { demoEmail, demoPassword, type DemoPersonKey } from '../../apps/api/src/demo/people.js';
import { everyLook } from '../support/thoroughness.js';
import { createWorld, type World } from '../support/world.js';
import {
  axeFindings,
  changeLook,
  looks,
  inBrowser,
  launch,
  openWindow,
  settled,
  sidewaysOverflow,
  signInWindow,
  type Window,
} from './support/browser.js';
import { demoScreens, type Screen } from './support/demo-screens.js';

inBrowser('every screen of the console', () => {
  let world: World;
  let browser: Browser;
  let screens: Screen[];

  beforeAll(async () => {
    world = await createWorld({}, ['--demo']);
    browser = await launch();
    screens = await demoScreens(world);
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  // At a desk, the larger size in light and the smaller one in the dark.
  const seenIn = looks.filter(({ scheme, width }) => everyLook || (scheme === 'light') === (width === 1280));

  test('gives axe nothing to find in light and dark, at 1280 and at 390 px, and never scrolls sideways', async () => {
    const windows = new Map<DemoPersonKey | null, Window>();
    const findings: string[] = [];
    for (const { name, path, as } of screens) {
      const window = windows.get(as) ?? (await windowOf(as));
      windows.set(as, window);
      await window.page.goto(path);
      for (const look of seenIn) {
        await changeLook(window.page, look);
        await settled(window.page);
        const seen = `${name}, ${look.scheme}, ${String(look.width)} px`;
        // Where both are seen, dark is the same page in other colours.
        const coloursOnly = everyLook && look.scheme === 'dark';
        findings.push(
          ...(await axeFindings(window.page, { coloursOnly })).map((finding) => `${seen}: ${finding}`),
        );
        const overflow = await sidewaysOverflow(window.page);
        if (overflow > 0) findings.push(`${seen}: ${String(overflow)} px too wide`);
      }
    }
    for (const { context, faults } of windows.values()) {
      findings.push(...faults);
      await context.close();
    }
    expect(findings).toEqual([]);
  }, 900_000);

  async function windowOf(as: DemoPersonKey | null): Promise<Window> {
    const window = await openWindow(browser, world.url);
    if (as) await signInWindow(window.context, demoEmail(as), demoPassword);
    return window;
  }

  test('so do the menu, the account menu and the dialogs', async () => {
    const { context, page } = await openWindow(browser, world.url, { scheme: 'dark', width: 390 });
    await signInWindow(context, demoEmail('reviewer'), demoPassword);
    const findings: string[] = [];
    const look = async (what: string) => {
      await settled(page);
      findings.push(...(await axeFindings(page)).map((finding) => `${what}: ${finding}`));
    };
    await page.goto('/');
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('link', { name: 'Promotions' }).first().waitFor();
    await look('navigation');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Account and settings' }).click();
    await page.getByRole('menuitem', { name: 'Light theme' }).waitFor();
    await look('account menu');
    await page.getByRole('menuitem', { name: 'Light theme' }).click();
    await page.goto(screens.find(({ name }) => name === 'release')?.path ?? '/');
    const request = page.getByRole('button', { name: 'Request promotion' });
    await settled(page);
    if (await request.isVisible()) {
      await request.click();
      await page.getByRole('dialog').waitFor();
      await look('request dialog');
    }
    expect(findings).toEqual([]);
    await context.close();
  }, 120_000);
});
