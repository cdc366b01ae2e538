import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { liveTwice, type Live } from '../support/live.builder.js';
import { fullKeyOf } from '../support/promotion.builder.js';
import { runtimeKey } from '../support/runtime.builder.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';
import { axeFindings, inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';
import { choose, section } from './support/form-steps.js';

inBrowser('a drill', () => {
  let world: World;
  let browser: Browser;
  let team: StaffedTeam;
  let live: Live;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    live = await liveTwice(world, team);
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  test('is started for test requests, passes once an instance confirmed it, and is ended early', async () => {
    const { id } = live.promotions.workflow;
    const key = await fullKeyOf(live.promotions);
    const clients = new Clients();
    const { secret } = await runtimeKey(world, { team });
    const instance = clients.make({ url: world.url, key: secret, workflows: [key] });
    await instance.ready();
    const reply = instance.workflow(key);
    await eventually('the instance is live', () => reply.state === 'live');
    await new Promise((resolve) => setTimeout(resolve, 700));

    const { context, page } = await openWindow(browser, world.url, { scheme: 'dark', width: 390 });
    await signInWindow(context, live.other.email, live.other.password);
    await page.goto(`/workflows/${id}/live`);
    await settled(page);
    const drills = section(page, 'Drills');
    await drills.getByRole('button', { name: 'Start a drill' }).click();
    const start = page.getByRole('dialog').getByRole('button', { name: 'Start the drill' });
    await page.getByRole('group', { name: 'What the drill changes' }).waitFor();
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /^Fall back/ })
      .check();
    await choose(page.getByRole('dialog'), { 'Fall back to': 'search' });
    const values = page.getByRole('dialog').getByLabel('is one of');
    await values.fill('');
    await page.getByRole('dialog').getByText('Say which values of holdpoint_drill.').waitFor();
    expect(await start.isDisabled()).toBe(true);
    await values.fill('true');
    await page.getByRole('group', { name: 'What the drill changes' }).waitFor();
    const findings = await axeFindings(page);
    await start.click();
    await drills.getByText('Running', { exact: true }).waitFor();
    await drills.getByText('Passed', { exact: true }).waitFor();
    expect(reply.get({ stage: 'internal', holdpoint_drill: 'true' }).isFallback).toBe(true);
    expect(reply.get({ stage: 'internal' }).isFallback).toBe(false);
    expect(await world.db.hold.count({ where: { workflowId: id } })).toBe(0);

    await drills.getByRole('button', { name: 'End it now' }).click();
    await drills.getByText('Running', { exact: true }).waitFor({ state: 'detached' });
    expect(await drills.getByText('Passed', { exact: true }).count()).toBe(1);
    expect(findings).toEqual([]);
    await context.close();
    await clients.close();
  }, 120_000);

  test('is where the check on going back leads to, and leads to that check', async () => {
    const { id } = live.promotions.workflow;
    const { context, page, faults } = await openWindow(browser, world.url);
    await signInWindow(context, team.member.email, team.member.password);
    await page.goto(`/workflows/${id}/live`);
    await settled(page);
    await section(page, 'Drills').getByRole('link', { name: 'check RO-2' }).click();
    const check = page.getByRole('region', { name: /^RO-2: / });
    await check.getByText(/^A drill that an instance confirmed answers this/).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await check.getByRole('link', { name: 'Drills' }).click();
    await section(page, 'Drills').waitFor();
    await page.goto(`/workflows/${id}/checks/RO-1`);
    await page.getByRole('region', { name: /^RO-1: / }).waitFor();
    expect(await page.getByText('A drill that an instance confirmed').count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  });
});
