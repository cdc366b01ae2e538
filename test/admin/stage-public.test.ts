import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { adoptEverywhere, servedWorkflow, type ServedWorkflow } from '../support/runtime.builder.js';
import { stagesOf } from '../support/stage.builder.js';
import { createWorld, type World } from '../support/world.js';
import { axeFindings, inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';
import { section, write } from './support/form-steps.js';

inBrowser('a stage that is opened to keys of pages', () => {
  let world: World;
  let browser: Browser;
  let served: ServedWorkflow;

  beforeAll(async () => {
    world = await createWorld();
    served = await servedWorkflow(world);
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  test('is so by its form, says what becomes visible, and an auditor reads it of the stage as it was', async () => {
    const { context, page, faults } = await openWindow(browser, world.url);
    const { email, password } = served.team.member;
    await signInWindow(context, email, password);
    const path = `/workflows/${served.id}/stages/general`;
    await page.goto(path);
    await settled(page);
    await page.getByText('No: keys of pages are told nothing of it').waitFor();
    const form = section(page, 'Revise this stage');
    await form.getByText(/may then ask what this stage serves.*Prompts, models, tools/).waitFor();
    await form.getByRole('checkbox', { name: 'Open to keys of pages' }).check();
    await write(form, { Why: 'The help page asks itself' });
    await form.getByRole('button', { name: 'Save a new revision' }).click();
    await page.getByText(/^Yes: keys of pages are told which release/).waitFor();
    await section(page, 'Revisions')
      .getByText(/Revision 2 widens the stage, and opens it to keys of pages: The help page asks itself/)
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const stages = await stagesOf(world, served.id, served.team);
    expect(stages['general']?.current.definition.public).toBe(true);
    expect(stages['limited']?.current.definition.public).toBeUndefined();

    await adoptEverywhere(world, served);
    const at = encodeURIComponent(new Date().toISOString());
    await page.goto(`/as-of/${served.id}/general?at=${at}`);
    await section(page, 'The stage then: revision 2')
      .getByText(/^Yes: keys of pages/)
      .waitFor();
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);
});
