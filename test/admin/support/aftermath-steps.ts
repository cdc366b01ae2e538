import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Live } from '../../support/live.builder.js';
import { reviseStage } from '../../support/stage.builder.js';
import { section, write } from './form-steps.js';

/** Waits until the incident's page says that it is open, monitoring or resolved. */
export async function incidentIs(page: Page, word: string): Promise<void> {
  const incident = page.getByRole('region', { name: /^Incident #\d+: / });
  await incident
    .locator('span')
    .filter({ hasText: new RegExp(`^${word}$`) })
    .waitFor();
}

/** Waits until the incident's page says how its fix stands. */
export async function fixIs(page: Page, word: string): Promise<void> {
  const fix = page.getByRole('list', { name: 'Rollbacks and fixes' }).getByRole('listitem');
  await fix
    .filter({ hasText: /^Fix: / })
    .getByText(word, { exact: true })
    .waitFor();
}

/** What rollbacks left, as the page tells it: these rows and no others. */
export async function leftIs(page: Page, rows: readonly RegExp[]): Promise<void> {
  const list = page.getByRole('list', { name: 'Left by rollbacks' }).getByRole('listitem');
  for (const row of rows) await list.filter({ hasText: row }).waitFor();
  expect(await list.count()).toBe(rows.length);
}

/** Promotes on the page of a promotion, once every gate is complete. */
export async function promote(page: Page, stage: string): Promise<void> {
  await section(page, `Promote to ${stage}`).getByText('Every gate is complete.').waitFor();
  await section(page, `Promote to ${stage}`).getByRole('button', { name: 'Promote' }).click();
  const dialog = page.getByRole('dialog', { name: `Promote to ${stage}` });
  await dialog.getByRole('button', { name: 'Promote' }).click();
  await dialog.waitFor({ state: 'detached' });
}

export async function resolve(page: Page, note: string): Promise<void> {
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Resolve the incident' });
  expect(await dialog.getByRole('button', { name: 'Resolve' }).isDisabled()).toBe(true);
  await write(dialog, { 'What it was and what ended it': note });
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Says whether a rollback was justified. */
export async function giveVerdict(page: Page, button: string, comment: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog');
  await write(dialog, { 'What you found': comment });
  await dialog.getByRole('button', { name: 'Record' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** How what a rollback left has ended, as its page tells it, without the times. */
export async function endings(page: Page): Promise<string[]> {
  const rows = page.getByRole('list', { name: 'What it left' }).getByRole('listitem');
  return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').replace(/, [^,]*$/, ''));
}

/** A field is marked as wrong, and says why to whoever reads it or has it read. */
export async function isWrong(field: Locator, why: string): Promise<void> {
  const page = field.page();
  await page.getByText(why).waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  const about = await field.getAttribute('aria-describedby');
  expect(await page.locator(`[id="${about ?? ''}"]`).innerText()).toContain(why);
}

/** The first stage asks for one check more from now on. */
export async function askForMore({ promotions }: Live, checkId: string): Promise<void> {
  const { world, workflow, team } = promotions;
  const { userErrors } = await reviseStage(world, workflow.id, team, 'internal', (definition) => ({
    ...definition,
    checks: { ...definition.checks, removed: definition.checks.removed.filter((id) => id !== checkId) },
  }));
  expect(userErrors).toEqual([]);
}
