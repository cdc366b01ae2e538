import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { liveTwice, type Live } from '../support/live.builder.js';
import { Restartable } from '../support/restartable.js';
import { rollBack } from '../support/rollback-acts.js';
import { staffedTeam } from '../support/team.builder.js';
import { axeFindings, inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('a registry that is stopped and started again', () => {
  let server: Restartable;
  let browser: Browser;
  let live: Live;

  beforeAll(async () => {
    server = await Restartable.start();
    live = await liveTwice(server.world, await staffedTeam(server.world));
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  async function open(path: string): Promise<Page> {
    const { context, page } = await openWindow(browser, server.url);
    const { email, password } = live.rollbacks.responder;
    await signInWindow(context, email, password);
    await page.goto(path);
    await settled(page);
    return page;
  }

  const banner = (page: Page) => page.getByText(/The registry has not been reachable since \d\d:\d\d:\d\d/);

  test('leaves open pages as they were, says so, and they go on by themselves', async () => {
    const { workflow } = live.promotions;
    const { workflow: named } = await server.world.gql<{ workflow: { fullKey: string; name: string } }>(
      'query ($id: ID!) { workflow(id: $id) { fullKey name } }',
      { id: workflow.id },
      { as: live.rollbacks.responder },
    );
    const paths = [`/live/${named.fullKey}`, '/workflows', `/workflows/${workflow.id}/live`];
    const pages: Page[] = [];
    for (const path of paths) pages.push(await open(path));
    const [onCall] = pages;

    server.cut();
    for (const [index, page] of pages.entries()) {
      await banner(page).waitFor();
      // Long enough for every read that was under way to have failed for good.
      await page.waitForTimeout(3000);
      expect(new URL(page.url()).pathname).toBe(paths[index]);
      expect(await page.locator('main').innerText()).toContain(named.name);
    }
    expect(await axeFindings(onCall!)).toEqual([]);

    await server.restart();
    const { responder } = live.rollbacks;
    const { userErrors } = await rollBack(server.world, responder, workflow.id);
    expect(userErrors).toEqual([]);
    for (const [index, page] of pages.entries()) {
      await banner(page).waitFor({ state: 'detached' });
      expect(new URL(page.url()).pathname).toBe(paths[index]);
    }
    await onCall!.getByText('Turned off').first().waitFor();
    await onCall!.getByText('Live', { exact: true }).first().waitFor();
    for (const page of pages) await page.context().close();
  }, 180_000);

  test('asks to sign in once it answers, whoever was signed out meanwhile', async () => {
    const page = await open('/workflows');
    server.cut();
    await banner(page).waitFor();
    await server.world.db.$executeRawUnsafe('DELETE FROM session');
    server.mend();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.context().close();
  }, 120_000);

  test('is not taken for a session that has ended by a gateway that answers in its place', async () => {
    const page = await open('/workflows');
    const gateway = '**/{graphql,api/**}';
    await page.route(gateway, (route) => route.fulfill({ status: 503, body: '<h1>No upstream</h1>' }));
    await page.getByRole('link', { name: 'Promotions' }).first().click();
    await banner(page).waitFor();
    await page.waitForTimeout(3000);
    expect(new URL(page.url()).pathname).toBe('/promotions');
    await page.unroute(gateway);
    await banner(page).waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Promotions' }).waitFor();
    await page.context().close();
  }, 120_000);
});
