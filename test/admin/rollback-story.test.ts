import { beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openLiveConsole } from '../support/console.builder.js';
import { measuredOn, mendedRelease } from '../support/live.builder.js';
import type { CreatedRelease } from '../support/release.builder.js';
import type { Person } from '../support/world.js';
import * as after from './support/aftermath-steps.js';
import { axeFindings, inBrowser, openWindow, sidewaysOverflow, type Look } from './support/browser.js';
import { section, signInAs, write } from './support/form-steps.js';
import { Touches } from './support/phone.js';

const phone: Look = { scheme: 'dark', width: 390 };
const desk: Look = { scheme: 'light', width: 1280 };

inBrowser('a rollback, from the phone to the closed incident', () => {
  const on = openLiveConsole();
  let onCall: Person;
  let mended: CreatedRelease;

  beforeEach(async () => {
    onCall = await on.world.person({
      name: 'On call',
      teams: [
        { teamId: on.team.id, role: 'responder' },
        { teamId: on.team.id, role: 'member' },
      ],
    });
    mended = await mendedRelease(on.live, on.live.bad);
    await measuredOn(on.live, mended, 'nonsense-1');
  }, 120_000);

  /** Nothing on the page sticks out at its side, and axe finds nothing on it. */
  async function isSound(page: Page): Promise<void> {
    expect([await sidewaysOverflow(page), await axeFindings(page)]).toEqual([0, []]);
  }

  test('is left by a fix that a second person approves, and looked at by a different person', async () => {
    const mine = await openWindow(on.browser, on.world.url, phone);
    const theirs = await openWindow(on.browser, on.world.url, desk);
    const [page, reviewer] = [mine.page, theirs.page];
    const { id } = on.live.promotions.workflow;
    const release = `#${String(mended.number)} ${mended.alias}`;

    // Whoever is on call turns it off, on a phone, and goes on to the incident that this opened.
    await signInAs(page, onCall);
    await page.goto(`/live/${on.key}`);
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Change lever, stages or segment');
    await page.getByRole('radio', { name: /^Turn it off/ }).check();
    await touches.tap('Wrong or harmful answers');
    await touches.hold(/^Hold to /, 1500);
    await page.getByText('No promotion goes into Internal, Limited until the hold is lifted').waitFor();
    await page.getByRole('link', { name: 'Incident #1' }).click();
    await page.getByRole('heading', { level: 2, name: /^Incident #1: / }).waitFor();
    await after.incidentIs(page, 'Open');
    const incidentPath = new URL(page.url()).pathname;
    await isSound(page);

    // They ask for a fix. It proposes the newest release and the last stage that is on hold.
    await section(page, 'Rollbacks and fixes').getByRole('button', { name: 'Start a fix' }).click();
    const dialog = page.getByRole('dialog', { name: 'Fix incident #1' });
    await dialog.getByRole('combobox', { name: 'Release that mends it' }).getByText(release).waitFor();
    await dialog.getByRole('combobox', { name: 'Up to stage' }).getByText('Limited').waitFor();
    await write(dialog, {
      'Case that was added': 'nonsense-1',
      'Note for the reviewers': 'It reads the ticket again',
    });
    await isSound(page);
    await dialog.getByRole('button', { name: 'Request the fix' }).click();
    await page.getByRole('heading', { level: 1, name: `Fix up to Limited: ${release}` }).waitFor();
    const promotionPath = new URL(page.url()).pathname;

    // A second person finds it, reads which incident it mends and by which case, and approves.
    await signInAs(reviewer, on.team.reviewer);
    await section(reviewer, 'Waiting for you').getByRole('link', { name: mended.alias }).click();
    await reviewer.getByRole('heading', { level: 1, name: `Fix up to Limited: ${release}` }).waitFor();
    await reviewer.getByRole('link', { name: /^Incident #1 / }).waitFor();
    await reviewer.getByText('nonsense-1').waitFor();
    await section(reviewer, 'Your review')
      .getByRole('button', { name: /^Approve / })
      .click();
    await reviewer.getByText('1 of 1 approvals').waitFor();

    // On call sees it arrive, and executes it, stage by stage; a short soak lies between.
    await page.getByText('1 of 1 approvals').waitFor();
    await isSound(page);
    await after.promote(page, 'Internal');
    await section(page, 'Promote to Limited').waitFor();
    await page.goto(`/workflows/${id}/live`);
    await after.leftIs(page, [/^OverlayTurned off in Limited/, /^HoldNo promotion into Limited, /]);
    await page.goto(incidentPath);
    await after.incidentIs(page, 'Monitoring');
    await section(page, 'Rollbacks and fixes').getByText(', in Internal since').waitFor();
    on.world.shiftClock(3 * 3_600_000);
    await page.goto(promotionPath);
    await after.promote(page, 'Limited');
    await section(page, 'Executed').waitFor();

    // Nothing is left of the rollback, and the fix is what both stages serve.
    await page.goto(`/workflows/${id}/live`);
    await page.getByText('No overlay, hold or quarantine').waitFor();
    await page.goto(`/live/${on.key}`);
    const served = page.getByRole('list', { name: 'Served in each stage' }).getByRole('listitem');
    for (const stage of ['Internal', 'Limited'])
      await served.filter({ hasText: stage }).filter({ hasText: release }).waitFor();

    // The incident is closed with what it was.
    await page.goto(incidentPath);
    await after.fixIs(page, 'Executed');
    await after.resolve(page, 'The prompt took the ticket for its own words');
    await after.incidentIs(page, 'Resolved');
    await page.getByRole('definition').getByText('The prompt took the ticket for its own words').waitFor();
    expect(await page.getByRole('button', { name: 'Start a fix' }).count()).toBe(0);
    await isSound(page);

    // Who rolled back is not asked whether that was justified; a different person is.
    await page.getByRole('link', { name: /^Rollback #1: / }).click();
    await page.getByText('by a different person').waitFor();
    expect(await page.getByRole('button', { name: 'It was justified' }).count()).toBe(0);
    await section(page, 'What it left').getByText('Nothing of it lasts.').waitFor();
    expect(await after.endings(page)).toEqual([
      ...['Overlay Turned off in Internal Ended by a fix', 'Overlay Turned off in Limited Ended by a fix'],
      ...[
        'Hold No promotion into Internal Lifted by a fix',
        'Hold No promotion into Limited Lifted by a fix',
      ],
    ]);
    await reviewer.goto('/');
    await section(reviewer, 'Waiting for you')
      .getByRole('link', { name: /rollback/i })
      .click();
    await after.giveVerdict(reviewer, 'It was justified', 'Ten of twelve answers were wrong');
    const verdict = 'Justified, by Reviewer: Ten of twelve answers were wrong';
    await reviewer.getByText(verdict).waitFor();
    await page.getByText(verdict).waitFor();
    await isSound(page);
    expect([...mine.faults, ...theirs.faults]).toEqual([]);
    await Promise.all([mine.context.close(), theirs.context.close()]);
  }, 240_000);
});
