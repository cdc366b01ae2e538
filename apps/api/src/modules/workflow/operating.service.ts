import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { sealOperatingRecord } from './operating.domain.js';
import type { OperatingRecordContent } from './operating.schema.js';
import { operatingRecordSave } from './workflow.schema.js';

@Injectable()
export class OperatingService {
  constructor(private readonly door: Door) {}

  save(actor: Actor, requestId: string, raw: unknown): Promise<{ workflowId: string }> {
    const input = parse(operatingRecordSave, raw);
    const { workflowId, expectedVersion, content, idempotencyKey } = input;
    const sealed = sealOperatingRecord(content);
    return this.door.act(
      {
        ...{ actor, requestId, mutation: 'operatingRecordSave', input, idempotencyKey },
        ...{ scope: { workflowId }, permission: 'workflow.edit' },
      },
      async (act) => {
        const last = await act.tx.operatingRecord.findFirst({
          where: { workflowId },
          orderBy: { version: 'desc' },
        });
        if ((last?.version ?? 0) !== expectedVersion)
          throw new Refusal('CONFLICT', 'Somebody changed this record since you read it', [
            'input',
            'expectedVersion',
          ]);
        if (last?.digest === sealed.digest)
          throw new Refusal('NOTHING_CHANGED', 'This is what the record says already', ['input', 'content']);
        await this.checkNames(act, content);
        const [id, version] = [act.newId(), expectedVersion + 1];
        await act.tx.operatingRecord.create({
          data: { id, workflowId, version, ...sealed, authorId: act.actor.id, createdAt: act.now },
        });
        act.record({
          act: 'operating_record.saved',
          subjectKind: 'operating_record',
          subjectId: id,
          subjectDigest: sealed.digest,
          data: { version },
        });
        return { workflowId };
      },
    );
  }

  /** Part of the act that retires the workflow: nobody owes anything for it any more. @returns the new version, if any */
  async closeDuties(act: Act): Promise<number | null> {
    const workflowId = act.workflow.id;
    const last = await act.tx.operatingRecord.findFirst({
      where: { workflowId },
      orderBy: { version: 'desc' },
    });
    if (!last) return null;
    const content = JSON.parse(last.canonical) as OperatingRecordContent;
    if (content.duties.length === 0) return null;
    const version = last.version + 1;
    const sealed = sealOperatingRecord({ ...content, duties: [] });
    await act.tx.operatingRecord.create({
      data: { id: act.newId(), workflowId, version, ...sealed, authorId: act.actor.id, createdAt: act.now },
    });
    return version;
  }

  /** The teams and the person that the record names must be there. */
  private async checkNames(act: Act, content: OperatingRecordContent): Promise<void> {
    const at = (...path: string[]) => ['input', 'content', ...path];
    const named = [
      { key: content.ownerTeam, field: at('ownerTeam') },
      ...content.duties.map(({ ownerTeam }, i) => ({
        key: ownerTeam,
        field: at('duties', String(i), 'ownerTeam'),
      })),
    ].flatMap(({ key, field }) => (key ? [{ key, field }] : []));
    const teams = await act.tx.team.findMany({
      where: { key: { in: named.map(({ key }) => key) } },
      select: { key: true },
    });
    const problems = named
      .filter(({ key }) => !teams.some((team) => team.key === key))
      .map(({ key, field }) => ({
        code: 'INVALID_INPUT' as const,
        message: `There is no team ${key}`,
        field,
      }));
    const person = await act.tx.user.findFirst({
      where: { id: content.accountableUserId, disabledAt: null },
    });
    if (!person)
      problems.push({
        code: 'INVALID_INPUT',
        message: 'There is no such person',
        field: at('accountableUserId'),
      });
    if (problems.length > 0) throw Refusal.many(problems);
  }
}
