import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { liveTwice, measuredOn } from '../support/live.builder.js';
import { addModelVersion } from '../support/model.builder.js';
import { createRelease, releasedWorkflow } from '../support/release.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('reviewing', () => {
  let world: World;
  let browser: Browser;
  let team: StaffedTeam;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  /** A promotion of the first release, and a second release that differs in its temperature. */
  async function requested() {
    const workflow = await releasedWorkflow(world, team);
    const { promotion } = await world.mustAct<{ promotion: { id: string; revision: number } }>(
      'promotionRequest',
      'promotion { id revision }',
      { workflowId: workflow.id, releaseId: workflow.release.id, toStage: 'internal', kind: 'climb' },
      team.member,
    );
    const warmer = await addModelVersion(world, workflow.model.id, team.member, { temperature: 0.9 });
    const second = await createRelease(world, workflow.id, team.member, {
      promptVersionId: workflow.prompt.versionId,
      modelConfigVersionId: warmer,
      parentReleaseId: workflow.release.id,
    });
    const retarget = () =>
      world.mustAct(
        'promotionRetarget',
        'promotion { id }',
        { promotionId: promotion.id, expectedRevision: promotion.revision, releaseId: second.id },
        team.member,
      );
    return { path: `/promotions/${promotion.id}`, retarget };
  }

  test('an approval of what was read is refused once the release moved, and the page shows what changed', async () => {
    const { path, retarget } = await requested();
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.reviewer.email, team.reviewer.password);
    await page.goto(path);
    await settled(page);
    const approve = page.getByRole('button', { name: /^Approve / });
    const digest = await approve.innerText();
    await page.getByRole('textbox', { name: 'Comment' }).focus();

    // The live update names what moved; it changes neither what is read, nor what is approved, nor the focus.
    await retarget();
    const notice = page.getByRole('alert').filter({ hasText: 'was moved to #2' });
    await notice.getByText('0.9').first().waitFor();
    expect(await approve.innerText()).toBe(digest);
    expect(
      await page
        .getByRole('textbox', { name: 'Comment' })
        .evaluate((field) => field === document.activeElement),
    ).toBe(true);

    await approve.click();
    await page.getByText(/moved on since this was read; it differs in .*temperature/).waitFor();
    await notice.getByRole('button', { name: 'Show the new release' }).click();
    await page.getByRole('heading', { level: 1, name: /#2/ }).waitFor();
    expect(await approve.innerText()).not.toBe(digest);
    await approve.click();
    await page.getByText('1 of 1 approvals').waitFor();
    await context.close();
  });

  test('who retargets is told before sending why a release could not enter the stage', async () => {
    const { promotions, bad } = await liveTwice(world, team);
    const third = await promotions.withPrompt(bad, 'Third: {{ticket}}');
    await promotions.bring(third, 'internal');
    const fourth = await promotions.withPrompt(third, 'Fourth: {{ticket}}');
    const { id } = await promotions.request({ release: third, toStage: 'limited' });
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.member.email, team.member.password);
    await page.goto(`/promotions/${id}`);
    await page.getByRole('button', { name: 'Retarget' }).click();
    const dialog = page.getByRole('dialog', { name: 'Retarget the promotion' });
    const choose = async (name: string) => {
      await dialog.getByRole('combobox', { name: 'Release' }).click();
      await page.getByRole('option', { name }).click();
    };
    await choose(`#4 ${fourth.alias}`);
    await dialog.getByText('Release #4 must be in Internal to enter Limited').waitFor();
    await choose(`#2 ${bad.alias}`);
    await dialog.getByText('Release #2 is in Limited already').waitFor();
    await context.close();
  });

  test('keys lead to the parts of the page, do nothing while somebody writes, and can be switched off', async () => {
    const { path } = await requested();
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.reviewer.email, team.reviewer.password);
    await page.goto(path);
    await settled(page);
    const comment = page.getByRole('textbox', { name: 'Comment' });
    const focused = () => comment.evaluate((field) => field === document.activeElement);
    await page.keyboard.press('c');
    expect(await focused()).toBe(true);
    await page.keyboard.type('c1');
    expect(await comment.inputValue()).toBe('c1');
    await page.getByRole('checkbox', { name: 'Keys are on' }).uncheck();
    await page.keyboard.press('c');
    expect(await focused()).toBe(false);
    await context.close();
  });

  test('on a phone nothing is said of keys, none of them acts, and links lead to the parts of the page', async () => {
    const { path } = await requested();
    const { context, page } = await openWindow(browser, world.url, {
      ...{ scheme: 'light', width: 390, touch: true },
    });
    await signInWindow(context, team.reviewer.email, team.reviewer.password);
    await page.goto(path);
    await settled(page);
    expect(await page.getByRole('heading', { name: 'Keys' }).count()).toBe(0);
    await page.keyboard.press('c');
    const comment = page.getByRole('textbox', { name: 'Comment' });
    expect(await comment.evaluate((field) => field === document.activeElement)).toBe(false);
    const links = page.getByRole('navigation', { name: 'On this page' }).getByRole('button');
    expect(await links.allInnerTexts()).toEqual(['Changes', 'Evals', 'Readiness', 'Decision']);
    await links.filter({ hasText: 'Evals' }).click();
    const evals = page.getByRole('region', { name: 'Evals against what is live' });
    const { y } = (await evals.boundingBox())!;
    expect(Math.abs(y)).toBeLessThan(200);
    await context.close();
  });

  test('a metric that is good enough over too few cases says so, in a table that is whole at 1280 pixels', async () => {
    const live = await liveTwice(world, team);
    await world.mustAct(
      'evalSuiteVersionCreate',
      'evalSuiteVersion { id }',
      {
        ...{ suiteId: live.suiteId, expectedVersion: 1 },
        definition: {
          metrics: [{ name: 'accuracy_of_every_answer', threshold: 0.5, minSamples: 40, tolerance: 0.05 }],
        },
      },
      team.member,
    );
    const third = await live.promotions.withPrompt(live.bad, 'Third: {{ticket}}');
    await measuredOn(live, third, 'case-1', 'accuracy_of_every_answer');
    const { id } = await live.promotions.request({ release: third, toStage: 'internal', kind: 'replace' });
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.reviewer.email, team.reviewer.password);
    await page.goto(`/promotions/${id}`);
    await settled(page);
    const row = page
      .getByRole('table', { name: 'Evals against what is live' })
      .getByRole('row', { name: /^accuracy_of_every_answer/ });
    expect(await row.getByRole('cell').nth(0).innerText()).toMatch(/^Not met\s+1 of 40 cases$/);
    expect(await row.getByRole('cell').nth(4).innerText()).toMatch(/^at least 0.5\s+over 40 cases$/);
    const frame = page.getByRole('group', { name: /^Evals against what is live/ });
    expect(await frame.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    await context.close();
  });
});
