import { beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openLiveConsole } from '../support/console.builder.js';
import { incidentAct } from '../support/incident.builder.js';
import { measuredOn, mendedRelease } from '../support/live.builder.js';
import type { Person } from '../support/world.js';
import * as after from './support/aftermath-steps.js';
import { axeFindings, inBrowser, sidewaysOverflow, type Window } from './support/browser.js';
import { choose, section, write } from './support/form-steps.js';

inBrowser('what a rollback left, by phone', () => {
  const on = openLiveConsole();
  let window: Window;
  let path: string;

  beforeEach(() => {
    path = `/workflows/${on.live.promotions.workflow.id}`;
  });

  async function opened(to: string, as: Person): Promise<Page> {
    window = await on.opened(to, as, { scheme: 'dark', width: 390 });
    return window.page;
  }

  /** Nothing sticks out, axe finds nothing, and nothing was thrown. */
  async function isSound(page: Page): Promise<void> {
    expect([await sidewaysOverflow(page), await axeFindings(page), window.faults]).toEqual([0, [], []]);
  }

  test('several holds are lifted by another person, stage by stage, and what was written stays', async () => {
    const { rollback, incident } = await on.live.rollbacks.revert(on.live.good);
    const page = await opened(`${path}/live`, on.live.other);
    const left = section(page, 'Left by rollbacks');
    await left.getByText('Its incident is open still; move it to monitoring first').waitFor();
    expect(await left.getByRole('button', { name: /^Lift/ }).count()).toBe(0);
    await page.goto(`${path}/incidents/${incident.id}`);
    await page.getByRole('button', { name: 'Start monitoring' }).click();
    const monitor = page.getByRole('dialog', { name: 'Start monitoring' });
    await write(monitor, { 'What is watched': 'Answers of the last hour' });
    await monitor.getByRole('button', { name: 'Start monitoring' }).click();
    await after.incidentIs(page, 'Monitoring');

    await page.goto(`${path}/live`);
    await left.getByRole('button', { name: /^Lift: No promotion into Internal, Limited/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Lift the hold' });
    await dialog.getByRole('checkbox', { name: 'Limited' }).uncheck();
    await write(dialog, { 'Why promotions may go on': 'The provider has mended it' });
    await isSound(page);
    await dialog.getByRole('button', { name: 'Lift' }).click();
    await dialog.waitFor({ state: 'detached' });
    await after.leftIs(page, [/^HoldNo promotion into Limited, by rollback #1/, /^Quarantine/]);

    // Somebody else is faster: the dialog says so, and keeps what was written.
    await left.getByRole('button', { name: /^Lift: No promotion into Limited/ }).click();
    await write(dialog, { 'Why promotions may go on': 'All of it' });
    await on.live.rollbacks.lift(
      rollback.holds.find(({ stageKey }) => stageKey === 'limited')!,
      on.team.reviewer,
    );
    await dialog.getByRole('button', { name: 'Lift' }).click();
    await dialog.getByRole('alert').getByText('This hold is lifted already').waitFor();
    expect(await dialog.getByRole('textbox').first().inputValue()).toBe('All of it');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await after.leftIs(page, [/^Quarantine/]);
    await window.context.close();
  }, 120_000);

  test('a quarantine is cleared by another person, and who rolled back is told why not', async () => {
    const both = await on.world.person({ name: 'Both', organisationRoles: ['responder'] });
    await on.live.rollbacks.revert(on.live.good, {}, both);
    const own = await opened(`${path}/live`, both);
    await section(own, 'Left by rollbacks')
      .getByText('You rolled back; another person clears what was left')
      .waitFor();
    await window.context.close();
    // The workflow's page says what keeps the release out, and leads to where that is cleared.
    const page = await opened(path, on.live.other);
    const wait = section(page, 'Promote to Internal').getByRole('listitem').filter({ hasText: 'quarantine' });
    await wait.getByRole('link', { name: 'Left by rollbacks' }).click();
    await section(page, 'Left by rollbacks')
      .getByRole('button', { name: /^Clear: #2 / })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Clear the quarantine' });
    expect(await dialog.getByRole('button', { name: 'Clear' }).isDisabled()).toBe(true);
    await write(dialog, { 'Why it is fit to be served': 'It was the provider' });
    await isSound(page);
    await dialog.getByRole('button', { name: 'Clear' }).click();
    await dialog.waitFor({ state: 'detached' });
    await after.leftIs(page, [/^Hold/]);
    await window.context.close();
  }, 120_000);

  test('an overlay is ended for the release that is shown, once nothing forbids it', async () => {
    const { rollback, incident } = await on.live.rollbacks.must({
      ...{ levers: [{ kind: 'disable' }], stageKeys: ['internal'] },
    });
    const page = await opened(`${path}/live`, on.live.other);
    const end = section(page, 'Left by rollbacks').getByRole('button', {
      name: /^End: Turned off in Internal/,
    });
    await end.click();
    const dialog = page.getByRole('dialog', { name: 'End the overlay' });
    const confirm = dialog.getByRole('button', { name: 'End', exact: true });
    await dialog.getByText(`Internal would serve #2 ${on.live.bad.alias}`).waitFor();
    await dialog.getByText('Internal is on hold since rollback #1; lift the hold first').waitFor();
    expect(await confirm.isDisabled()).toBe(true);
    await isSound(page);

    // It learns by itself that the hold is gone.
    await incidentAct(on.world, 'incidentMonitor', { incidentId: incident.id, note: '' }, on.live.other);
    await on.live.rollbacks.lift(rollback.holds[0]!, on.live.other);
    await dialog.getByText('Every gate is complete.').waitFor();
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('No overlay, hold or quarantine').waitFor();
    expect((await on.live.rollbacks.onCall()).serving[0]).toMatchObject({ number: 2, overlay: null });
    await window.context.close();
  }, 120_000);

  test('an overlay stays while a gate of what would be served is incomplete, which leads to where it is cleared', async () => {
    const { rollback, incident } = await on.live.rollbacks.must({
      ...{ levers: [{ kind: 'disable' }], stageKeys: ['internal'] },
    });
    await incidentAct(on.world, 'incidentMonitor', { incidentId: incident.id, note: '' }, on.live.other);
    await on.live.rollbacks.lift(rollback.holds[0]!, on.live.other);
    await after.askForMore(on.live, 'EV-2');
    const page = await opened(`${path}/live`, on.live.other);
    await section(page, 'Left by rollbacks')
      .getByRole('button', { name: /^End: / })
      .click();
    const dialog = page.getByRole('dialog', { name: 'End the overlay' });
    await dialog.getByRole('listitem').getByRole('link', { name: 'EV-2' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'End', exact: true }).isDisabled()).toBe(true);
    await isSound(page);
    await window.context.close();
  }, 120_000);

  test('a fix that names a case nobody measured is refused at that field, and nothing is lost', async () => {
    const { incident } = await on.live.rollbacks.must({ levers: [{ kind: 'disable' }] });
    const page = await opened(`${path}/incidents/${incident.id}`, on.team.member);
    await page.getByRole('button', { name: 'Start a fix' }).click();
    const dialog = page.getByRole('dialog', { name: 'Fix incident #1' });
    // What was turned off mends nothing, and neither does what came before it.
    await dialog.getByText('No release is newer than what was left').waitFor();
    expect(await dialog.getByRole('button', { name: 'Request the fix' }).isDisabled()).toBe(true);
    const mended = await mendedRelease(on.live, on.live.bad);
    await measuredOn(on.live, mended, 'nonsense-1');
    await dialog
      .getByRole('combobox', { name: 'Release that mends it' })
      .getByText(`#3 ${mended.alias}`)
      .waitFor();
    await choose(dialog, { 'Up to stage': 'Internal' });
    const note = { 'Note for the reviewers': 'It reads the ticket again' };
    await write(dialog, { 'Case that was added': 'nonsense-2', ...note });
    await dialog.getByRole('button', { name: 'Request the fix' }).click();
    const field = dialog.getByRole('textbox', { name: 'Case that was added' });
    await after.isWrong(field, 'No run of this release has measured that case of that suite');
    expect(await dialog.getByRole('textbox', { name: 'Note for the reviewers' }).inputValue()).toBe(
      note['Note for the reviewers'],
    );
    expect(await dialog.getByRole('combobox', { name: 'Up to stage' }).innerText()).toBe('Internal');
    await isSound(page);
    await field.fill('nonsense-1');
    await dialog.getByRole('button', { name: 'Request the fix' }).click();
    await page.getByRole('heading', { level: 1, name: `Fix up to Internal: #3 ${mended.alias}` }).waitFor();
    await window.context.close();
  }, 120_000);
});
