import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { SetupService } from '../../apps/api/src/platform/identity/setup.service.js';
import { createWorld, type Person, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';
import { signInAs } from './support/form-steps.js';

const chosen = 'a sentence that is long enough';

inBrowser('passwords and sessions', () => {
  let world: World;
  let browser: Browser;
  let administrator: Person;

  beforeAll(async () => {
    world = await createWorld();
    browser = await launch();
    administrator = await world.person({ name: 'Administrator', organisationRoles: ['administrator'] });
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  test('the first administrator is made by the link of the first start, and is signed in', async () => {
    const empty = await createWorld();
    const token = await empty.app.get(SetupService, { strict: false }).issueLink('test');
    const { context, page } = await openWindow(browser, empty.url);
    await page.goto(`/setup?token=${token ?? ''}`);
    await page.getByLabel('Your name').fill('First administrator');
    await page.getByLabel('Email').fill('first@example.com');
    await page.getByLabel('Password').fill('holdpoint is my password');
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await page.getByText('does not contain the name of this product').waitFor();
    await page.getByLabel('Password').fill(chosen);
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await context.close();
    await empty.close();
  });

  test('an administrator makes a link, and the person sets a new password with it', async () => {
    const person = await world.person({ name: 'Forgetful' });
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, administrator.email, administrator.password);
    await page.goto('/organisation');
    await page.getByRole('button', { name: 'Access of Forgetful' }).click();
    await page.getByRole('button', { name: 'Make a link for a new password' }).click();
    const link = await page.getByLabel('Link', { exact: true }).textContent();
    await context.close();

    const other = await openWindow(browser, world.url);
    await other.page.goto(link ?? '');
    await other.page.getByLabel('New password').fill('passwordpassword');
    await other.page.getByRole('button', { name: 'Set the password' }).click();
    await other.page.getByText(/tried first/).waitFor();
    await other.page.getByLabel('New password').fill(chosen);
    await other.page.getByRole('button', { name: 'Set the password' }).click();
    await other.page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await other.page.goto(link ?? '');
    await other.page.getByLabel('New password').fill(chosen);
    await other.page.getByRole('button', { name: 'Set the password' }).click();
    await other.page.getByText(/does not work any more/).waitFor();
    await other.context.close();
    await world.signIn(person.email, chosen);
  });

  test('a person changes the own password, and the sessions elsewhere are over', async () => {
    const person = await world.person();
    const elsewhere = await openWindow(browser, world.url);
    await signInAs(elsewhere.page, person);
    const { context, page } = await openWindow(browser, world.url);
    await signInAs(page, person);
    await page.goto('/account');
    await page.getByLabel('Password you have now').fill('not the password');
    await page.getByLabel('New password').fill(chosen);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('This is not the password you have now').waitFor();
    await page.getByLabel('Password you have now').fill(person.password);
    await page.getByLabel('New password').fill(chosen);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed').waitFor();
    await page.getByText('This one').waitFor();
    await elsewhere.page.goto('/teams');
    await settled(elsewhere.page);
    expect(new URL(elsewhere.page.url()).pathname).toBe('/login');
    await elsewhere.context.close();
    await context.close();
  });

  test('an administrator disables a person, who is out at once, and enables the person again', async () => {
    const person = await world.person({ name: 'Leaving' });
    const theirs = await openWindow(browser, world.url);
    await signInAs(theirs.page, person);
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, administrator.email, administrator.password);
    await page.goto('/organisation');
    await page.getByRole('button', { name: 'Access of Leaving' }).click();
    await page.getByLabel('Reason (kept in the ledger)').fill('Left the company');
    await page.getByRole('button', { name: 'Disable Leaving' }).click();
    await page.getByRole('button', { name: 'Enable' }).waitFor();
    await theirs.page.goto('/teams');
    await theirs.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByRole('button', { name: 'Disable Leaving' }).waitFor();
    await theirs.page.getByLabel('Email').fill(person.email);
    await theirs.page.getByLabel('Password').fill(person.password);
    await theirs.page.getByRole('button', { name: 'Sign in' }).click();
    await theirs.page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    await theirs.context.close();
    await context.close();
  });
});
