import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Download, Page } from 'playwright-core';
import { demoEmail, demoPassword } from '../../apps/api/src/demo/people.js';
import { createWorld, type World } from '../support/world.js';
import { inBrowser, launch, openWindow, settled, type Window } from './support/browser.js';
import { choose, goTo, section, signInAs } from './support/form-steps.js';

const holdpoint = fileURLToPath(new URL('../../packages/client/bin/holdpoint.js', import.meta.url));
const day = 86_400_000;

interface Verdict {
  code: number;
  said: string;
}

/** The real command, in a process of its own, with nothing but files. */
async function verify(file: string, key: string): Promise<Verdict> {
  const args = [holdpoint, 'ledger', 'verify', file, '--key', key];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { PATH: process.env['PATH'] },
    });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

inBrowser('an auditor', () => {
  let world: World;
  let browser: Browser;
  let folder: string;
  let window: Window;
  let page: Page;

  beforeAll(async () => {
    world = await createWorld({}, ['--demo']);
    browser = await launch();
    folder = await mkdtemp(join(tmpdir(), 'holdpoint-auditor-'));
    window = await openWindow(browser, world.url);
    page = window.page;
    await signInAs(page, { email: demoEmail('auditor'), password: demoPassword });
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  const saved = async (download: Download) => {
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };
  /** What a date-time field of the browser holds: local time, to the second. */
  const local = (time: number) =>
    new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);

  test('finds who promoted a release five weeks ago and on what, and checks the ledger offline', async () => {
    await goTo(page, 'What was live');
    await page.getByLabel('Time').fill(local(Date.now() - 36 * day));
    await settled(page);
    const row = page
      .getByRole('table', { name: 'What was live' })
      .getByRole('row')
      .filter({ hasText: 'Draft a support reply' })
      .filter({ hasText: 'General' });
    await row.getByText('#2 ticket-is-data').waitFor();
    expect(await row.innerText()).toMatch(/Promoted by .*\(demo\)[^]*Replace, approved by Reviewer \(demo\)/);

    // On what it stood: the approvals, the stage as it was, and every check with its evidence as recorded.
    await row.getByRole('link', { name: /^What it stood on/ }).click();
    await page.getByRole('heading', { level: 1, name: /in General: #2 ticket-is-data$/ }).waitFor();
    expect(await section(page, 'Approvals that counted').innerText()).toContain(
      'Reviewer (demo) as reviewer',
    );
    const readiness = section(page, 'Readiness that it was allowed on');
    await readiness.getByRole('button', { name: /^Evals/ }).click();
    await readiness.getByText('EV-2', { exact: true }).waitFor();
    expect(await readiness.getByRole('link', { name: /Gate/ }).count()).toBeGreaterThan(0);

    // The act itself, where it stands in its chain.
    await section(page, 'What was live')
      .getByRole('link', { name: /^Entry \d+$/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Promotion executed: General' }).waitFor();
    await page.getByText('This browser computes the same hash').waitFor();
    const seq = Number(await factOf('Its place in the chain', 'Number'));
    await section(page, 'Its place in the chain')
      .getByRole('link', { name: new RegExp(`^${seq - 1}: `) })
      .click();
    await page.getByText(`${String(seq)}: Promotion executed`).waitFor();
    expect(await factOf('Its place in the chain', 'Number')).toBe(String(seq - 1));

    // The file, and the check of it, without the server.
    await goTo(page, 'Ledger');
    await page.getByRole('link', { name: 'Export' }).click();
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const file = await saved(await arriving);
    await page.getByText(/^\d+ entries, .* in holdpoint-ledger-.*\.jsonl$/).waitFor();
    const command = await section(page, 'Verify it without this server').getByLabel('Command').innerText();
    expect(command).toMatch(/^npx holdpoint ledger verify holdpoint-ledger-[\d-]+\.jsonl --key \S+\.pem$/);
    const keyArrives = page.waitForEvent('download');
    await page.getByRole('link', { name: 'holdpoint-ledger-key.pem' }).click();
    const key = await saved(await keyArrives);
    expect(await verify(file, key)).toMatchObject({ code: 0 });

    // One byte changed, and it is found.
    const text = await readFile(file, 'utf8');
    const changed = text.replace('"act":"promotion.executed"', '"act":"promotion.executes"');
    expect(changed).not.toBe(text);
    const forged = join(folder, 'forged.jsonl');
    await writeFile(forged, changed);
    const verdict = await verify(forged, key);
    expect(verdict.code).toBe(1);
    expect(verdict.said).toMatch(/altered/);
    expect(window.faults).toEqual([]);
  }, 180_000);

  test('filters the ledger by person, act, chain and time, and keeps the filters in the address', async () => {
    await goTo(page, 'Ledger');
    await choose(page, { Act: 'Promotion executed', Chain: 'Draft a support reply' });
    await page.getByRole('combobox', { name: 'Person' }).fill('Reviewer');
    await page.getByRole('option', { name: /^Reviewer \(demo\)/ }).click();
    await page.getByLabel('From').fill(local(Date.now() - 30 * day));
    await settled(page);
    const entries = page.getByRole('list', { name: 'Entries' }).getByRole('listitem');
    await page.getByText(/^4 of 4 entries$/).waitFor();
    expect(await entries.count()).toBe(4);
    const address = page.url();
    expect(address).toMatch(/chain=.*&?act=promotion\.executed|act=promotion\.executed.*chain=/);
    await page.goto(address);
    await page.getByText(/^4 of 4 entries$/).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText(/^50 of \d+ entries$/).waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText(/^100 of \d+ entries$/).waitFor();
  }, 120_000);

  test('takes what was live between two instants away as a table and as JSON lines', async () => {
    const from = encodeURIComponent(new Date(Date.now() - 45 * day).toISOString());
    await page.goto(`/as-of?mode=between&from=${from}`);
    await settled(page);
    await page.getByText('Ended by').first().waitFor();
    for (const format of ['CSV', 'JSONL']) {
      const arriving = page.waitForEvent('download');
      await page.getByRole('link', { name: format, exact: true }).click();
      const text = await readFile(await saved(await arriving), 'utf8');
      expect(text).toContain('ticket-is-data');
      expect(text).toContain('twelve-codes');
    }
  }, 60_000);

  test('reads the activity of a workflow down to the act that registered it', async () => {
    const workflow = await world.db.workflow.findFirstOrThrow({ where: { key: 'reply' } });
    await page.goto(`/workflows/${workflow.id}/activity`);
    await settled(page);
    const more = page.getByRole('button', { name: 'Show more' });
    while (await more.isVisible()) {
      await more.click();
      await settled(page);
    }
    const last = page.getByRole('list', { name: 'Entries' }).getByRole('listitem').last();
    expect(await last.innerText()).toContain('Workflow registered');
  }, 60_000);

  async function factOf(name: string, term: string): Promise<string> {
    return section(page, name).locator(`dt:text-is("${term}") + dd`).innerText();
  }
});
