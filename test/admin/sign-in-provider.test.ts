import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { OidcWorld } from '../support/oidc-world.js';
import { inBrowser, launch, openWindow } from './support/browser.js';

inBrowser('signing in through the identity provider', () => {
  let oidc: OidcWorld;
  let browser: Browser;

  beforeAll(async () => {
    oidc = await OidcWorld.start({
      HOLDPOINT_OIDC_GROUPS: JSON.stringify({ auditors: ['auditor'] }),
    });
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await oidc.close();
  });

  const deepLink = '/ledger?filter=%7B%22chain%22%3A%22organisation%22%7D';

  test('leads to the page that was asked for, with the roles of the groups', async () => {
    const { id, email } = oidc.account({ groups: ['auditors'] });
    const { context, page, faults } = await openWindow(browser, oidc.world.url);
    await page.goto(deepLink);
    await page.getByRole('link', { name: 'Sign in with Example login' }).click();
    await page.getByRole('heading', { name: 'Example login' }).waitFor();
    expect(new URL(page.url()).origin).toBe(oidc.provider.issuer);
    await page.getByRole('link', { name: `Continue as ${id}` }).click();
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
    const at = new URL(page.url());
    expect({ origin: at.origin, path: at.pathname, filter: at.searchParams.get('filter') }).toEqual({
      origin: oidc.world.url,
      path: '/ledger',
      filter: '{"chain":"organisation"}',
    });
    await page.getByRole('button', { name: 'Account and settings' }).click();
    await page.getByText(email).waitFor();
    await page.getByText('Auditor', { exact: true }).waitFor();
    await page.getByRole('menuitem', { name: 'Account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    await page
      .getByText(/through the identity provider/)
      .first()
      .waitFor();
    await page.getByText('You have none here').waitFor();
    // The provider's page has no icon.
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await context.close();
  });

  test('says in words why it came to nothing, and still knows the page that was asked for', async () => {
    const person = await oidc.world.person();
    const { id } = oidc.account({ email: person.email, email_verified: false });
    const { context, page } = await openWindow(browser, oidc.world.url);
    await page.goto(deepLink);
    await page.getByRole('link', { name: 'Sign in with Example login' }).click();
    await page.getByRole('link', { name: `Continue as ${id}` }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/has not verified your email address/);
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
    await context.close();
  });
});
