// `npm run screens`: takes every picture of docs/screens anew, in the order of docs/rolling-back.md. Names of pictures
// as arguments take only these; the story is walked all the same. A picture's name says its scheme and its width.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { demoAccount, releaseFix, startProduct } from './screens-product.mjs';

const folder = fileURLToPath(new URL('../../../docs/screens', import.meta.url));
const wanted = new Set(process.argv.slice(2));
const key = 'support.reply';
const fix = { alias: 'no-refund-promises', caseId: 'refund-promise-1' };
const hour = 3_600_000;
/** What a browser without a screen of its own needs. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--hide-scrollbars',
].concat(['--disable-background-networking', '--disable-component-update', '--disable-sync']);

const section = (page, name) => page.getByRole('region', { name, exact: true });
const button = (scope, name) => scope.getByRole('button', { name, exact: typeof name === 'string' });

/** Runs in the page: its clock goes with the product's, which has been put forward. */
function shiftClock(ms) {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) {
      super(...(given.length === 0 ? [Real.now() + ms] : given));
    }
    static now = () => Real.now() + ms;
  };
}

class Photographer {
  /** Milliseconds by which the product's clock was put forward. */
  ahead = 0;

  constructor(product, browser) {
    Object.assign(this, { product, browser });
  }

  /** A window as wide and in the scheme that the names of its pictures end with. */
  async window(scheme, width) {
    const viewport = { width, height: width === 390 ? 844 : 900 };
    const touch = { hasTouch: width === 390, isMobile: width === 390 };
    const look = { viewport, ...touch, colorScheme: scheme, reducedMotion: 'reduce' };
    const context = await this.browser.newContext({ baseURL: this.product.url, ...look });
    if (this.ahead > 0) await context.addInitScript(shiftClock, this.ahead);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return page;
  }

  /** A window in which somebody of the demo has signed in at this page. */
  async opened(look, path, who) {
    const page = await this.window(...look);
    await page.goto(path);
    await signIn(page, who);
    await settled(page);
    return page;
  }

  async take(page, name) {
    if (wanted.size > 0 && !wanted.has(name)) return;
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    process.stdout.write(`${name}\n`);
  }

  forward(ms) {
    this.ahead += ms;
    this.product.services.clock.shift(this.ahead);
  }
}

async function signIn(page, who) {
  const { email, password } = await demoAccount(who);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await button(page, 'Sign in').click();
  await page.getByLabel('Password').waitFor({ state: 'detached' });
}

/** Nothing is being read, nothing is passing by, and the line to the server stands. */
async function settled(page) {
  await page.locator('h1').first().waitFor();
  const passing = '[role="status"][aria-label="Loading"], [role="progressbar"], .MuiSnackbar-root';
  await page.locator(passing).first().waitFor({ state: 'detached' });
  await page.waitForTimeout(700);
}

/** Scrolls so that this is the first thing below the bar, without a rest of what is above it. */
async function atTop(place) {
  await place.evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
    scrollBy(0, 12);
  });
}

const desk = ['light', 1280];
const phone = ['light', 390];

async function readme(camera, billing) {
  const page = await camera.opened(desk, `/workflows/${billing.id}`, 'reviewer');
  await section(page, 'Live in each stage').waitFor();
  await camera.take(page, 'workflow-light-1280');
  const { id } = await camera.product.client.promotion.findFirstOrThrow({
    where: { workflowId: billing.id, state: 'open' },
  });
  const review = await camera.opened(['dark', 1280], `/promotions/${id}`, 'reviewer');
  await atTop(section(review, 'Changes'));
  await camera.take(review, 'review-dark-1280');
}

async function beforehand(camera, billing, support) {
  const page = await camera.opened(desk, `/workflows/${billing.id}/live`, 'oncall');
  await button(section(page, 'Drills'), 'Start a drill').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('group', { name: 'What the drill changes' }).waitFor();
  await button(dialog, 'Start the drill').click();
  await dialog.waitFor({ state: 'detached' });
  await section(page, 'Drills')
    .getByText(/confirmed by 6 of 6/)
    .waitFor();
  await atTop(section(page, 'Left by rollbacks'));
  await camera.take(page, 'drill-light-1280');
  const retire = await camera.opened(desk, `/workflows/${support.id}/retire`, 'reviewer');
  await section(retire, 'Who still asks').waitFor();
  await camera.take(retire, 'retire-light-1280');
}

