import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { inBrowser, launch } from '../admin/support/browser.js';
import type { KeyHolder } from '../support/key.builder.js';
import { Restartable } from '../support/restartable.js';
import { rollBack } from '../support/rollback-acts.js';
import {
  adoptEverywhere,
  everyStage,
  publish,
  runtimeKey,
  servedWorkflow,
  type ServedWorkflow,
} from '../support/runtime.builder.js';
import { StockSite, type StockPage } from '../support/stock-web-page.js';
import type { Person } from '../support/world.js';

inBrowser("OpenFeature's web provider in a browser", () => {
  let browser: Browser;
  let site: StockSite;
  let server: Restartable;
  let served: ServedWorkflow;
  let responder: Person;
  let key: KeyHolder;
  let page: StockPage;
  const context = { targetingKey: 'user-1', audience: 'external' };
  const options = () => ({ baseUrl: server.url, secret: key.secret, context, cacheMode: 'network-first' });

  beforeAll(async () => {
    server = await Restartable.start();
    const { world } = server;
    served = await servedWorkflow(world);
    for (const stage of everyStage) await publish(world, served, stage);
    await adoptEverywhere(world, served);
    key = await runtimeKey(world, served, { scopes: ['runtime-public'] });
    responder = await world.person({ organisationRoles: ['responder'] });
    browser = await launch();
    site = await StockSite.open(browser);
    page = await site.visit();
    await page.start(options());
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await server.stop();
  });

  const whole = async (of = page) =>
    (await of.details('object', served.key, {})).value as {
      stage: string;
      outcome: string;
      fallbackTo: string;
    };
  const roll = (levers: object[]) => rollBack(server.world, responder, served.id, { levers });
  /** Milliseconds until it holds. */
  async function until(holds: () => Promise<boolean>, ms: number): Promise<number> {
    const began = performance.now();
    while (!(await holds()) && performance.now() - began < ms) await pause(10);
    expect(await holds()).toBe(true);
    return performance.now() - began;
  }

  test('evaluates flags of every type on a page of another site', async () => {
    expect(await page.details('boolean', `${served.key}.enabled`, false)).toMatchObject({ value: true });
    expect(await page.details('string', `${served.key}.fallback`, 'unknown')).toMatchObject({
      value: 'none',
    });
    const found = await page.details('object', served.key, {});
    expect(found).toMatchObject({
      ...{ variant: served.release.alias, value: { outcome: 'release', digest: served.release.digest } },
      flagMetadata: { workflow: served.key, environment: 'production' },
    });
    expect(JSON.stringify(found)).not.toContain('{{');
    const hidden = await page.details('object', `${served.key}.prompts`, {});
    expect(hidden).toMatchObject({ value: {}, errorCode: 'FLAG_NOT_FOUND' });
    const ofOtherType = await page.details('string', `${served.key}.enabled`, 'own');
    expect(ofOtherType).toMatchObject({ value: 'own', errorCode: 'TYPE_MISMATCH' });
  });

  test('gets what another attribute changes, though it sends the etag of before', async () => {
    const before = (await whole()).stage;
    await page.setContext({ ...context, audience: 'internal' });
    expect([before, (await whole()).stage]).not.toEqual([before, before]);
    await page.setContext(context);
    expect((await whole()).stage).toBe(before);
  });

  test('sees a rollback within a second without being reloaded, and is told that nothing else changed', async () => {
    const changes = await page.changes();
    await roll([{ kind: 'fallback', to: 'people' }]);
    const took = await until(async () => (await whole()).outcome === 'fallback', 1000);
    expect(took).toBeLessThan(1000);
    expect((await whole()).fallbackTo).toBe('people');
    expect(await page.changes()).toBeGreaterThan(changes);
    // The frame that is said again a second later, and costs no more than this.
    await until(async () => Promise.resolve(page.answered.at(-1) === 304), 3000);
    expect(page.asked.at(-1)).toMatch(/flagConfigEtag=.*flagConfigLastModified=/);
    expect((await whole()).outcome).toBe('fallback');
  });

  test('that was cut off sees what it missed, by itself', async () => {
    server.cut();
    await roll([{ kind: 'disable' }]);
    await pause(300);
    expect((await whole()).outcome).toBe('fallback');
    server.mend();
    await until(async () => (await whole()).outcome === 'disabled', 6000);
    expect((await page.details('boolean', `${served.key}.enabled`, true)).value).toBe(false);
  });

  test('follows again after the server was started anew', async () => {
    await server.restart();
    responder = { ...responder, cookie: await server.world.signIn(responder.email) };
    await pause(2500);
    await roll([{ kind: 'fallback', to: 'search' }]);
    await until(async () => (await whole()).fallbackTo === 'search', 3000);
  });

  test('that is opened anew begins with what is served now, where it asks the network first', async () => {
    const other = await site.visit();
    await other.start(options());
    const { fallbackTo } = await whole(other);
    expect(fallbackTo).toBe('search');
    await roll([{ kind: 'disable' }]);
    await other.reload();
    await other.start(options());
    expect((await whole(other)).outcome).toBe('disabled');
  });
});
