import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openLiveConsole } from '../support/console.builder.js';
import { runtimeKey } from '../support/runtime.builder.js';
import { Clients, eventually } from '../support/sdk.builder.js';
import type { Person } from '../support/world.js';
import { axeFindings, inBrowser, openWindow } from './support/browser.js';
import { throttle, Touches } from './support/phone.js';

const phone = { scheme: 'dark', width: 390 } as const;

inBrowser('a rollback by phone', () => {
  const on = openLiveConsole();
  let clients: Clients;

  const onCall = (): Person => on.live.rollbacks.responder;
  const count = () => on.world.db.rollback.count({ where: { workflowId: on.live.promotions.workflow.id } });

  /** An application that runs, and has reported. */
  async function application(): Promise<Clients> {
    clients = new Clients();
    const runtime = await runtimeKey(on.world, { team: on.team });
    const instance = clients.make({ url: on.world.url, key: runtime.secret, workflows: [on.key] });
    await instance.ready();
    await eventually('the instance is live', () => instance.workflow(on.key).state === 'live');
    await new Promise((resolve) => setTimeout(resolve, 700));
    return clients;
  }

  const signedIn = (path: string) => on.opened(path, onCall(), phone);

  const progress = (page: Page) => page.waitForURL(new RegExp(`/live/${on.key}/rollbacks/1$`));

  test('is three touches from the deep link, through sign-in, over a slow network, and is confirmed', async () => {
    await application();
    const { context, page, faults } = await openWindow(on.browser, on.world.url, phone);
    await throttle(page);
    await page.goto(`/live/${on.key}`);
    await page.getByLabel('Email').fill(onCall().email);
    await page.getByLabel('Password').fill(onCall().password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`**/live/${on.key}`);
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Wrong or harmful answers');
    await touches.hold(/^Hold to go back to /, 1500);
    await progress(page);
    await page.getByText(/confirmed by 1 of 1 instance, slowest/).waitFor();
    expect(touches.count).toBe(3);
    expect(await count()).toBe(1);
    const findings = await axeFindings(page);
    await page.reload();
    await page.getByText(/confirmed by 1 of 1 instance, slowest/).waitFor();
    expect([...findings, ...faults.filter((fault) => !fault.includes('401'))]).toEqual([]);
    await context.close();
    await clients.close();
  }, 240_000);

  test('does nothing when the button is let go too early, and works by keyboard', async () => {
    const { context, page } = await signedIn(`/live/${on.key}`);
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Too slow or too costly');
    await touches.hold(/^Hold to go back to /, 300);
    await page.getByText('Let go too early').waitFor();
    expect(await count()).toBe(0);
    await page.getByRole('button', { name: /^Hold to go back to / }).focus();
    await page.keyboard.down('Enter');
    await page.waitForTimeout(1500);
    await page.keyboard.up('Enter');
    await progress(page);
    expect(await count()).toBe(1);
    await context.close();
  }, 120_000);

  test('says what is served when its answer is lost, and happens once', async () => {
    const { context, page } = await signedIn(`/live/${on.key}`);
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      if (lost === 0 && route.request().postData()?.includes('rollbackTrigger(')) {
        lost += 1;
        // It was sent and done; only its answer goes missing.
        await route.fetch();
        return route.abort('connectionreset');
      }
      return route.fallback();
    });
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Errors or no answers');
    await touches.hold(/^Hold to go back to /, 1500);
    await progress(page);
    await page.getByText(/The rollback was recorded: .* is served since/).waitFor();
    expect({ lost, rollbacks: await count() }).toEqual({ lost: 1, rollbacks: 1 });
    await context.close();
  }, 120_000);

  test('says that nothing was recorded when it never arrived, and happens once the network is back', async () => {
    const { context, page } = await signedIn(`/live/${on.key}`);
    let cut = true;
    await page.route('**/graphql', (route) =>
      cut && route.request().postData()?.includes('rollbackTrigger(')
        ? route.abort('connectionreset')
        : route.fallback(),
    );
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Errors or no answers');
    await touches.hold(/^Hold to go back to /, 1500);
    await page.getByText(/No answer came back\. Not recorded so far; #2 .* is still served/).waitFor();
    expect(await count()).toBe(0);
    cut = false;
    await progress(page);
    expect(await count()).toBe(1);
    await context.close();
  }, 120_000);

  test("calls nobody else's rollback its own when its answer is lost at the same moment", async () => {
    const { context, page } = await signedIn(`/live/${on.key}`);
    let cut = true;
    await page.route('**/graphql', async (route) => {
      if (!cut || !route.request().postData()?.includes('rollbackTrigger(')) return route.fallback();
      // It never arrives; somebody else's does, just then.
      if ((await count()) === 0)
        await on.live.rollbacks.must(
          { levers: [{ kind: 'disable' }], stageKeys: ['internal'] },
          on.live.other,
        );
      return route.abort('connectionreset');
    });
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Errors or no answers');
    await touches.hold(/^Hold to go back to /, 1500);
    await page.getByText(/Not recorded so far\. Meanwhile came rollback #1 by /).waitFor();
    expect(await page.getByText(/was recorded/).count()).toBe(0);
    cut = false;
    await page.waitForURL(new RegExp(`/live/${on.key}/rollbacks/2$`));
    expect(await count()).toBe(2);
    await context.close();
  }, 120_000);

  test('follows its effect through a locked screen, by the address alone', async () => {
    await application();
    await on.live.rollbacks.revert(on.live.good);
    const { context, page } = await signedIn(`/live/${on.key}/rollbacks/1`);
    await page.getByText(/confirmed by 1 of 1 instance/).waitFor();
    await page.getByText('To be told').waitFor();
    await page.reload();
    await page.getByText(/confirmed by 1 of 1 instance/).waitFor();
    await context.close();
    await clients.close();
  }, 120_000);

  test('is not offered to who may not act, and the page says who may', async () => {
    const { context, page } = await on.opened(`/live/${on.key}`, on.team.member, phone);
    expect(await page.getByRole('button', { name: 'Roll back', exact: true }).isDisabled()).toBe(true);
    await page.getByText(/Responders of .* roll back here/).waitFor();
    await context.close();
  }, 120_000);
});
