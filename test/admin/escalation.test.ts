import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { liveTwice, type Live } from '../support/live.builder.js';
import { fullKeyOf } from '../support/promotion.builder.js';
import { staffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';
import {
  axeFindings,
  inBrowser,
  launch,
  openWindow,
  settled,
  sidewaysOverflow,
  signInWindow,
} from './support/browser.js';
import { Touches } from './support/phone.js';

inBrowser('a rollback that was not enough, by phone', () => {
  let world: World;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let touches: Touches;
  let live: Live;
  let key: string;

  beforeAll(async () => {
    world = await createWorld();
    live = await liveTwice(world, await staffedTeam(world));
    key = await fullKeyOf(live.promotions);
    browser = await launch();
    ({ context, page } = await openWindow(browser, world.url, { scheme: 'light', width: 390 }));
    await signInWindow(context, live.rollbacks.responder.email, live.rollbacks.responder.password);
    touches = new Touches(page);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  const facts = () => page.getByRole('group', { name: 'What will happen' });
  const incidents = () => world.db.incident.count({ where: { workflowId: live.promotions.workflow.id } });
  const progress = (number: number) =>
    page.waitForURL(new RegExp(`/live/${key}/rollbacks/${String(number)}$`));

  async function asked(): Promise<void> {
    await page.goto(`/live/${key}`);
    await settled(page);
    await touches.tap('Roll back');
  }

  test('shows what is chosen and nothing else, and says what the choice lacks', async () => {
    await asked();
    await facts().getByText('Go back to', { exact: false }).first().waitFor();
    await touches.tap('Change lever, stages or segment');
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('rollbackPreview(')) await held;
      return route.fallback();
    });
    await page.getByRole('radio', { name: /^Fall back/ }).click();
    await page.getByText('Reading what this would change…').waitFor();
    expect(await facts().innerText()).not.toContain('Recommended');
    expect(await page.getByRole('button', { name: 'Hold to roll back' }).isDisabled()).toBe(true);
    await page.getByText('Reading what it would change.', { exact: true }).waitFor();
    answer();
    await page.getByRole('button', { name: 'Hold to fall back to people' }).waitFor();
    expect(await facts().innerText()).toContain('Recommended was to go back to');
    await page.getByText('Choose a reason.').waitFor();
    await page.getByLabel('Where this attribute').fill('tenant');
    await page.getByText('Say which values of tenant.', { exact: true }).waitFor();
    expect(await facts().innerText()).not.toContain('Recommended');
    await page.getByLabel('Where this attribute').fill('');
    await touches.tap('Errors or no answers');
    expect(await axeFindings(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    await touches.hold(/^Hold to fall back to people$/, 1500);
    await progress(1);
    await page.unroute('**/graphql');
  }, 120_000);

  test('goes on to turning off within the incident that is open, for no further touch', async () => {
    await asked();
    const join = page.getByRole('button', { name: 'Join incident #1' });
    await join.waitFor();
    expect(await join.getAttribute('aria-pressed')).toBe('true');
    await touches.tap('Errors or no answers');
    expect(await axeFindings(page)).toEqual([]);
    await touches.hold(/^Hold to turn it off$/, 1500);
    await progress(2);
    expect(await incidents()).toBe(1);
  }, 120_000);

  test('says why there is nothing left once it is off', async () => {
    await page.goto(`/live/${key}`);
    await settled(page);
    await page.getByText('There is nothing left to roll back. It is turned off already.').waitFor();
    expect(await page.getByRole('button', { name: 'Roll back', exact: true }).isDisabled()).toBe(true);
  }, 120_000);
});
