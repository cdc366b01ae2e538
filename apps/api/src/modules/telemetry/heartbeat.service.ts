import { heartbeat, type Heartbeat, type ServedWorkflow } from '@holdpoint/client/report/heartbeat.schema.js';
import { Injectable } from '@nestjs/common';
import { unstorablePath } from '../../platform/graphql/storable-text.js';
import { covers, type RuntimeKey } from '../../platform/identity/runtime-keys.js';
import { productionEnvironment } from '../../platform/permissions/key-scopes.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { DriftService } from './drift.service.js';
import { KnownInstances } from './known-instances.js';
import { LatestVersions } from './latest-versions.reads.js';
import { replaces, type InstanceReport } from './observation.domain.js';
import { ObservationWriter } from './observation-writer.service.js';
import { WorkflowDirectory } from './workflow-directory.reads.js';

export interface HeartbeatItem {
  workflow: string;
  incarnation: number;
  epoch: number;
  error?: { code: 'NOT_FOUND'; message: string };
}
export interface HeartbeatAnswered {
  receivedAt: string;
  workflows: HeartbeatItem[];
}

/** PostgreSQL's largest integer. */
const largestVersion = 2_147_483_647;
/** More than any instance answers in one interval; what says so is wrong. */
const mostRequests = 1_000_000_000;
const year2200 = Date.UTC(2200, 0, 1);

/** Takes reports of instances in. Nothing here waits for a write. */
@Injectable()
export class HeartbeatService {
  private readonly known = new KnownInstances();

  constructor(
    private readonly writer: ObservationWriter,
    private readonly directory: WorkflowDirectory,
    private readonly versions: LatestVersions,
    private readonly drift: DriftService,
  ) {}

  /**
   * @returns the newest version of each workflow that was named, in the same order; what the key is not bound to is
   *   answered like what there is not.
   * @throws Refusal INVALID_INPUT that names the field: nothing of the report is kept then.
   */
  async receive(key: RuntimeKey, raw: unknown, receivedAt: Date): Promise<HeartbeatAnswered> {
    const report = parse(heartbeat, raw, 'body');
    mustBeStorable(report);
    const now = performance.now();
    const listed = await this.directory.byFullKeys(report.workflows.map((one) => one.workflow));
    const mine = report.workflows.map((served) => {
      const found = listed.get(served.workflow);
      const isMine = found && covers(key, { teamId: found.teamId, workflowId: found.id });
      return { served, id: isMine ? found.id : null };
    });
    const isProduction = key.environment === productionEnvironment;
    const ids = mine.flatMap(({ id }) => (id === null ? [] : [id]));
    const latest = await this.versions.of(ids);
    for (const { served, id } of mine) if (id !== null) await this.take(key, report, served, id, now);
    return {
      receivedAt: receivedAt.toISOString(),
      workflows: mine.map(({ served, id }) => {
        const { workflow } = served;
        // Versions of other environments are counted apart: there nobody is told to be behind.
        const version = id === null || !isProduction ? id && served : latest.get(id);
        if (version) return { workflow, incarnation: version.incarnation, epoch: version.epoch };
        const error = { code: 'NOT_FOUND', message: 'There is no such workflow' } as const;
        return { workflow, incarnation: 0, epoch: 0, error };
      }),
    };
  }

  private async take(
    key: RuntimeKey,
    report: Heartbeat,
    served: ServedWorkflow,
    workflowId: string,
    receivedAt: number,
  ): Promise<void> {
    const { instanceId, application, sdk, levers, stopping } = report;
    const { incarnation, epoch, serves } = served;
    const order = {
      startedAt: instant(report.startedAt),
      sentAt: instant(report.sentAt),
      incarnation,
      epoch,
      stopping,
      receivedAt,
    };
    const before = this.known.get(workflowId, instanceId);
    const isRepeated = before?.sentAt === order.sentAt && before.startedAt === order.startedAt;
    const isNew =
      before?.startedAt !== order.startedAt || before.incarnation !== incarnation || before.epoch !== epoch;
    const isLate = before !== undefined && !replaces(order, before);
    const since = isNew ? receivedAt : before.since;
    if (!isLate) this.known.set(workflowId, instanceId, { ...order, since });
    const isProduction = key.environment === productionEnvironment;
    const isPublic = !key.scopes.includes('runtime');
    // forcedFallback says that some workflow is forced, not which: each workflow's own state does.
    const isFallback = served.state === 'fallback';
    const said: InstanceReport = {
      ...{
        workflowId,
        instanceId,
        keyId: key.id,
        environment: key.environment,
        isPublic,
        via: 'sdk' as const,
      },
      ...{
        application,
        sdk,
        levers: [...new Set(levers)],
        ...order,
        serves,
        isFallback,
      },
      drift:
        isProduction && !isPublic && !isLate
          ? await this.drift.judge(workflowId, order, serves, receivedAt - since)
          : [],
    };
    this.writer.report(said);
    if (!isProduction) return;
    // A report that was sent twice, because its answer was lost, is counted once.
    if (!isRepeated)
      for (const { stage, served: what, requests } of served.counts)
        if (requests > 0)
          this.writer.count({
            ...{ workflowId, stageKey: stage ?? '', served: what, source: 'sdk', receivedAt },
            requests: Math.min(requests, mostRequests),
          });
    if (isNew && !isPublic && incarnation > 0) this.writer.acknowledge({ ...said, levers: said.levers });
  }
}

function mustBeStorable(report: Heartbeat): void {
  const path = unstorablePath(report, ['body']);
  if (path) {
    const field = path.map((part) => part.replaceAll('\u0000', ''));
    throw new Refusal('INVALID_INPUT', 'It holds a NUL character or half of a surrogate pair', field);
  }
  report.workflows.forEach(({ incarnation, epoch }, index) => {
    for (const [name, value] of Object.entries({ incarnation, epoch }))
      if (value > largestVersion)
        throw new Refusal('INVALID_INPUT', 'There is no such version', [
          'body',
          'workflows',
          String(index),
          name,
        ]);
  });
}

/** Milliseconds since 1970, of a clock that may be wrong by any measure. */
const instant = (text: string) => Math.min(Math.max(Date.parse(text), 0), year2200);
