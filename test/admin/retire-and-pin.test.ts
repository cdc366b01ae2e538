import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { makeKey } from '../support/key.builder.js';
import { liveTwice, type Live } from '../support/live.builder.js';
import { fullKeyOf } from '../support/promotion.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { Reporter } from '../support/telemetry.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';
import * as after from './support/aftermath-steps.js';
import {
  axeFindings,
  inBrowser,
  launch,
  openWindow,
  settled,
  sidewaysOverflow,
  signInWindow,
  type Window,
} from './support/browser.js';
import { choose, section, write } from './support/form-steps.js';

inBrowser('other environments and the end of a workflow, by phone', () => {
  let world: World;
  let browser: Browser;
  let team: StaffedTeam;
  let live: Live;
  let window: Window;
  let path: string;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    live = await liveTwice(world, team);
    path = `/workflows/${live.promotions.workflow.id}`;
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function opened(to: string, as: Person): Promise<Page> {
    window = await openWindow(browser, world.url, { scheme: 'light', width: 390 });
    await signInWindow(window.context, as.email, as.password);
    await window.page.goto(to);
    await settled(window.page);
    return window.page;
  }

  /** Nothing sticks out, axe finds nothing, and nothing was thrown. */
  async function isSound(page: Page): Promise<void> {
    expect([await sidewaysOverflow(page), await axeFindings(page), window.faults]).toEqual([0, [], []]);
  }

  test('a candidate is pinned for an environment, wrong names are refused at their field, and it is taken back', async () => {
    const page = await opened(`${path}/live`, team.member);
    const environments = section(page, 'Other environments');
    await environments.getByText(`the newest release, #2 ${live.bad.alias}`).waitFor();
    await environments.getByRole('button', { name: 'Pin a release' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pin a release' });
    await choose(dialog, { Release: `#1 ${live.good.alias}` });
    const name = dialog.getByRole('textbox', { name: 'Environment' });
    await name.fill('production');
    await dialog.getByRole('button', { name: 'Pin' }).click();
    await after.isWrong(name, 'Production serves what its stages hold');
    await isSound(page);
    expect(await dialog.getByRole('combobox', { name: 'Release' }).innerText()).toBe(`#1 ${live.good.alias}`);
    await name.fill('pull-request-7');
    await dialog.getByRole('button', { name: 'Pin' }).click();
    await dialog.waitFor({ state: 'detached' });
    const pinned = environments.getByRole('listitem').filter({ hasText: 'pull-request-7' });
    await pinned.getByText(`#1 ${live.good.alias}, pinned`).waitFor();
    await environments.getByText('Every other one').waitFor();
    await pinned.getByRole('button', { name: 'Unpin pull-request-7' }).click();
    await pinned.waitFor({ state: 'detached' });
    await environments.getByText('Every environment but production').waitFor();
    await window.context.close();
  }, 120_000);

  test('a workflow that serves says what stands in the way, and is retired once it is turned off', async () => {
    const both = await world.person({
      ...{ name: 'Reviewer on call', organisationRoles: ['responder'] },
      teams: [
        { teamId: team.id, role: 'reviewer' },
        { teamId: team.id, role: 'member' },
      ],
    });
    const workflowIds = [live.promotions.workflow.id];
    const key = await makeKey(world, team.reviewer, {
      ...{ name: 'Support desk', scopes: ['runtime'], workflowIds },
    });
    const counts = [{ stage: 'internal', served: live.bad.digest, requests: 1 }];
    await new Reporter(world, key, await fullKeyOf(live.promotions)).beat({}, { counts });
    const page = await opened(`${path}/live`, both);
    await page.getByRole('link', { name: 'Who still asks, and retiring it' }).click();
    const asks = section(page, 'Who still asks');
    await asks.getByRole('row', { name: /support-desk.*Support desk/ }).waitFor();
    const retire = section(page, 'Retire');
    const button = retire.getByRole('button', { name: 'Retire it' });
    await retire.getByText(/It still serves a release in Internal, Limited, and /).waitFor();
    expect(await button.isDisabled()).toBe(true);
    await isSound(page);

    // The page learns by itself that it is turned off.
    const { incident } = await live.rollbacks.must({ levers: [{ kind: 'disable' }], scope: 'workflow' });
    await retire.getByText(/^It may be retired: nobody gets a release, because it is turned off/).waitFor();
    await retire.getByText(/^1 instance of production still asks\./).waitFor();
    await retire.getByText('1 incident stays open, and can still be closed afterwards.').waitFor();
    await button.click();
    const dialog = page.getByRole('dialog', { name: /^Retire / });
    await dialog.getByText('1 instance asked for it within 14 days').waitFor();
    const confirm = dialog.getByRole('button', { name: 'Retire it for good' });
    expect(await confirm.isDisabled()).toBe(true);
    await write(dialog, { 'Why it is no longer needed': 'The help centre does its job' });
    await isSound(page);
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    await retire.getByText(/^Retired /).waitFor();
    expect(await button.count()).toBe(0);

    // It stays readable; of what it offered, the incident alone is still to be closed.
    await page.goto(`${path}/incidents/${incident.id}`);
    await page.getByRole('button', { name: 'Resolve' }).waitFor();
    expect(await page.getByRole('button', { name: 'Start a fix' }).count()).toBe(0);
    await page.goto(`${path}/live`);
    await page.getByRole('link', { name: 'How it was retired' }).waitFor();
    for (const act of [/^End: /, /^Lift: /, 'Start a drill', 'Pin a release'])
      expect(await page.getByRole('button', { name: act }).count()).toBe(0);
    await isSound(page);

    // Whoever is called at night sees it first, and the list does not ask for gates.
    await page.goto(`/live/${await fullKeyOf(live.promotions)}`);
    await page.getByText(/^Retired since .*: nothing of it is served/).waitFor();
    expect(await page.getByRole('list', { name: 'Served in each stage' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Roll back' }).count()).toBe(0);
    await isSound(page);
    await page.goto('/workflows');
    const row = page.getByRole('list', { name: 'Workflows' }).getByRole('listitem');
    await row.getByText('Retired', { exact: true }).waitFor();
    expect(await row.getByText(/incomplete for|Ready for/).count()).toBe(0);
    await isSound(page);
    await window.context.close();
  }, 120_000);
});
