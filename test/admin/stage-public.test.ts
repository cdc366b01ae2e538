import { beforeAll, expect, test } from '@jest/globals';
import { openConsole } from '../support/console.builder.js';
import { adoptEverywhere, servedWorkflow, type ServedWorkflow } from '../support/runtime.builder.js';
import { stagesOf } from '../support/stage.builder.js';
import { axeFindings, inBrowser } from './support/browser.js';
import { section, write } from './support/form-steps.js';

inBrowser('a stage that is opened to keys of pages', () => {
  const on = openConsole();
  let served: ServedWorkflow;

  beforeAll(async () => {
    served = await servedWorkflow(on.world);
  }, 120_000);

  test('is so by its form, says what becomes visible, and an auditor reads it of the stage as it was', async () => {
    const path = `/workflows/${served.id}/stages/general`;
    const { context, page, faults } = await on.opened(path, served.team.member);
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
    const stages = await stagesOf(on.world, served.id, served.team);
    expect(stages['general']?.current.definition.public).toBe(true);
    expect(stages['limited']?.current.definition.public).toBeUndefined();

    await adoptEverywhere(on.world, served);
    const at = encodeURIComponent(new Date().toISOString());
    await page.goto(`/as-of/${served.id}/general?at=${at}`);
    await section(page, 'The stage then: revision 2')
      .getByText(/^Yes: keys of pages/)
      .waitFor();
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);
});
