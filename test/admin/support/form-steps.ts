import type { Locator, Page } from 'playwright-core';

type Scope = Page | Locator;

/** A heading's box on a page: its region, found by its name. */
export function section(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** Writes into the text fields of these labels, in this order. */
export async function write(scope: Scope, texts: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(texts)) {
    await scope.getByRole('textbox', { name: label, exact: true }).fill(text);
  }
}

/** Opens the lists of these labels and clicks what they are to say. */
export async function choose(scope: Scope, choices: Record<string, string | RegExp>): Promise<void> {
  for (const [label, choice] of Object.entries(choices)) {
    const list = scope.getByRole('combobox', { name: label });
    await list.click();
    const options = list.page().getByRole('listbox');
    await options.getByRole('option', { name: choice, exact: typeof choice === 'string' }).click();
    await options.waitFor({ state: 'detached' });
  }
}

/** Answers yes-or-no questions. */
export async function answer(scope: Scope, answers: Record<string, 'Yes' | 'No'>): Promise<void> {
  for (const [question, word] of Object.entries(answers)) {
    await scope
      .getByRole('radiogroup', { name: question })
      .getByRole('radio', { name: word, exact: true })
      .check();
  }
}

/** Ticks boxes below one legend. */
export async function tick(scope: Scope, legend: string, boxes: readonly string[]): Promise<void> {
  const group = scope.getByRole('group', { name: legend, exact: true });
  for (const box of boxes) await group.getByRole('checkbox', { name: box, exact: true }).check();
}

/** Signs in through the form, and arrives at home. */
export async function signInAs(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Email').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
}

/** Follows a link of the bar that every page has: "Ledger". */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place }).click();
  await page.getByRole('heading', { level: 1, name: place }).waitFor();
}

/** Follows a link of the bar above every screen of a workflow: "Evals". */
export async function openTab(page: Page, tab: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Workflow' }).getByRole('link', { name: tab }).click();
}