/** By whoever is on call, from the deep link to the proof. */
async function rollBack(camera) {
  const page = await camera.opened(['dark', 390], `/live/${key}`, 'oncall');
  await page.getByRole('list', { name: 'Served in each stage' }).waitFor();
  await camera.take(page, 'live-dark-390');
  await button(page, 'Roll back').click();
  await button(page, 'Change lever, stages or segment').click();
  await page.getByRole('radio', { name: /^Go back to an earlier release/ }).check();
  await button(page, 'Wrong or harmful answers').click();
  const hold = page.getByRole('button', { name: /^Hold to go back to /, disabled: false });
  await hold.waitFor();
  await page.getByRole('list', { name: 'What changes' }).waitFor();
  await camera.take(page, 'preview-dark-390');
  const box = await hold.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(1600);
  await page.mouse.up();
  await page.waitForURL(/\/rollbacks\/\d+$/);
  await page.getByText(/confirmed by 6 of 6 instances, slowest/).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await camera.take(page, 'progress-dark-390');
}

/** What it left, and the fix that an author asks for. @returns the fix's promotion, and what goes on with it */
async function askForFix(camera, support, incidentPath) {
  const left = await camera.opened(desk, `/workflows/${support.id}/live`, 'reviewer');
  await atTop(section(left, 'Left by rollbacks'));
  await camera.take(left, 'left-light-1280');
  const story = await releaseFix(camera.product, support, fix);
  const page = await camera.opened(phone, incidentPath, 'author');
  await button(page, 'Start a fix').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Release that mends it' }).getByText(fix.alias).waitFor();
  await dialog.getByRole('textbox', { name: 'Case that was added' }).fill(fix.caseId);
  await dialog.getByRole('textbox', { name: 'Note for the reviewers' }).fill('Never promises a refund');
  await camera.take(page, 'fix-light-390');
  await button(dialog, 'Request the fix').click();
  await page.waitForURL(/\/promotions\//);
  const incident = await camera.opened(desk, incidentPath, 'reviewer');
  await incident.getByText(/^Fix: /).waitFor();
  await camera.take(incident, 'incident-light-1280');
  return { story, promotionId: page.url().split('/').at(-1) };
}

/** In the first stage by hand, in the others once it has soaked. */
async function execute(camera, support, { story, promotionId }) {
  await story.answer('internal', promotionId);
  await story.approve(promotionId, 'Read the change, and the case that it mends.');
  const page = await camera.opened(phone, `/promotions/${promotionId}`, 'author');
  const panel = section(page, 'Promote to Internal');
  await panel.getByText('Every gate is complete.').waitFor();
  await button(panel, 'Promote').click();
  const dialog = page.getByRole('dialog', { name: 'Promote to Internal' });
  await camera.take(page, 'execute-light-390');
  await button(dialog, 'Promote').click();
  await dialog.waitFor({ state: 'detached' });
  const live = await camera.opened(desk, `/workflows/${support.id}/live`, 'reviewer');
  await camera.take(live, 'mended-light-1280');
  for (const stage of ['limited', 'expanded', 'general']) {
    camera.forward(4 * hour);
    await story.answer(stage, promotionId);
    await story.execute(promotionId);
  }
}

async function resolve(camera, incidentPath) {
  const page = await camera.opened(desk, incidentPath, 'reviewer');
  await button(page, 'Resolve').click();
  const dialog = page.getByRole('dialog', { name: 'Resolve the incident' });
  const note = `The prompt let it promise refunds; ${fix.caseId} is in the suite now`;
  await dialog.getByRole('textbox', { name: 'What it was and what ended it' }).fill(note);
  await button(dialog, 'Resolve').click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Resolved', { exact: true }).first().waitFor();
  await camera.take(page, 'resolved-light-1280');
}

async function walk(camera) {
  const { client } = camera.product;
  const workflow = (name) => client.workflow.findFirstOrThrow({ where: { key: name } });
  const [support, billing] = [await workflow('reply'), await workflow('routing')];
  await readme(camera, billing);
  await beforehand(camera, billing, support);
  await rollBack(camera);
  const where = { workflowId: support.id };
  const incident = await client.incident.findFirstOrThrow({ where, orderBy: { number: 'desc' } });
  const incidentPath = `/workflows/${support.id}/incidents/${incident.id}`;
  await execute(camera, support, await askForFix(camera, support, incidentPath));
  await resolve(camera, incidentPath);
}

await mkdir(folder, { recursive: true });
const product = await startProduct();
const executablePath = process.env['HOLDPOINT_CHROMIUM'] ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args });
try {
  await walk(new Photographer(product, browser));
} finally {
  await browser.close();
  await product.close();
}
