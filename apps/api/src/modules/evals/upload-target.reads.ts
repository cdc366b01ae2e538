import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/identity/actor.js';
import { can } from '../../platform/permissions/can.js';
import { permissions } from '../../platform/permissions/permission-table.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { ReleaseReads } from '../release/release.reads.js';
import { WorkflowReads } from '../workflow/workflow.reads.js';
import { EvalsReads } from './evals.reads.js';

export interface UploadTarget {
  workflowId: string;
  suiteId: string;
  /** The newest version when the import began: what the runs are measured by. */
  suiteVersionId: string;
  releaseId: string | null;
  releaseEvalDigest: string | null;
}

/** What an import is about, looked up and checked before the first byte is read. The door checks again. */
@Injectable()
export class UploadTargetReads {
  constructor(
    private readonly workflows: WorkflowReads,
    private readonly releases: ReleaseReads,
    private readonly suites: EvalsReads,
  ) {}

  /** @param root first part of the field paths: `input` or `query`. @throws Refusal NOT_FOUND, FORBIDDEN, CONFLICT */
  async find(
    actor: Actor,
    asked: { workflowId: string; suiteId: string; releaseId?: string | null },
    root: string,
  ): Promise<UploadTarget> {
    const { workflowId, suiteId, releaseId = null } = asked;
    const workflow = await this.workflows.byId(actor, workflowId);
    if (!workflow) throw new Refusal('NOT_FOUND', 'There is no such workflow', [root, 'workflowId']);
    if (!can(actor, 'evalRun.import', { teamId: workflow.teamId, workflowId })) {
      const what = permissions['evalRun.import'].description.toLowerCase();
      throw new Refusal('FORBIDDEN', `You may not do this: ${what}`);
    }
    if (workflow.retiredAt) throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
    const suite = await this.suites.newestOf(suiteId);
    if (suite?.workflowId !== workflowId) {
      throw new Refusal('NOT_FOUND', 'This workflow has no such suite', [root, 'suiteId']);
    }
    if (suite.versionId === null) {
      const message = 'Say first what this suite measures: it has no version yet';
      throw new Refusal('CONFLICT', message, [root, 'suiteId']);
    }
    const release = releaseId === null ? null : await this.releases.plain(releaseId);
    if (releaseId !== null && release?.workflowId !== workflowId) {
      throw new Refusal('NOT_FOUND', 'This workflow has no such release', [root, 'releaseId']);
    }
    const releaseEvalDigest = release?.evalDigest ?? null;
    return { workflowId, suiteId, suiteVersionId: suite.versionId, releaseId, releaseEvalDigest };
  }
}
