import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { createWorld, type Person, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled } from './support/browser.js';

inBrowser('signing in', () => {
  let world: World;
  let browser: Browser;
  let person: Person;

  beforeAll(async () => {
    world = await createWorld();
    browser = await launch();
    const { id } = await world.team('support');
    person = await world.person({ name: 'Member', teams: [{ teamId: id, role: 'member' }] });
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  test('a deep link survives it, with its query', async () => {
    const { context, page } = await openWindow(browser, world.url);
    await page.goto('/ledger?page=1&perPage=50&filter=%7B%22chain%22%3A%22organisation%22%7D');
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
    expect(new URL(page.url()).searchParams.get('filter')).toBe('{"chain":"organisation"}');
    await context.close();
  });

  async function fillIn(page: Page): Promise<void> {
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  const arrived = (page: Page) => page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();

  test('the page that was asked for is in the address, and another tab that opens it leads there', async () => {
    const { context, page } = await openWindow(browser, world.url);
    await page.goto('/ledger?page=1&perPage=50');
    await page.waitForURL((url) => url.searchParams.get('to') === '/ledger?page=1&perPage=50');
    const other = await context.newPage();
    await other.goto(page.url());
    await fillIn(other);
    await arrived(other);
    expect(new URL(other.url()).searchParams.get('perPage')).toBe('50');
    // The address that was kept leads there by itself, now that somebody is signed in.
    const third = await context.newPage();
    await third.goto(page.url());
    await arrived(third);
    await context.close();
  });

  test('a tab that waits for it goes on when it is come back to after signing in elsewhere', async () => {
    const { context, page } = await openWindow(browser, world.url);
    await page.goto('/ledger');
    await page.getByLabel('Email').waitFor();
    const other = await context.newPage();
    await other.goto('/login');
    await fillIn(other);
    await other.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.bringToFront();
    // A browser without a screen tells a page nothing of being brought to the front.
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await arrived(page);
    await context.close();
  });

  test.each(['https://evil.example/x', '//evil.example', '/\\\\evil.example', 'javascript:alert(1)'])(
    'it leads to no other site: %s',
    async (to) => {
      const { context, page } = await openWindow(browser, world.url);
      const address = `/login?${new URLSearchParams({ to }).toString()}`;
      await page.goto(address);
      await fillIn(page);
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      await page.goto(address);
      await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
      expect(new URL(page.url()).origin).toBe(world.url);
      await context.close();
    },
  );

  test('a wrong password says so, announces it, and keeps the email', async () => {
    const { context, page } = await openWindow(browser, world.url);
    await page.goto('/login');
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Email').inputValue()).toBe(person.email);
    await context.close();
  });

  test('signing out leads back to the form, and the pages behind it stay shut', async () => {
    const { context, page } = await openWindow(browser, world.url);
    await page.goto('/login');
    await page.getByLabel('Email').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.getByRole('button', { name: 'Account and settings' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto('/teams');
    await settled(page);
    expect(new URL(page.url()).pathname).toBe('/login');
    await context.close();
  });
});
