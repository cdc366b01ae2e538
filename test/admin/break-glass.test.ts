import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Emergency } from '../support/break-glass.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type Person, type World } from '../support/world.js';
import { axeFindings, inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('break-glass', () => {
  let world: World;
  let browser: Browser;
  let team: StaffedTeam;
  let administrator: Person;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    administrator = await world.person({ name: 'Administrator', organisationRoles: ['administrator'] });
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function as(person: Person, path: string, work: (page: Page) => Promise<void>) {
    const { context, page } = await openWindow(browser, world.url, { scheme: 'dark', width: 390 });
    await signInWindow(context, person.email, person.password);
    await page.goto(path);
    await settled(page);
    await work(page);
    await context.close();
  }

  test('is given on the incident, used on the promotion check by check, and reviewed by a third', async () => {
    const emergency = await Emergency.create(world, team, administrator);
    const promotion = await emergency.approved();
    const base = `/workflows/${emergency.workflowId}`;
    const findings: string[] = [];

    await as(administrator, `${base}/incidents/${emergency.incident.id}`, async (page) => {
      await page.getByRole('button', { name: 'Grant', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('To whom').fill('Member');
      await page
        .getByRole('option', { name: /Member/ })
        .first()
        .click();
      await dialog.getByLabel('Why it cannot wait').fill('Messages are lost');
      findings.push(...(await axeFindings(page)));
      await dialog.getByRole('button', { name: 'Grant' }).click();
      await page.getByText('Can be used', { exact: true }).waitFor();
    });

    await as(team.member, `/promotions/${promotion.id}`, async (page) => {
      await page.getByRole('button', { name: 'Use break-glass' }).click();
      const dialog = page.getByRole('dialog');
      const use = dialog.getByRole('button', { name: 'Use break-glass' });
      await dialog.getByLabel('Why it cannot wait').fill('The release that is out loses messages');
      await dialog.getByRole('checkbox', { name: /^SF-1/ }).check();
      expect(await use.isDisabled()).toBe(true);
      await dialog.getByRole('checkbox', { name: /^SF-2/ }).check();
      findings.push(...(await axeFindings(page)));
      await use.click();
      await page.getByText(/by break-glass .* past SF-1, SF-2/).waitFor();
    });

    await as(team.reviewer, `${base}/contract`, async (page) => {
      await page.getByText(/by break-glass .* past SF-1, SF-2/).waitFor();
      await page.getByRole('link', { name: 'Review it' }).click();
      await page.getByLabel('What you found').fill('It had to be');
      await page.getByRole('button', { name: 'Justified', exact: true }).click();
      await page.getByRole('heading', { name: 'Found justified' }).waitFor();
      await page.goto(`${base}/contract`);
      await settled(page);
      expect(await page.getByText(/by break-glass/).count()).toBe(0);
    });
    expect(findings).toEqual([]);
  }, 240_000);

  test('one’s own retarget is no news: the page follows it', async () => {
    const emergency = await Emergency.create(world, team, administrator);
    const { promotions } = emergency;
    const second = await promotions.withPrompt(promotions.workflow.release, 'Another wording of {{ticket}}');
    const promotion = await promotions.request({ release: promotions.workflow.release });
    await as(team.member, `/promotions/${promotion.id}`, async (page) => {
      await page.getByRole('button', { name: 'Retarget' }).click();
      await page.getByRole('dialog').getByLabel('Release').click();
      await page.getByRole('option', { name: new RegExp(`#${String(second.number)}`) }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Retarget' }).click();
      await page.getByRole('heading', { level: 1, name: /#2/ }).waitFor();
      expect(await page.getByText('since you opened this').count()).toBe(0);
    });
  }, 240_000);
});
