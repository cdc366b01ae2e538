import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '../../apps/api/src/platform/database/database.js';
import { digestOfText } from '../../apps/api/src/platform/digest/digest.js';
import { genesisHash, sealEntry } from '../../apps/api/src/platform/ledger/ledger-entry.domain.js';

/** What must stand behind a move; a test leaves out, or spoils, one of them. */
export type Grounds = {
  ledger: boolean;
  move: boolean;
  readiness: boolean;
  incompleteChecks: number;
  release: string;
};

const now = new Date('2026-11-23T12:00:00.000Z');
const stageKey = 'internal';
const text = (canonical: string) => ({ canonical, digest: digestOfText(canonical) });

/** One workflow with two releases and one stage, written below every service, to see what the database alone refuses. */
export class PointerFixture {
  readonly workflowId = randomUUID();
  readonly teamId = randomUUID();
  readonly person = randomUUID();
  readonly releases = [randomUUID(), randomUUID()] as const;
  readonly stageRevisionId = randomUUID();
  readonly nextStageRevisionId = randomUUID();

  constructor(readonly database: Database) {}

  async create(): Promise<this> {
    const { client } = this.database;
    const { workflowId, teamId, person, stageRevisionId } = this;
    await client.team.create({ data: { id: teamId, key: `t-${teamId}`, name: 'Support', createdAt: now } });
    await client.workflow.create({
      data: { id: workflowId, teamId, key: 'reply', name: 'Reply', createdById: person, createdAt: now },
    });
    await client.ledgerChain.create({ data: { chain: workflowId, headHash: genesisHash, lastAt: now } });
    const componentIds = { coreId: randomUUID(), outputId: randomUUID() };
    for (const [kind, id] of [
      ['core', componentIds.coreId],
      ['output', componentIds.outputId],
    ] as const) {
      await client.contractComponent.create({
        data: { id, workflowId, kind, number: 1, ...text(`${kind} ${id}`), authorId: person, createdAt: now },
      });
    }
    for (const [index, id] of this.releases.entries()) {
      await client.release.create({
        data: {
          ...{
            id,
            workflowId,
            number: index + 1,
            alias: `r${String(index + 1)}`,
            evalDigest: digestOfText('eval'),
          },
          ...{ ...text(`release ${id}`), ...componentIds, createdById: person, createdAt: now },
        },
      });
    }
    for (const [index, id] of [stageRevisionId, this.nextStageRevisionId].entries()) {
      await client.stageRevision.create({
        data: {
          ...{ id, workflowId, stageKey, revision: index + 1, effect: index === 0 ? 'initial' : 'neutral' },
          ...{ ...text(`stage ${id}`), createdById: person, createdAt: now },
        },
      });
    }
    await client.stage.create({
      data: { workflowId, key: stageKey, position: 0, currentRevisionId: stageRevisionId },
    });
    return this;
  }

  /** Appends to the workflow's chain. @returns the entry's id. */
  async append(
    tx: Tx,
    change: Partial<{ seq: number; prevHash: string; at: string; hash: string }> = {},
  ): Promise<string> {
    const chain = this.workflowId;
    const head = await tx.ledgerChain.findUniqueOrThrow({ where: { chain } });
    const id = randomUUID();
    const seq = change.seq ?? Number(head.seq) + 1;
    const prevHash = change.prevHash ?? head.headHash;
    const at = change.at ?? now.toISOString();
    const who = { id: this.person, kind: 'user', responsible: [this.person] };
    const subject = { kind: 'workflow', id: chain, digest: null };
    const said = {
      v: 1,
      id,
      chain,
      seq,
      at,
      act: 'test.acted',
      actor: who,
      subject,
      requestId: 'r',
      data: {},
    } as const;
    const sealed = sealEntry({ ...said, reasonHash: null, prevHash });
    await tx.ledgerEntry.create({
      data: {
        ...{
          id,
          chain,
          seq,
          at,
          prevHash,
          act: said.act,
          requestId: 'r',
          actorId: who.id,
          actorKind: who.kind,
        },
        ...{ subjectKind: subject.kind, subjectId: subject.id, ...sealed, hash: change.hash ?? sealed.hash },
      },
    });
    await tx.ledgerChain.update({ where: { chain }, data: { seq, headHash: sealed.hash, lastAt: at } });
    return id;
  }

  async requestPromotion(tx: Tx, releaseId: string): Promise<string> {
    const { workflowId, person, stageRevisionId } = this;
    const { id } = await tx.promotion.create({
      data: {
        ...{
          id: randomUUID(),
          workflowId,
          kind: 'climb',
          state: 'open',
          releaseId,
          digest: digestOfText('release'),
        },
        ...{ toStageKey: stageKey, requestedById: person, createdAt: now },
        moves: {
          create: { id: randomUUID(), workflowId, stageKey, position: 0, stageRevisionId, state: 'open' },
        },
      },
    });
    return id;
  }

  /** Moves the pointer in one transaction, as the promotion's service would, but for what the test leaves out. */
  async promote(change: Partial<Grounds> = {}): Promise<void> {
    const { workflowId, person, stageRevisionId } = this;
    const release = change.release ?? this.releases[0];
    await this.database.client.$transaction(async (tx) => {
      const promotionId = await this.requestPromotion(tx, this.releases[0]);
      const elsewhere = randomUUID();
      const readinessRecordId = change.readiness === false ? elsewhere : randomUUID();
      if (change.readiness !== false) {
        await tx.readinessRecord.create({
          data: {
            ...{ id: readinessRecordId, workflowId, releaseId: release, stageKey, stageRevisionId },
            ...{ checklistVersion: 1, evaluatedAt: now, incompleteChecks: change.incompleteChecks ?? 0 },
            ...text(`readiness ${readinessRecordId}`),
          },
        });
      }
      if (change.move !== false) {
        await tx.promotionMove.updateMany({
          where: { promotionId },
          data: { state: 'executed', executedAt: now, executedById: person, readinessRecordId },
        });
      }
      const ledgerEntryId = change.ledger === false ? elsewhere : await this.append(tx);
      await tx.occupancy.updateMany({
        where: { workflowId, stageKey, to: null },
        data: { to: now, endLedgerEntryId: ledgerEntryId },
      });
      await tx.occupancy.create({
        data: {
          ...{ id: randomUUID(), workflowId, stageKey, stageRevisionId, releaseId: release, from: now },
          ...{ origin: 'promotion', promotionId, readinessRecordId, ledgerEntryId },
        },
      });
      await tx.promotion.update({ where: { id: promotionId }, data: { state: 'executed', closedAt: now } });
    });
  }
}
