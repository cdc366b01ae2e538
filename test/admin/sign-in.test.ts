import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
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
