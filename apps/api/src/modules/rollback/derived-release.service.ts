import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../../platform/digest/digest.js';
import type { Act } from '../../platform/door/act.types.js';
import { defaultAlias, evalDigest } from '../release/release.domain.js';
import type { DerivedRelease } from './derived.domain.js';

/** The releases that rollbacks make of others, written inside an act. */
@Injectable()
export class DerivedReleaseService {
  /** An identical release is served as it is; else the derived one is made. @returns its id */
  async make(
    act: Act,
    { from, bundle, digest, steps }: DerivedRelease,
  ): Promise<{ id: string; alias: string }> {
    const same = await act.tx.release.findFirst({ where: { workflowId: act.workflow.id, digest } });
    if (same) return { id: same.id, alias: same.alias };
    const source = await act.tx.release.findUniqueOrThrow({ where: { id: from.id } });
    const { coreId, outputId, retrievalId, toolsId, budgetsId } = source;
    const [id, number] = [act.newId(), act.workflow.lastReleaseNumber + 1];
    const alias = await this.freeAlias(act, defaultAlias(number, digest));
    await act.tx.release.create({
      data: {
        ...{ id, workflowId: act.workflow.id, number, alias, digest, evalDigest: evalDigest(bundle) },
        ...{ canonical: canonicalJson(bundle), derivedFromId: from.id, origin: 'rollback' },
        ...{ coreId, outputId, retrievalId, toolsId, budgetsId },
        ...{ createdById: act.actor.id, responsibleIds: [...new Set(act.actor.responsibleIds)] },
        createdAt: act.now,
      },
    });
    await act.tx.releaseStep.createMany({
      data: steps.map((step, position) => ({ id: act.newId(), releaseId: id, position, ...step })),
    });
    await act.tx.workflow.update({ where: { id: act.workflow.id }, data: { lastReleaseNumber: number } });
    return { id, alias };
  }

  /** Somebody may have taken the name that it would get. */
  private async freeAlias(act: Act, alias: string): Promise<string> {
    const taken = await act.tx.release.findFirst({ where: { workflowId: act.workflow.id, alias } });
    return taken ? `${alias}-${act.newId().slice(-6)}` : alias;
  }
}
