import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { registerModel } from '../support/model.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { lowTierCore, registerWorkflow, routingOutput } from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('a field whose text is not JSON', () => {
  let world: World;
  let browser: Browser;
  let team: StaffedTeam;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function open(path: string) {
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.member.email, team.member.password);
    await page.goto(path);
    await settled(page);
    return { context, page };
  }

  test('keeps a model version from being saved, and says which field it is', async () => {
    const model = await registerModel(world, team, { temperature: 0 });
    const versions = async () =>
      (
        await world.gql<{ modelConfig: { versions: { nodes: { parameters: unknown }[] } } }>(
          'query ($id: ID!) { modelConfig(id: $id) { versions { nodes { parameters } } } }',
          { id: model.id },
          { as: team.member },
        )
      ).modelConfig.versions.nodes.map((version) => version.parameters);
    const { context, page } = await open(`/models/${model.id}/new`);
    const field = page.getByRole('textbox', { name: 'Parameters' });
    await field.fill('{"temperature": 0.2,}');
    await page.getByRole('textbox', { name: 'What changed and why' }).fill('Warmer');
    const save = page.getByRole('button', { name: 'Save the version' });
    await save.click();
    await page.getByRole('alert').getByText('Parameters (JSON): Not JSON yet').waitFor();
    expect(await field.inputValue()).toBe('{"temperature": 0.2,}');
    expect(await versions()).toEqual([{ temperature: 0 }]);

    await field.fill('{"temperature": 0.2}');
    await save.click();
    await page.waitForURL(`**/models/${model.id}`);
    expect(await versions()).toEqual([{ temperature: 0.2 }, { temperature: 0 }]);
    await context.close();
  });

  test('keeps a contract from being saved and from being published, and counts as missing', async () => {
    const workflow = await registerWorkflow(world, team);
    await world.mustAct(
      'contractDraftSave',
      'draft { revision }',
      { workflowId: workflow.id, expectedRevision: 0, core: lowTierCore, output: routingOutput },
      team.member,
    );
    const { context, page } = await open(`/workflows/${workflow.id}/contract`);
    await page.getByText('Nothing is missing.').waitFor();
    await page.getByRole('textbox', { name: 'JSON Schema of the output' }).fill('{"type": "object",}');
    await page.getByText('Not complete yet.').waitFor();
    const refusal = page.getByRole('alert').getByText('JSON Schema of the output: Not JSON yet');
    for (const name of ['Save draft', 'Publish']) {
      await page.getByRole('button', { name }).click();
      await refusal.waitFor();
    }
    const { workflow: now } = await world.gql<{
      workflow: { contract: unknown; draft: { revision: number } };
    }>(
      'query ($id: ID!) { workflow(id: $id) { contract { complete } draft { revision } } }',
      { id: workflow.id },
      { as: team.member },
    );
    expect(now).toEqual({ contract: null, draft: { revision: 1 } });
    await context.close();
  });
});
