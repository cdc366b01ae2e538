import { afterAll, beforeAll, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { demoEmail, demoPassword } from '../../apps/api/src/demo/people.js';
import { createWorld, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';
import { openTab, section } from './support/form-steps.js';

inBrowser('a workflow whose newest release has entered every stage', () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld({}, ['--demo']);
    browser = await launch();
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  test('shows how its checks stand, what it serves, and the reason for what a rollback left', async () => {
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, demoEmail('reviewer'), demoPassword);
    await page.goto('/workflows');
    await page.getByRole('link', { name: 'Draft a support reply' }).click();
    await openTab(page, 'Checks');
    await page.getByText('Status of #3 shorter-drafts for General').waitFor();
    const rehearsed = page.getByRole('listitem').filter({ hasText: /RO-2/ });
    await rehearsed.getByText('Pass', { exact: true }).waitFor();
    await rehearsed.getByText(/rehearsed in drill #3/).waitFor();
    await rehearsed.getByRole('link').click();
    await section(page, 'Now')
      .getByText(/rehearsed in drill #3/)
      .first()
      .waitFor();
    await openTab(page, 'Live');
    const served = section(page, 'Live in each stage').getByRole('listitem');
    await served.filter({ hasText: '#3' }).nth(3).waitFor();

    await page.goto('/workflows');
    await page.getByRole('link', { name: 'Answer where an order is' }).click();
    await openTab(page, 'Live');
    const hold = page
      .getByRole('list', { name: 'Left by rollbacks' })
      .getByRole('listitem')
      .filter({ hasText: /No promotion into Internal, Limited, by rollback #1/ });
    await hold.getByText('Because: It names days of arrival that no scan holds').waitFor();
    await hold.getByRole('link', { name: 'rollback #1' }).click();
    await section(page, 'Effect').getByText('Not confirmed by all', { exact: true }).waitFor();
    await settled(page);
    await context.close();
  });
});
