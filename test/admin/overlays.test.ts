import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { liveTwice, type Live } from '../support/live.builder.js';
import { staffedTeam } from '../support/team.builder.js';
import { createWorld, type World } from '../support/world.js';
import {
  axeFindings,
  inBrowser,
  launch,
  openWindow,
  settled,
  sidewaysOverflow,
  signInWindow,
} from './support/browser.js';

const region = [{ attribute: 'region', operator: 'equals', values: ['eu'] }];

inBrowser('what rollbacks laid over a workflow, on a phone', () => {
  let world: World;
  let browser: Browser;
  let live: Live;
  let page: Page;
  let faults: string[];
  let path: string;

  beforeAll(async () => {
    world = await createWorld();
    const team = await staffedTeam(world);
    live = await liveTwice(world, team);
    const { rollbacks, promotions } = live;
    const { levers } = await rollbacks.preview({ levers: [{ kind: 'revertPrompt' }] });
    await rollbacks.must({
      levers: levers.map(({ kind, digest }) => ({ kind, digest: digest! })),
      stageKeys: ['limited'],
    });
    await rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys: ['internal', 'expanded'] });
    await rollbacks.must({
      ...{ levers: [{ kind: 'fallback', to: 'people' }], stageKeys: ['internal'], segment: region },
    });
    path = `/workflows/${promotions.workflow.id}`;
    browser = await launch();
    const window = await openWindow(browser, world.url, { scheme: 'light', width: 390 });
    ({ page, faults } = window);
    await signInWindow(window.context, rollbacks.responder.email, rollbacks.responder.password);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  async function open(to: string): Promise<string> {
    await page.goto(to);
    await settled(page);
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    expect(await axeFindings(page)).toEqual([]);
    return page.locator('main').innerText();
  }

  test('is in the order in which it applies, and what takes no effect says so', async () => {
    const text = await open(`${path}/live`);
    expect(text.indexOf('Turned off in Internal')).toBeGreaterThan(0);
    expect(text.indexOf('Falls back in Internal')).toBeGreaterThan(text.indexOf('Turned off in Internal'));
    expect(text).toContain('No effect: rollback #2 comes before it');
    const { workflow } = await world.gql<{ workflow: { fullKey: string } }>(
      'query ($id: ID!) { workflow(id: $id) { fullKey } }',
      { id: live.promotions.workflow.id },
      { as: live.rollbacks.responder },
    );
    expect(await open(`/live/${workflow.fullKey}`)).toContain('Falls back, where region is eu, no effect');
  });

  test('is shown with the releases: which one is served, and which only holds its stage', async () => {
    const text = await open(`${path}/releases`);
    expect(text).toContain('Served in Limited, by rollback #1');
    expect(text).toContain('Holds Internal, turned off by rollback #2');
    expect(text).toContain('Holds Limited, another release is served by rollback #1');
    expect(text).not.toContain('Live in');
  });

  test('is told of a stage that held nothing, as of a time', async () => {
    const text = await open(`/as-of?workflow=${live.promotions.workflow.id}`);
    expect(text).toMatch(/Expanded:\s*No release/);
    expect(text).toContain('Turned off by rollback 2');
    expect(text).toContain('No effect: rollback 2 came before it');
    const at = encodeURIComponent(new Date().toISOString());
    const alone = await open(`/as-of/${live.promotions.workflow.id}/expanded?at=${at}`);
    expect(alone).toContain('Nothing was live in this stage then');
    expect(alone).toContain('Turned off by rollback 2');
    expect(faults).toEqual([]);
  });
});
