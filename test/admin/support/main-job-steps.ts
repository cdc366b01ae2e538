import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { lowTierCore, routingOutput } from '../../support/workflow.builder.js';
import { answer, choose, goTo, openTab, section, tick, write } from './form-steps.js';

const resultFile = fileURLToPath(
  new URL('../../support/files/promptfoo/gate-pass.results.json', import.meta.url),
);

/** Registers a workflow in the form. It leads to the contract. @returns its id. */
export async function registerWorkflow(page: Page, name: string, key: string): Promise<string> {
  await goTo(page, 'Workflows');
  await page.getByRole('link', { name: 'Register a workflow' }).click();
  await choose(page, { Team: /^Team/ });
  await write(page, { Name: name, Key: key });
  await page.getByRole('button', { name: 'Register' }).click();
  await page.waitForURL(/\/workflows\/[^/]+\/contract$/);
  return new URL(page.url()).pathname.split('/')[2]!;
}

/** Fills in and publishes a contract of the low tier that is measured by groundedness. */
export async function writeContract(page: Page): Promise<void> {
  const form = page.getByRole('group', { name: 'Contract', exact: true });
  const [metric] = lowTierCore.successMetrics;
  await write(form, {
    'User job': lowTierCore.userJob,
    'Input boundary': lowTierCore.inputBoundary,
    'Output boundary': lowTierCore.outputBoundary,
    'What it never does by itself': lowTierCore.neverDoes.join('\n'),
  });
  await form.getByRole('button', { name: 'Add metric' }).click();
  const row = form.getByRole('group', { name: 'Metric 1' });
  await write(row, {
    Name: 'groundedness',
    'What is measured': metric!.description,
    Threshold: '0.9',
    'Least samples': '3',
  });
  await write(form, {
    'What it does': lowTierCore.failureBehaviour.whenUnsure,
    'Escalates to': lowTierCore.failureBehaviour.escalationTarget,
  });
  await choose(form, { Action: 'Abstains', Fallback: 'People' });
  await write(form, {
    'JSON Schema of the output': JSON.stringify(routingOutput.schema),
    'Status field': routingOutput.statusField,
    'How null is to be read': routingOutput.nullRules,
  });
  await choose(form, { Pattern: 'Prompt and schema', 'What it does by itself': 'Suggests, a person acts' });
  await answer(form, {
    'Can a wrong output move money or change a price?': 'No',
    'Can a wrong output make a legal commitment?': 'No',
    'Can a wrong output change the status of a customer?': 'No',
    'Can a wrong output change who may do what?': 'No',
    'Does the output reach the public without a person in between?': 'No',
    'Can retrieval reach the data of more than one tenant?': 'No',
    'Does a person look at every output before it takes effect?': 'Yes',
  });
  await write(form, { 'Why these answers hold': lowTierCore.risk.reason });
  await tick(form, 'Classes of data it sees', ['Internal']);
  await tick(form, 'Levers for a rollback', ['Switch it off', 'Fall back to something simpler']);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published: core 1.').waitFor();
}

/** Defines what is measured: every metric's mean at least 0.9 over 20 samples, and three cases of success. */
export async function defineSuite(page: Page, name: string, metrics: readonly string[]): Promise<void> {
  await openTab(page, 'Evals');
  await page.getByRole('button', { name: 'New suite' }).click();
  const dialog = page.getByRole('dialog', { name: 'New suite' });
  await write(dialog, { Name: name, Key: name.toLowerCase() });
  await dialog.getByRole('button', { name: 'Create' }).click();
  const form = page.getByRole('group', { name: 'Suite', exact: true });
  for (const [index, metric] of metrics.entries()) {
    await form.getByRole('button', { name: 'Add metric' }).click();
    const row = form.getByRole('group', { name: `Metric ${String(index + 1)}` });
    await write(row, { Name: metric, Threshold: '0.9', 'Least samples': '20' });
  }
  await write(form, { Success: '3' });
  await page.getByRole('button', { name: 'Save version 1' }).click();
  await page.getByRole('button', { name: 'Save a new version' }).waitFor();
}

/**
 * Makes a release with one step in the form; where there is one already, the form starts from it.
 * Its page is open afterwards. @param parts what to choose, by the label of the list.
 */
export async function makeRelease(
  page: Page,
  alias: string,
  parts: Record<string, string | RegExp>,
): Promise<void> {
  await openTab(page, 'Releases');
  await page.getByRole('link', { name: 'New release' }).click();
  await write(page, { Alias: alias });
  await choose(page.getByRole('group', { name: 'Step 1' }), parts);
  await page.getByRole('button', { name: 'Make the release' }).click();
  await page.getByRole('heading', { level: 2, name: new RegExp(`^Release #\\d+ ${alias}$`) }).waitFor();
}

/** Imports the result file for a release, from the workflow's evals. */
export async function importResults(page: Page, release: RegExp): Promise<void> {
  const form = section(page, 'Import results');
  await choose(form, { Release: release });
  await form.getByLabel('Result file').setInputFiles(resultFile);
  await form.getByRole('button', { name: 'Import' }).click();
  await form.getByText('Imported 24 cases.').waitFor();
}

/** Names who runs the workflow, on the page that asks for it. */
export async function nameWhoRunsIt(page: Page, accountable: string): Promise<void> {
  const form = page.getByRole('group', { name: 'Operating record' });
  await choose(form, { 'Accountable person': accountable });
  await write(form, { 'Escalation contact': 'The on-call channel of the team' });
  await page.getByRole('button', { name: 'Save a new version' }).click();
  await page.getByText('Version 1,').waitFor();
}

/** The checks that a promotion waits for, by their ids, sorted; each of them is a link. */
export async function waitsFor(page: Page): Promise<string[]> {
  const links = section(page, 'Promote to Internal').getByRole('listitem').getByRole('link');
  return (await links.allTextContents()).sort();
}
