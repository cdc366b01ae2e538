import { addPromptVersion } from './prompt.builder.js';
import { createRelease, releasedWorkflow, type ReleasedWorkflow } from './release.builder.js';
import { staffedTeam } from './team.builder.js';
import { registerWorkflow } from './workflow.builder.js';
import type { Person, World } from './world.js';

/** A suite that gates on what the file gate-pass of promptfoo measures. */
export const supportReplySuite = {
  description: 'What a support reply must be',
  metrics: [
    { name: 'groundedness', threshold: 0.9, minSamples: 20, tolerance: 0.02 },
    { name: 'schema_validity', threshold: 1, minSamples: 20 },
    { name: 'citation_correctness', threshold: 0.9, minSamples: 20 },
    { name: 'abstention_accuracy', threshold: 0.9, minSamples: 20 },
  ],
  minCasesPerCategory: {
    success: 4,
    not_enough_evidence: 4,
    policy_boundary: 4,
    historical: 4,
    past_failure: 4,
    high_trust: 4,
  },
};

export interface UploadAnswer {
  status: number;
  body: {
    upload: {
      id: string;
      state: string;
      bytesReceived: number;
      bytesTotal: number | null;
      casesStaged: number;
      runs: {
        id: string;
        label: string;
        counts: boolean;
        uncountedReason: string | null;
        cases: number;
        flags: string[];
      }[];
      error: { code: string; message: string; field: string[] | null } | null;
    } | null;
    userErrors: { code: string; message: string; field?: string[] | null }[];
  };
}

/** A workflow with a suite, and somebody who may import results. */
export class EvalsFixture {
  private released: ReleasedWorkflow | null = null;
  private releases = 0;

  private constructor(
    readonly world: World,
    readonly workflowId: string,
    readonly member: Person,
    readonly suiteId: string,
  ) {}

  static async create(world: World, options: { restricted?: boolean } = {}): Promise<EvalsFixture> {
    const team = await staffedTeam(world);
    const released = options.restricted ? null : await releasedWorkflow(world, team);
    const { id } = released ?? (await registerWorkflow(world, team, { restricted: true }));
    const { evalSuite } = await world.mustAct<{ evalSuite: { id: string } }>(
      'evalSuiteCreate',
      'evalSuite { id }',
      { workflowId: id, key: 'support-reply', name: 'Support reply' },
      team.member,
    );
    const fixture = new EvalsFixture(world, id, team.member, evalSuite.id);
    fixture.released = released;
    await fixture.suiteVersion(supportReplySuite, 0);
    return fixture;
  }

  async suiteVersion(definition: object, expectedVersion: number): Promise<{ id: string; version: number }> {
    const { evalSuiteVersion } = await this.world.mustAct<{
      evalSuiteVersion: { id: string; version: number };
    }>(
      'evalSuiteVersionCreate',
      'evalSuiteVersion { id version }',
      { suiteId: this.suiteId, expectedVersion, definition },
      this.member,
    );
    return evalSuiteVersion;
  }

  /** One more release, which differs in its prompt: it has an eval digest of its own. */
  async release(): Promise<{ id: string; digest: string; evalDigest: string }> {
    const { world, workflowId, member, released } = this;
    if (!released) throw new Error('This workflow has no contract to release');
    this.releases += 1;
    const text = `Route this ticket, attempt ${String(this.releases)}: {{ticket}}`;
    const promptVersionId = await addPromptVersion(world, released.prompt.id, member, text);
    const modelConfigVersionId = released.model.versionId;
    return createRelease(world, workflowId, member, { promptVersionId, modelConfigVersionId });
  }

  uploadPath(query: Record<string, string | string[] | undefined> = {}): string {
    const all: Record<string, string | string[] | undefined> = {
      workflowId: this.workflowId,
      suiteId: this.suiteId,
      format: 'promptfoo',
      ...query,
    };
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(all))
      for (const one of [value ?? []].flat()) search.append(key, one);
    return `/api/eval-uploads?${search.toString()}`;
  }

  /** Sends a file as the console and CI do. */
  async upload(
    file: Uint8Array | string | ReadableStream<Uint8Array>,
    query: Record<string, string | string[] | undefined> = {},
    init: RequestInit & { as?: Person | null; duplex?: 'half' } = {},
  ): Promise<UploadAnswer> {
    const response = await this.world.fetch(this.uploadPath(query), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      as: this.member,
      body: file as RequestInit['body'],
      ...init,
    });
    return { status: response.status, body: (await response.json()) as UploadAnswer['body'] };
  }

  /** What an import may change: rows of cases and runs, and entries of the ledger. */
  async stored(): Promise<{ cases: number; runs: number; entries: number }> {
    const { db } = this.world;
    const [cases, runs] = [await db.evalCase.count(), await db.evalRun.count()];
    return { cases, runs, entries: await db.ledgerEntry.count({ where: { chain: this.workflowId } }) };
  }
}
