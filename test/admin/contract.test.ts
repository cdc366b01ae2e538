import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { lowTierCore, registerWorkflow, routingOutput } from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled, signInWindow } from './support/browser.js';

inBrowser('writing a contract', () => {
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

  const saveDraft = (workflowId: string, expectedRevision: number, core: object) =>
    world.mustAct(
      'contractDraftSave',
      'draft { revision }',
      { workflowId, expectedRevision, core, output: routingOutput },
      team.member,
    );

  async function openContract(workflowId: string, query = '') {
    const { context, page } = await openWindow(browser, world.url);
    await signInWindow(context, team.member.email, team.member.password);
    await page.goto(`/workflows/${workflowId}/contract${query}`);
    await settled(page);
    return { context, page };
  }

  test('two writers: the second is shown what changed, and loses nothing', async () => {
    const workflow = await registerWorkflow(world, team);
    await saveDraft(workflow.id, 0, lowTierCore);
    const { context, page } = await openContract(workflow.id);
    await page.getByRole('textbox', { name: 'User job' }).fill('My words for the job');
    await saveDraft(workflow.id, 1, { ...lowTierCore, inputBoundary: 'Their words for the input' });
    await page.getByRole('button', { name: 'Save draft' }).click();

    const conflict = page.getByRole('alert').filter({ hasText: 'while you were writing' });
    await conflict.getByText('core.inputBoundary').waitFor();
    expect(await conflict.getByText('core.userJob').count()).toBe(0);
    expect(await page.getByRole('textbox', { name: 'User job' }).inputValue()).toBe('My words for the job');

    await conflict.getByRole('button', { name: 'Put my changes on top of theirs' }).click();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved.').waitFor();
    const saved = await world.gql<{ workflow: { draft: { core: Record<string, unknown> } } }>(
      'query ($id: ID!) { workflow(id: $id) { draft { core } } }',
      { id: workflow.id },
      { as: team.member },
    );
    expect(saved.workflow.draft.core).toMatchObject({
      userJob: 'My words for the job',
      inputBoundary: 'Their words for the input',
    });
    await context.close();
  });

  test('a link to a field leads to it, and the risk answers say at once what they will require', async () => {
    const workflow = await registerWorkflow(world, team);
    await saveDraft(workflow.id, 0, lowTierCore);
    const { context, page } = await openContract(workflow.id, '?field=core.outputBoundary');
    const field = page.getByRole('textbox', { name: 'Output boundary' });
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    const panel = page.getByRole('complementary', { name: 'What this contract will require' });
    await panel.getByText('Low risk').waitFor();
    const money = page.getByRole('radiogroup', { name: 'Can a wrong output move money or change a price?' });
    await money.getByRole('radio', { name: 'Yes' }).check();
    await panel.getByText('Medium risk').waitFor();
    const reviewed = page.getByRole('radiogroup', { name: /look at every output before it takes effect/ });
    await reviewed.getByRole('radio', { name: 'No' }).check();
    await panel.getByText('High risk').waitFor();
    await context.close();
  });

  test('publishing too early changes nothing and says at every field what is missing', async () => {
    const workflow = await registerWorkflow(world, team);
    const { context, page } = await openContract(workflow.id);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('User job is missing').last().waitFor();
    const job = page.getByRole('textbox', { name: 'User job' });
    expect(await job.getAttribute('aria-invalid')).toBe('true');
    await job.fill('Put a ticket into a routing code');
    await page.locator('#main [aria-invalid="true"]').first().waitFor();
    expect(await job.getAttribute('aria-invalid')).toBe('false');
    const { workflow: now } = await world.gql<{ workflow: { contract: unknown } }>(
      'query ($id: ID!) { workflow(id: $id) { contract { complete } } }',
      { id: workflow.id },
      { as: team.member },
    );
    expect(now.contract).toBeNull();
    await context.close();
  });
});
