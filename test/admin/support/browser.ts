import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { consoleFolder } from '../../../apps/api/src/platform/http/console-files.js';

const executablePath = process.env['HOLDPOINT_CHROMIUM'] ?? '/usr/bin/chromium';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 AA and axe's own best practices. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Those of them that look at colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Tests in a real browser; skipped, with the reason in their name, on a machine that has none. */
export function inBrowser(name: string, tests: () => void): void {
  if (existsSync(executablePath)) describe(name, tests);
  else describe.skip(`${name} (skipped: no browser at ${executablePath}; set HOLDPOINT_CHROMIUM)`, tests);
}

export async function launch(): Promise<Browser> {
  if (!existsSync(`${consoleFolder}index.html`)) throw new Error('The console is not built: npm run build');
  return chromium.launch({ executablePath, args });
}

export interface Look {
  scheme: 'light' | 'dark';
  width: 1280 | 390;
  /** Fingers on a screen, and no mouse. */
  touch?: boolean;
}

/** Both schemes, on a desktop and on a phone. */
export const looks: readonly Look[] = (['light', 'dark'] as const).flatMap((scheme) =>
  ([1280, 390] as const).map((width) => ({ scheme, width })),
);

const heightOf = (width: Look['width']) => (width === 390 ? 844 : 900);

export async function changeLook(page: Page, { scheme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height: heightOf(width) });
}

export interface Window {
  context: BrowserContext;
  page: Page;
  /** What its pages threw, and what they wrote to the console as errors. */
  faults: string[];
}

/** A browser window of its own, without a session. */
export async function openWindow(
  browser: Browser,
  baseURL: string,
  { scheme, width, touch = false }: Look = { scheme: 'light', width: 1280 },
): Promise<Window> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height: heightOf(width) },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    ...{ hasTouch: touch, isMobile: touch },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return { context, page, faults };
}

/** Signs a window in without going through the form. */
export async function signInWindow(context: BrowserContext, email: string, password: string): Promise<void> {
  const answer = await context.request.post('/api/auth/sign-in/email', { data: { email, password } });
  if (!answer.ok()) throw new Error(`Sign-in: ${String(answer.status())} ${await answer.text()}`);
}

/** Waits until a page shows its heading and nothing on it is still being read. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page
    .locator('[role="status"][aria-label="Loading"], [role="progressbar"]')
    .first()
    .waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'));
}

interface AxeViolation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe finds on the page as it is, one line each; empty: nothing. `coloursOnly` where the rest was looked at. */
export async function axeFindings(page: Page, { coloursOnly = false } = {}): Promise<string[]> {
  // Once for a page that is looked at in several ways.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const runOnly = coloursOnly ? { type: 'rule', values: colourRules } : { type: 'tag', values: rules };
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (root: unknown, options: object) => Promise<{ violations: AxeViolation[] }> };
    };
    return (await axe.run(document, { runOnly, resultTypes: ['violations'], preload: false })).violations;
  }, runOnly);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary.split('\n')[1] ?? ''}`),
  );
}

/** How many pixels the page is wider than the window; 0: it does not scroll sideways. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}
