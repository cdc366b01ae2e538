import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../platform/database/database.js';
import { Door } from '../../platform/door/door.js';
import { systemActor } from '../../platform/identity/actor.js';
import { nextIncarnation } from './incarnation.domain.js';

export interface Raised {
  /** team.workflow */
  workflow: string;
  from: string;
  to: string;
}

/** Workflows of which the versions are raised at once. */
const atOnce = 4;

/**
 * After the database was restored from a copy: instances remember versions that the copy does not, and follow none that
 * is older. Each workflow gets a higher incarnation, by an act of its own in its own chain.
 */
@Injectable()
export class IncarnationService {
  constructor(
    private readonly database: Database,
    private readonly door: Door,
  ) {}

  /** @param told what each workflow was raised to, as it happens. @returns how many there were */
  async raiseAll(reason: string, told: (raised: Raised) => void): Promise<number> {
    const workflows = await this.database.client.$queryRaw<{ id: string; fullKey: string }[]>`
      SELECT w.id::text, t.key || '.' || w.key AS "fullKey" FROM workflow w JOIN team t ON t.id = w.team_id
      ORDER BY t.key, w.key`;
    const requestId = `restore-${uuidv7()}`;
    const waiting = workflows.values();
    const work = async (): Promise<void> => {
      for (const { id, fullKey } of waiting)
        told({ workflow: fullKey, ...(await this.raise(id, requestId, reason)) });
    };
    await Promise.all(Array.from({ length: this.database.engine === 'pglite' ? 1 : atOnce }, work));
    return workflows.length;
  }

  private raise(
    workflowId: string,
    requestId: string,
    reason: string,
  ): Promise<{ from: string; to: string }> {
    const spec = {
      actor: systemActor,
      requestId,
      mutation: 'incarnationRaise',
      input: { workflowId, reason },
    };
    return this.door.act(
      { ...spec, scope: { workflowId }, permission: 'organisation.manage' },
      async (act) => {
        const { incarnation, epoch } = act.workflow;
        const next = nextIncarnation(incarnation, act.now);
        await act.tx.workflow.update({ where: { id: workflowId }, data: { incarnation: next } });
        act.servedChanged();
        const [from, to] = [
          `${String(incarnation)}.${String(epoch)}`,
          `${String(next)}.${String(epoch + 1)}`,
        ];
        act.record({
          ...{ act: 'workflow.incarnationRaised', subjectKind: 'workflow', subjectId: workflowId, reason },
          data: { from, to },
        });
        act.emit('workflow.incarnationRaised', { workflowId });
        return { from, to };
      },
    );
  }
}
