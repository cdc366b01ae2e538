import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('API keys', () => {
  let world: World;
  let browser: Browser;
  let team: StaffedTeam;

  beforeAll(async () => {
    world = await createWorld();
    browser = await launch();
    team = await staffedTeam(world);
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  test('are made by a reviewer, shown once, work, and stop working when they are revoked', async () => {
    const { context, page } = await openWindow(browser, world.url, { scheme: 'light', width: 390 });
    await signInWindow(context, team.reviewer.email, team.reviewer.password);
    await page.goto(`/teams/${team.id}`);
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('What uses it').fill('CI of the billing repository');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Choose what it may do').waitFor();
    await page.getByLabel(/^CI:/).check();
    await page.getByRole('button', { name: 'Create' }).click();
    const secret = await page.getByLabel('Secret', { exact: true }).innerText();
    expect(secret).toMatch(/^hp_[A-Za-z0-9_-]{43}$/);
    await page.getByRole('button', { name: 'I have put it away' }).click();
    await page.getByText('CI of the billing repository').waitFor();
    await page.reload();
    await settled(page);
    expect(await page.content()).not.toContain(secret);
    const ask = async () => (await world.raw('{ viewer { user { name } } }', {}, { as: holder })).status;
    const holder = { ...team.reviewer, cookie: '', secret };
    expect(await ask()).toBe(200);
    await page.getByRole('button', { name: 'Revoke CI of the billing repository' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No key works for this team.').waitFor();
    expect(await ask()).toBe(401);
    await context.close();
  });

  test('are not offered to who may not make them', async () => {
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.member.email, team.member.password);
    await page.goto('/keys');
    await settled(page);
    await page.getByRole('heading', { level: 1, name: 'API keys' }).waitFor();
    expect(await page.getByRole('button', { name: 'New key' }).count()).toBe(0);
    await context.close();
  });
});
