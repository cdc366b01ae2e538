import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { addPromptVersion, registerPrompt } from '../support/prompt.builder.js';
import { releasedWorkflow } from '../support/release.builder.js';
import { staffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';
import { axeFindings, inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('a new version of a prompt', () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld();
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  test('is offered to the workflow that uses the prompt, and pinned by the release that it leads to', async () => {
    const team = await staffedTeam(world);
    const workflow = await releasedWorkflow(world, team);
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.member.email, team.member.password);
    await page.goto(`/workflows/${workflow.id}`);
    await settled(page);
    const offer = page.getByRole('alert').filter({ hasText: 'has version 2' });
    expect(await offer.count()).toBe(0);

    await addPromptVersion(world, workflow.prompt.id, team.member, 'Another text: {{ticket}}');
    await offer.getByText('The newest release pins version 1.').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.goto(`/prompts/${workflow.prompt.id}`);
    await page.getByText('Version 1 in its newest release').waitFor();
    await page.getByRole('link', { name: 'Make a release with version 2' }).click();
    await page.getByRole('combobox', { name: 'Prompt version' }).getByText('version 2').waitFor();
    await page.getByRole('button', { name: 'Make the release' }).click();
    await page.waitForURL(/\/releases\/[0-9a-f-]{36}$/);

    await page.goto(`/prompts/${workflow.prompt.id}`);
    await page.getByText('Version 2 in its newest release').waitFor();
    expect(await page.getByRole('link', { name: 'Make a release with version 2' }).count()).toBe(0);
    await context.close();
  });

  test('is told from that of another team’s prompt of the same name, where a release is made', async () => {
    const [team, other] = [await staffedTeam(world), await staffedTeam(world)];
    const workflow = await releasedWorkflow(world, team);
    const name = 'Answer a ticket';
    for (const owner of [team, other])
      await registerPrompt(world, owner, 'Answer: {{ticket}}', { key: 'answer', name });
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.member.email, team.member.password);
    await page.goto(`/workflows/${workflow.id}/releases/new`);
    await page.getByRole('combobox', { name: 'Prompt version' }).click();
    const options = page.getByRole('option', { name });
    expect((await options.allInnerTexts()).sort()).toEqual(
      [team, other].map(({ key }) => `${name} (${key}/answer) version 1: Say it better`).sort(),
    );
    // Where one has a name to itself, that is enough.
    await page
      .getByRole('option', { name: /^Prompt \d+ version 1: / })
      .first()
      .waitFor();
    await context.close();
  });
});
