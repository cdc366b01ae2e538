import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { addModelVersion, registerModel } from '../support/model.builder.js';
import { registerPrompt } from '../support/prompt.builder.js';
import { staffedTeam, type StaffedTeam } from '../support/team.builder.js';
import { routingOutput } from '../support/workflow.builder.js';
import { createWorld, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled } from './support/browser.js';
import { choose, goTo, openTab, section, signInAs } from './support/form-steps.js';
import * as job from './support/main-job-steps.js';

const promote = (page: Page) => section(page, 'Promote to Internal').getByRole('button', { name: 'Promote' });

inBrowser('the main job, by hand', () => {
  let world: World;
  let team: StaffedTeam;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld();
    team = await staffedTeam(world);
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  test('a low-tier workflow earns its first stage, one person asking and another approving', async () => {
    const mine = await openWindow(browser, world.url);
    const theirs = await openWindow(browser, world.url);
    const member = mine.page;
    const reviewer = theirs.page;
    await registerPrompt(world, team);
    const model = await registerModel(world, team, { temperature: 0.2 });

    // A member registers a workflow, writes its contract, says what is measured and makes a release.
    await signInAs(member, team.member);
    const workflowId = await job.registerWorkflow(member, 'Route a billing ticket', 'route');
    await job.writeContract(member);
    const { workflow } = await world.gql<{ workflow: { draft: unknown } }>(
      'query ($id: ID!) { workflow(id: $id) { draft { output } } }',
      { id: workflowId },
      { as: team.member },
    );
    expect(workflow.draft).toEqual({ output: routingOutput });
    await job.defineSuite(member, 'Gate', ['groundedness', 'schema_validity']);
    await job.makeRelease(member, 'cool', { 'Prompt version': /version 1/, 'Model version': /version 1/ });

    // They ask for the first stage; the page says what it waits for.
    await openTab(member, 'Readiness');
    await settled(member);
    await member.getByRole('button', { name: 'Request promotion' }).click();
    const request = member.getByRole('dialog', { name: 'Request promotion of #1 cool' });
    await request.getByRole('button', { name: 'Request promotion' }).click();
    await member.getByRole('heading', { level: 1, name: 'Climb to Internal: #1 cool' }).waitFor();
    const promotionPath = new URL(member.url()).pathname;
    expect(await promote(member).isDisabled()).toBe(true);
    expect(await job.waitsFor(member)).toEqual(['EV-2', 'OW-1', 'RO-5']);

    // Every line leads to where it is cleared.
    await member.getByRole('link', { name: 'EV-2', exact: true }).click();
    await job.importResults(member, /^#1 cool/);
    await member.goto(promotionPath);
    await member.getByRole('link', { name: 'OW-1', exact: true }).click();
    await job.nameWhoRunsIt(member, 'Member');
    await member.goto(promotionPath);
    await settled(member);
    expect(await job.waitsFor(member)).toEqual(['RO-5']);

    // A second person finds the review among what waits for them, and approves.
    await signInAs(reviewer, team.reviewer);
    await section(reviewer, 'Waiting for you').getByRole('link').click();
    await section(reviewer, 'Your review')
      .getByRole('button', { name: /^Approve / })
      .click();
    await reviewer.getByText('1 of 1 approvals').waitFor();

    // A parameter of the model changes; the promotion follows; the approval does not.
    await addModelVersion(world, model.id, team.member, { temperature: 0.9 });
    await member.getByRole('link', { name: 'Route a billing ticket' }).click();
    await job.makeRelease(member, 'hot', { 'Model version': /version 2/ });
    await member.getByRole('button', { name: 'Retarget the open promotion' }).click();
    const retarget = member.getByRole('dialog', { name: 'Retarget to #2 hot' });
    await retarget.getByRole('button', { name: 'Retarget' }).click();
    await member.getByRole('heading', { level: 1, name: 'Climb to Internal: #2 hot' }).waitFor();
    await member.getByText('0 of 1 approvals').waitFor();
    const review = section(member, 'Reviews').getByRole('listitem');
    expect(await review.count()).toBe(1);
    expect(await review.innerText()).toMatch(/Stale[^]*#1[^]*Changed since: .*temperature/);
    expect(await promote(member).isDisabled()).toBe(true);
    expect(await job.waitsFor(member)).toEqual(['EV-2', 'RO-5']);

    // Measured again, and approved again by the one who is still reading the old release until they move on.
    await member.getByRole('link', { name: 'EV-2', exact: true }).click();
    await job.importResults(member, /^#2 hot/);
    await member.goto(promotionPath);
    const notice = reviewer.getByRole('alert').filter({ hasText: 'The promotion was moved to #2 hot' });
    await notice.getByText(/temperature/).waitFor();
    await notice.getByRole('button', { name: 'Show the new release' }).click();
    await reviewer.getByRole('heading', { level: 1, name: 'Climb to Internal: #2 hot' }).waitFor();
    await section(reviewer, 'Your review')
      .getByRole('button', { name: /^Approve / })
      .click();
    await reviewer.getByText('1 of 1 approvals').waitFor();

    // The member's page has learnt of it by itself.
    await member.getByText('Every gate is complete.').waitFor();
    await promote(member).click();
    const confirm = member.getByRole('dialog', { name: 'Promote to Internal' });
    await confirm.getByRole('button', { name: 'Promote' }).click();
    await member.getByRole('heading', { level: 2, name: 'Executed' }).waitFor();

    // The stage serves it, and the chain of what happened is whole.
    await member.getByRole('link', { name: 'Route a billing ticket' }).click();
    const live = member.getByRole('list', { name: 'Served in each stage' }).getByRole('listitem');
    await live.filter({ hasText: /^Internal\s*#2\s*hot, since/ }).waitFor();
    await goTo(member, 'Ledger');
    await choose(member, { Chain: 'Route a billing ticket' });
    await member.getByRole('button', { name: 'Verify' }).click();
    await member.getByText(/^\d\d+ entries, unbroken/).waitFor();

    expect([...mine.faults, ...theirs.faults]).toEqual([]);
  }, 240_000);
});
