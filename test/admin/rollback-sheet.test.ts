import { expect, test } from '@jest/globals';
import { openLiveConsole } from '../support/console.builder.js';
import { eventually } from '../support/sdk.builder.js';
import { axeFindings, inBrowser } from './support/browser.js';
import { Touches } from './support/phone.js';

interface PreviewBody {
  variables: { input: { segment: { values: string[] }[] } };
}

const phone = { scheme: 'dark', width: 390 } as const;

inBrowser('what a rollback would do, on a phone', () => {
  const on = openLiveConsole();

  const count = () => on.world.db.rollback.count({ where: { workflowId: on.live.promotions.workflow.id } });

  const signedIn = (path: string) => on.opened(path, on.live.rollbacks.responder, phone);

  test('is asked of a segment once that was typed, and nothing else can be held for', async () => {
    const { context, page } = await signedIn(`/live/${on.key}`);
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Too slow or too costly');
    const changes = page.getByRole('list', { name: 'What changes' });
    await changes.waitFor();
    await touches.tap('Change lever, stages or segment');
    const asked: string[] = [];
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      const body = route.request().postData() ?? '';
      if (!body.includes('rollbackPreview(') || !body.includes('tenant')) return route.fallback();
      asked.push((JSON.parse(body) as PreviewBody).variables.input.segment[0]!.values.join());
      await answered;
      return route.fallback();
    });
    await page.getByLabel('Where this attribute').fill('tenant');
    await page.getByLabel('is one of').pressSequentially('acme', { delay: 60 });
    const hold = page.getByRole('button', { name: /^Hold to / });
    expect({ shown: await changes.count(), disabled: await hold.isDisabled() }).toEqual({
      ...{ shown: 0, disabled: true },
    });
    await eventually('it is asked', () => asked.length > 0);
    expect({ asked, shown: await changes.count(), disabled: await hold.isDisabled() }).toEqual({
      ...{ asked: ['acme'], shown: 0, disabled: true },
    });
    answer();
    await changes.waitFor();
    await page.getByText('Everybody outside the segment').waitFor();
    expect(await hold.isDisabled()).toBe(false);
    await context.close();
  }, 120_000);

  test('is not done where what it would change becomes something else while it is held', async () => {
    const { context, page } = await signedIn(`/live/${on.key}`);
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Too slow or too costly');
    await page.getByRole('button', { name: /^Hold to go back to /, disabled: false }).waitFor();
    let asked: () => void = () => undefined;
    let answer: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const isAnswered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('rollbackPreview(')) return route.fallback();
      asked();
      await isAnswered;
      return route.fallback();
    });
    await on.live.rollbacks.must({ levers: [{ kind: 'disable' }], stageKeys: ['internal'] });
    await isAsked;
    const box = (await page.getByRole('button', { name: /^Hold to go back to / }).boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    answer();
    await page.getByText('What it would change has changed meanwhile').waitFor();
    await page.waitForTimeout(1500);
    await page.mouse.up();
    expect(await count()).toBe(1);
    await context.close();
  }, 120_000);

  test('of a prompt alone says which prompt versions change', async () => {
    const { context, page } = await signedIn(`/live/${on.key}`);
    const touches = new Touches(page);
    await touches.tap('Roll back');
    await touches.tap('Change lever, stages or segment');
    await page.getByRole('radio', { name: /^Go back to the earlier prompt/ }).check();
    await page.getByRole('button', { name: /^Hold to go back to the earlier prompt/ }).waitFor();
    const changes = page.getByRole('list', { name: 'Prompt versions that change' });
    const { name } = await on.world.db.prompt.findFirstOrThrow({
      where: { id: on.live.promotions.workflow.prompt.id },
    });
    expect(await changes.getByRole('listitem').allInnerTexts()).toEqual([
      `main: ${name}, version 2 → version 1`,
    ]);
    expect(await axeFindings(page)).toEqual([]);
    await context.close();
  }, 120_000);

  test('fits on the screen beside an incident whose title is long', async () => {
    const stageKeys = ['internal', 'limited', 'expanded', 'general'];
    await on.live.rollbacks.must({ levers: [{ kind: 'fallback', to: 'templates' }], stageKeys });
    const { context, page } = await signedIn(`/live/${on.key}`);
    await new Touches(page).tap('Roll back');
    await page.getByRole('button', { name: /Join incident #1/ }).waitFor();
    const box = (await page.getByRole('button', { name: /^Hold to / }).boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(phone.width);
    await context.close();
  }, 120_000);
});
