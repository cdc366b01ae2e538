import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Snapshot } from '../decide/snapshot.js';
import { parseSnapshot } from './parse-snapshot.js';
import { isNewer } from './version.js';

export interface StoredSnapshot {
  snapshot: Snapshot;
  etag: string | null;
  /** The registry's time when it was stored, and how far the clock here was behind it. Milliseconds. */
  storedAt: number;
  offset: number;
}

const mostBytes = 64 * 1024 * 1024;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * The last good snapshot of each workflow, in a folder of the application's: one file for each workflow and environment,
 * readable by its owner only, since it holds prompts. Written beside and renamed, so that it is whole or not there; a
 * checksum finds what a disk or a hand has changed.
 */
export class SnapshotFiles {
  private writing: Promise<void> = Promise.resolve();
  private readonly waiting = new Map<string, StoredSnapshot>();

  constructor(
    private readonly folder: string,
    private readonly environment: string,
    private readonly problem: (message: string) => void,
  ) {}

  private path(workflow: string, environment: string): string {
    return join(this.folder, `${encodeURIComponent(workflow)}@${encodeURIComponent(environment)}.json`);
  }

  /** Null where there is none, or none that can be believed. Reads at once: applications start with it. */
  load(workflow: string): StoredSnapshot | null {
    const path = this.path(workflow, this.environment);
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      if (!found) return null;
      if (!found.isFile() || found.size > mostBytes) throw new Error('it is no file of ours');
      if ((found.mode & 0o002) !== 0) throw new Error('everybody may write to it');
      const { format, sha256: sum, body } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
      if (format !== 1 || typeof body !== 'string' || sha256(body) !== sum)
        throw new Error('its checksum is wrong');
      const stored = JSON.parse(body) as Omit<StoredSnapshot, 'snapshot'> & { snapshot: unknown };
      const snapshot = parseSnapshot(JSON.stringify(stored.snapshot), workflow);
      if (snapshot.environment !== this.environment) throw new Error('it is of another environment');
      return { ...stored, snapshot };
    } catch (error) {
      this.problem(`The stored snapshot ${path} is left aside: ${(error as Error).message}`);
      return null;
    }
  }

  /** Stores the newest one given, some time after this call. */
  save(stored: StoredSnapshot): void {
    this.waiting.set(stored.snapshot.key, stored);
    this.writing = this.writing.then(() => this.write(stored.snapshot.key));
  }

  /** When everything that was to be stored has been. */
  settled(): Promise<void> {
    return this.writing;
  }

  private async write(workflow: string): Promise<void> {
    const stored = this.waiting.get(workflow);
    if (!stored) return;
    this.waiting.delete(workflow);
    const path = this.path(workflow, stored.snapshot.environment);
    const beside = `${path}.${process.pid}.${randomUUID()}.tmp`;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      if (this.isOvertaken(stored)) return;
      const body = JSON.stringify(stored);
      const file = await open(beside, 'wx', 0o600);
      try {
        await file.writeFile(JSON.stringify({ format: 1, sha256: sha256(body), body }));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true }).catch(() => undefined);
      this.problem(`The snapshot of ${workflow} could not be stored: ${(error as Error).message}`);
    }
  }

  /** Several processes may share a folder: what another has stored since may be newer. */
  private isOvertaken({ snapshot }: StoredSnapshot): boolean {
    if (snapshot.environment !== this.environment) return false;
    const there = new SnapshotFiles(this.folder, this.environment, () => undefined).load(snapshot.key);
    return (
      there?.snapshot.workflowId === snapshot.workflowId && isNewer(there.snapshot.version, snapshot.version)
    );
  }

  /** Whether the folder can be used, tried at once so that a wrong one is found when the application starts. */
  prepare(): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      this.problem(`The folder ${this.folder} cannot be used: ${(error as Error).message}`);
    }
  }
}
