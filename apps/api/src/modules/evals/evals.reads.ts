import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { EvalSuiteVersionModel } from '../../platform/database/generated/models.js';
import { grouped, indexed } from '../../platform/graphql/grouped.js';
import { isUuid } from '../../platform/graphql/is-uuid.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import type { SuiteDefinition } from './evals.schema.js';
import type { EvalSuite, EvalSuiteVersion } from './evals.types.js';

const versionOf = ({ canonical, ...row }: EvalSuiteVersionModel): EvalSuiteVersion => ({
  ...row,
  definition: JSON.parse(canonical) as SuiteDefinition,
});

/** Eval suites and their versions; batched over the request. */
@Injectable()
export class EvalsReads {
  constructor(private readonly database: Database) {}

  /** By key. */
  async suitesOfWorkflow(loaders: Loaders, workflowId: string): Promise<EvalSuite[]> {
    const loader = loaders.once<string, EvalSuite[]>('evalSuites.ofWorkflow', async (ids) => {
      const rows = await this.database.client.evalSuite.findMany({
        where: { workflowId: { in: [...ids] } },
        orderBy: { key: 'asc' },
      });
      return grouped(ids, rows, (row) => row.workflowId);
    });
    return (await loader.load(workflowId)) ?? [];
  }

  loadSuite(loaders: Loaders, id: string): Promise<EvalSuite | null> {
    const loader = loaders.once<string, EvalSuite>('evalSuite', async (ids) => {
      const where = { id: { in: ids.filter(isUuid) } };
      return indexed(ids, await this.database.client.evalSuite.findMany({ where }), (row) => row.id);
    });
    return loader.load(id);
  }

  loadVersion(loaders: Loaders, id: string): Promise<EvalSuiteVersion | null> {
    const loader = loaders.once<string, EvalSuiteVersion>('evalSuiteVersion', async (ids) => {
      const where = { id: { in: ids.filter(isUuid) } };
      const rows = await this.database.client.evalSuiteVersion.findMany({ where });
      return indexed(ids, rows.map(versionOf), (row) => row.id);
    });
    return loader.load(id);
  }

  /** All versions of a suite, newest first. */
  async versions(loaders: Loaders, suiteId: string): Promise<EvalSuiteVersion[]> {
    const loader = loaders.once<string, EvalSuiteVersion[]>('evalSuiteVersions', async (ids) => {
      const rows = await this.database.client.evalSuiteVersion.findMany({
        where: { suiteId: { in: [...ids] } },
        orderBy: { version: 'desc' },
      });
      return grouped(ids, rows.map(versionOf), (row) => row.suiteId);
    });
    return (await loader.load(suiteId)) ?? [];
  }

  /** null while the suite has no version. */
  async latestVersion(loaders: Loaders, suite: EvalSuite): Promise<EvalSuiteVersion | null> {
    if (suite.lastVersion === 0) return null;
    const loader = loaders.once(
      'latestEvalSuiteVersion',
      async (keys: readonly { id: string; version: number }[]) => {
        const rows = await this.database.client.evalSuiteVersion.findMany({
          where: { OR: keys.map(({ id, version }) => ({ suiteId: id, version })) },
        });
        const ids = keys.map((key) => key.id);
        return indexed(ids, rows.map(versionOf), (row) => row.suiteId);
      },
    );
    return loader.load({ id: suite.id, version: suite.lastVersion });
  }

  /** Which workflow an act on a suite is about; null for an unknown one. */
  async workflowOfSuite(suiteId: string): Promise<string | null> {
    return (await this.newestOf(suiteId))?.workflowId ?? null;
  }

  /** The version that counts now, outside any request; null for an unknown suite. */
  async newestOf(suiteId: string): Promise<{ workflowId: string; versionId: string | null } | null> {
    const newest = { orderBy: { version: 'desc' }, take: 1, select: { id: true } } as const;
    const suite = await this.database.client.evalSuite.findUnique({
      where: { id: suiteId },
      select: { workflowId: true, versions: newest },
    });
    return suite && { workflowId: suite.workflowId, versionId: suite.versions[0]?.id ?? null };
  }
}
