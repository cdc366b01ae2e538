import { Injectable } from '@nestjs/common';
import {
  compileCandidate,
  compileSnapshot,
  releasesNamed,
  type CandidateParts,
  type ReleaseContent,
  type ServedParts,
} from './compile-snapshot.domain.js';
import { HeldSnapshot } from './held-snapshot.js';
import { ReleaseContentReads } from './release-content.reads.js';
import { ServedPartsReads } from './served-parts.reads.js';

export interface Compiled {
  workflowId: string;
  /** Null: retired, or not there. */
  held: HeldSnapshot | null;
}

/** Makes snapshots from the database: one statement for what moves, one more for releases not seen before. */
@Injectable()
export class SnapshotCompiler {
  /** By release, as long as something that is held names it. */
  private readonly contents = new Map<string, ReleaseContent>();
  private readonly users = new Map<string, number>();

  constructor(
    private readonly parts: ServedPartsReads,
    private readonly releases: ReleaseContentReads,
  ) {}

  async production(ids: readonly string[]): Promise<Compiled[]> {
    const rows = (await this.parts.ofWorkflows(ids)).filter(({ retired }) => !retired);
    const known = await this.contentOf(rows.flatMap((row) => releasesNamed(row)));
    const found = new Map(rows.map((row: ServedParts) => [row.workflowId, row]));
    return ids.map((workflowId) => {
      const row = found.get(workflowId);
      return { workflowId, held: row ? new HeldSnapshot(compileSnapshot(row, known), row.teamId) : null };
    });
  }

  /** @param ids null: of every workflow */
  async candidates(environment: string, ids: readonly string[] | null): Promise<HeldSnapshot[]> {
    const rows = await this.parts.candidates(environment, ids);
    const known = await this.contentOf(rows.flatMap(({ releaseId }) => releaseId ?? []));
    return rows.map((row: CandidateParts & { teamId: string }) => {
      return new HeldSnapshot(compileCandidate(row, known), row.teamId);
    });
  }

  /** To be told of every snapshot that is held from now on, and of those that no longer are. */
  replaced(before: HeldSnapshot | undefined, after: HeldSnapshot | null): void {
    for (const id of Object.keys(after?.snapshot.releases ?? {})) {
      this.users.set(id, (this.users.get(id) ?? 0) + 1);
      const release = after?.snapshot.releases[id];
      if (release && !this.contents.has(id)) this.contents.set(id, release);
    }
    for (const id of Object.keys(before?.snapshot.releases ?? {})) {
      const left = (this.users.get(id) ?? 1) - 1;
      if (left > 0) this.users.set(id, left);
      else {
        this.users.delete(id);
        this.contents.delete(id);
      }
    }
  }

  private async contentOf(ids: readonly string[]): Promise<(id: string) => ReleaseContent | undefined> {
    const missing = [...new Set(ids)].filter((id) => !this.contents.has(id));
    const read = new Map((await this.releases.byIds(missing)).map((one) => [one.id, one]));
    return (id) => {
      const found = this.contents.get(id) ?? read.get(id);
      if (!found) return undefined;
      // A held release carries the quarantines of its snapshot, which are no part of it.
      const {
        id: own,
        digest,
        number,
        alias,
        autonomyMode,
        tools,
        steps,
        limits,
        budgets,
        outputSchema,
      } = found;
      return { id: own, digest, number, alias, autonomyMode, tools, steps, limits, budgets, outputSchema };
    };
  }
}
