import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { registerWorkflow } from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('the list of workflows', () => {
  let world: World;
  let browser: Browser;
  let team: StaffedTeam;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    browser = await launch();
    for (let count = 1; count <= 30; count += 1) {
      await registerWorkflow(world, team, { name: `Workflow ${String(count).padStart(2, '0')}` });
    }
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function openList(query = '') {
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.member.email, team.member.password);
    await page.goto(`/workflows${query}`);
    await settled(page);
    return { context, page, rows: page.getByRole('link', { name: /^Workflow \d\d$/ }) };
  }

  test('has page numbers, and a filter that is in the address', async () => {
    const { context, page, rows } = await openList();
    await page.getByText('1 to 25 of 30').waitFor();
    await page.getByRole('button', { name: 'page 2' }).click();
    await page.getByText('26 to 30 of 30').waitFor();
    // The count of pages is drawn a moment before the rows.
    await rows.nth(5).waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(5);
    await page.getByRole('searchbox', { name: 'Search' }).fill('Workflow 07');
    await page.getByRole('link', { name: 'Workflow 07' }).waitFor();
    await rows.nth(1).waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('filter')).toBe('{"search":"Workflow 07"}');
    await context.close();
  });

  test('keeps filters as a view under a name', async () => {
    const { context, page, rows } = await openList('?filter=%7B%22search%22%3A%22Workflow%201%22%7D');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Tens');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tab', { name: /^All/ }).click();
    await page.getByText('1 to 25 of 30').waitFor();
    await page.getByRole('button', { name: 'Tens' }).click();
    await page.getByText('1 to 25 of 30').waitFor({ state: 'detached' });
    await rows.nth(10).waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(10);
    await context.close();
  });

  test('learns of a new one by itself, says so, and leaves the focus where it is', async () => {
    const { context, page } = await openList('?filter=%7B%22search%22%3A%22Brand%20new%22%7D');
    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.focus();
    await page.getByText('No workflow matches.').waitFor();
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await registerWorkflow(world, team, { name: 'Brand new' });
    await page.getByRole('link', { name: 'Brand new' }).waitFor();
    await page.getByText('Updated just now').waitFor();
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true);
    await context.close();
  });
});
