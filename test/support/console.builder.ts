import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  launch,
  openWindow,
  settled,
  signInWindow,
  type Look,
  type Window,
} from '../admin/support/browser.js';
import { liveTwice, type Live } from './live.builder.js';
import { fullKeyOf } from './promotion.builder.js';
import { staffedTeam, type StaffedTeam } from './team.builder.js';
import { createWorld, type Person, type World } from './world.js';

/** Milliseconds for the product to start, and for a workflow to be brought as far as it is looked at. */
const atMost = 120_000;

/** The product, and a browser to look at its console with. */
export class Console {
  world!: World;
  browser!: Browser;

  /** A window of its own, in which this person has signed in and sees this page. */
  async opened(path: string, { email, password }: Person, look?: Look): Promise<Window> {
    const window = await openWindow(this.browser, this.world.url, look);
    await signInWindow(window.context, email, password);
    await window.page.goto(path);
    await settled(window.page);
    return window;
  }
}

/** With a team, and for each test a workflow of it that was live twice. */
export class LiveConsole extends Console {
  team!: StaffedTeam;
  live!: Live;
  /** The workflow's full key. */
  key!: string;
}

/** Starts before the tests that stand beside it, and ends after them. */
export function openConsole<T extends Console = Console>(on = new Console() as T): T {
  beforeAll(async () => {
    on.world = await createWorld();
    on.browser = await launch();
  }, atMost);
  afterAll(async () => {
    await on.browser.close();
    await on.world.close();
  });
  return on;
}

export function openLiveConsole(): LiveConsole {
  const on = openConsole(new LiveConsole());
  beforeAll(async () => {
    on.team = await staffedTeam(on.world);
  }, atMost);
  beforeEach(async () => {
    on.live = await liveTwice(on.world, on.team);
    on.key = await fullKeyOf(on.live.promotions);
  }, atMost);
  return on;
}
