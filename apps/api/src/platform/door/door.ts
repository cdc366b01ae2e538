import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database, type Tx } from '../database/database.js';
import { digestOf } from '../digest/digest.js';
import { ChangeFeed } from '../events/change-feed.js';
import { ServedFeed } from '../events/served-feed.js';
import type { Actor } from '../identity/actor.js';
import { genesisHash, type JsonObject } from '../ledger/ledger-entry.domain.js';
import { can, isAnsweredFor } from '../permissions/can.js';
import { permissions } from '../permissions/permission-table.js';
import { maySee } from '../permissions/visibility.js';
import { Refusal } from '../refusal/refusal.js';
import type { Act, ActRecord, ActSpec, OutboxEventDraft } from './act.types.js';
import { closeAct } from './close-act.js';
import { DoorClock } from './door-clock.js';
import { LockBudget } from './lock-budget.js';
import { openAct, type OpenedAct } from './open-act.js';
import { isOpenWhenRetired } from './retired.js';

/** Thrown through the transaction to roll it back without calling that a failure. */
class WithoutEffect extends Error {
  constructor(readonly value: unknown) {
    super('Rolled back on purpose');
  }
}

interface Ledgered {
  workflow: { teamId: string; restricted: boolean } | null;
  /** The version of what is served before this act; null outside a workflow. */
  version: { incarnation: number; epoch: number } | null;
  record: ActRecord | null;
  served: boolean;
  events: (OutboxEventDraft & { id: string })[];
}

/**
 * The one door through which state changes: one transaction that locks, checks the permission, lets the
 * caller decide and write, and appends to the ledger. No act happens anywhere else.
 */
@Injectable()
export class Door {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangeFeed,
    private readonly served: ServedFeed,
    private readonly budget: LockBudget,
    private readonly clock: DoorClock,
  ) {}

  /**
   * Performs one act. `T` is small JSON (ids) and is what a repeated request with the same key gets back.
   * @throws Refusal for every expected "no": nothing has happened then.
   */
  async act<T extends JsonObject>(spec: ActSpec, work: (act: Act) => Promise<T>): Promise<T> {
    const inputHash = digestOf(withoutKey(spec.input));
    const left: Ledgered = { workflow: null, version: null, record: null, served: false, events: [] };
    let lockedAt = 0;
    let result: T;
    try {
      result = await this.database.client.$transaction(
        async (tx) => {
          const opened = await openAct(tx, spec, this.clock);
          lockedAt = performance.now();
          if (opened.remembered) return replay<T>(opened.remembered, inputHash);
          this.checkPermission(spec, opened);
          left.workflow = left.version = opened.workflow;
          const entryId = uuidv7();
          const value = await work(this.actFor(tx, spec, opened, entryId, left));
          if (!left.record) throw new Error(`${spec.mutation} did not say what it did`);
          const salt = randomBytes(16).toString('hex');
          await closeAct(tx, spec, opened, {
            ...left,
            record: left.record,
            entryId,
            salt,
            inputHash,
            result: value,
          });
          return value;
        },
        { maxWait: 10_000, timeout: 10_000 },
      );
    } catch (error) {
      if (error instanceof WithoutEffect) return error.value as T;
      throw error;
    } finally {
      if (lockedAt) this.budget.observe(spec.mutation, performance.now() - lockedAt);
    }
    const workflowId = 'workflowId' in spec.scope ? spec.scope.workflowId : null;
    if (left.served && left.version && workflowId !== null) {
      const { incarnation, epoch } = left.version;
      // Awaited, so that whoever did it is answered by a replica that serves it.
      await this.served.changed({ workflowId, incarnation, epoch: epoch + 1 });
    }
    if (left.record) {
      this.changes.publish({
        workflowId: workflowId ?? (left.record.subjectKind === 'workflow' ? left.record.subjectId : null),
        workflow: left.workflow && { teamId: left.workflow.teamId, restricted: left.workflow.restricted },
        topic: left.record.act,
        subjectKind: left.record.subjectKind,
        subjectId: left.record.subjectId,
        at: new Date().toISOString(),
      });
    }
    return result;
  }

  /**
   * For what is looked up before an act begins: ends here who may not see the workflow.
   * @throws Refusal as the act itself would.
   */
  async mustSee(actor: Actor, workflowId: string, unknown = unknownWorkflow): Promise<void> {
    const where = { id: workflowId };
    const workflow = await this.database.client.workflow.findUnique({ where });
    if (!workflow || !maySee(actor, workflow)) throw unknown();
  }

  private checkPermission(spec: ActSpec, { actor, workflow }: OpenedAct): void {
    if (workflow && !maySee(actor, workflow)) throw (spec.unknown ?? unknownWorkflow)();
    const teamId = workflow?.teamId ?? spec.teamId;
    const subject = {
      ...(teamId === undefined ? {} : { teamId }),
      ...(workflow ? { workflowId: workflow.id } : {}),
    };
    // A key acts for its teams and workflows; what is about none of them is not its business.
    const about = actor.key === undefined || teamId !== undefined;
    if (about && can(actor, spec.permission, subject)) {
      if (workflow?.retiredAt && actor.kind !== 'system' && !isOpenWhenRetired(spec.permission))
        throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired');
      if (!isAnsweredFor(actor, spec.permission))
        throw new Refusal(
          'NOBODY_RESPONSIBLE',
          'Nobody answers for what this key does; rotate or replace it',
        );
      return;
    }
    throw new Refusal(
      'FORBIDDEN',
      `You may not do this: ${permissions[spec.permission].description.toLowerCase()}`,
    );
  }

  private actFor(tx: Tx, spec: ActSpec, opened: OpenedAct, entryId: string, left: Ledgered): Act {
    const { workflow } = opened;
    return {
      tx,
      now: opened.now,
      actor: opened.actor,
      requestId: spec.requestId,
      alongside: opened.alongside,
      entryId,
      get workflow() {
        if (!workflow) throw new Error(`${spec.mutation} is not about a workflow`);
        return workflow;
      },
      newId: () => uuidv7(),
      record: (entry) => {
        if (left.record) throw new Error(`${spec.mutation} said twice what it did`);
        left.record = entry;
      },
      servedChanged: () => {
        left.served = true;
      },
      emit: (topic, payload = {}) => {
        left.events.push({ id: uuidv7(), topic, payload });
      },
      openChain: async (created) => {
        left.workflow = created;
        await tx.$executeRaw`INSERT INTO ledger_chain (chain, seq, head_hash, last_at)
          VALUES (${created.id}, 0, ${genesisHash}, ${opened.now.toISOString()}::timestamptz)`;
        opened.head = { chain: created.id, seq: 0, headHash: genesisHash, lastAt: opened.now };
      },
      withoutEffect: (value) => {
        throw new WithoutEffect(value);
      },
    };
  }
}

const unknownWorkflow = () => new Refusal('NOT_FOUND', 'There is no such workflow', ['input', 'workflowId']);

function withoutKey(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input ?? null;
  return JSON.parse(JSON.stringify({ ...input, idempotencyKey: undefined })) as unknown;
}

function replay<T>(remembered: { inputHash: string; result: unknown }, inputHash: string): T {
  if (remembered.inputHash !== inputHash) {
    throw new Refusal('CONFLICT', 'This idempotency key was used with another input', [
      'input',
      'idempotencyKey',
    ]);
  }
  return remembered.result as T;
}
