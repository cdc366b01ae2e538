import { Injectable } from '@nestjs/common';
import type { Act } from '../../platform/door/act.types.js';
import { Door } from '../../platform/door/door.js';
import type { Actor } from '../../platform/identity/actor.js';
import { newToken, type NewToken } from '../../platform/identity/key-token.js';
import { digestOf } from '../../platform/digest/digest.js';
import { maySee } from '../../platform/permissions/visibility.js';
import { parse } from '../../platform/refusal/parse.js';
import { Refusal } from '../../platform/refusal/refusal.js';
import { mayManage } from './key-rights.domain.js';
import { endAfterOverlap, isUsable, keyState, lifeObjection } from './key.domain.js';
import { KeyReads } from './key.reads.js';
import { keyCreate, keyRevoke, keyRotate } from './key.schema.js';

const permission = 'key.manage';
const scope = { organisation: true } as const;

/** What was made; the secret is null when a repeated request gets its earlier answer. */
export interface MadeKey {
  keyId: string;
  secret: string | null;
}

type Binding = { teamIds: readonly string[]; workflowIds: readonly string[] };
type Row = NonNullable<Awaited<ReturnType<Act['tx']['apiKey']['findUnique']>>>;

/** Makes, rotates and revokes keys. A secret leaves by the answer alone: no row, entry, log or memory holds it. */
@Injectable()
export class KeyService {
  constructor(
    private readonly door: Door,
    private readonly reads: KeyReads,
  ) {}

  async create(actor: Actor, requestId: string, raw: unknown): Promise<MadeKey> {
    const input = parse(keyCreate, raw);
    const { name, kind, environment, scopes, teamIds, workflowIds, idempotencyKey } = input;
    const expiresAt = new Date(input.expiresAt);
    let token: NewToken | null = null;
    const { keyId } = await this.door.act(
      { ...{ actor, requestId, mutation: 'keyCreate', input, idempotencyKey }, ...{ scope, permission } },
      async (act) => {
        await this.mustExist(act, teamIds, workflowIds);
        await this.mustManage(act, { teamIds, workflowIds });
        mustLast(expiresAt, act.now);
        token = newToken();
        const id = act.newId();
        await act.tx.apiKey.create({
          data: {
            ...{ id, name, kind, environment, scopes, teamIds, workflowIds, expiresAt },
            ...{ tokenHash: token.hash, prefix: token.prefix },
            ...{ createdById: act.actor.id, createdAt: act.now },
          },
        });
        act.record({
          ...{ act: 'key.created', subjectKind: 'key', subjectId: id },
          // Everybody reads the organisation's chain: that a workflow exists may be a secret, the digest is none.
          subjectDigest: digestOf({ kind, environment, scopes, teamIds, workflowIds }),
          data: { kind, environment, scopes, teamIds, expiresAt: expiresAt.toISOString() },
        });
        return { keyId: id };
      },
    );
    return { keyId, secret: secretOf(token) };
  }

  /** A new secret under the same terms, answered for by whoever rotates; the old one ends after the overlap. */
  async rotate(actor: Actor, requestId: string, raw: unknown): Promise<MadeKey> {
    const input = parse(keyRotate, raw);
    const { keyId: replacesId, overlapDays, idempotencyKey } = input;
    const expiresAt = new Date(input.expiresAt);
    let token: NewToken | null = null;
    const { keyId } = await this.door.act(
      { ...{ actor, requestId, mutation: 'keyRotate', input, idempotencyKey }, ...{ scope, permission } },
      async (act) => {
        const old = await this.managed(act, actor, replacesId);
        const replaced = (await act.tx.apiKey.count({ where: { replacesId } })) > 0;
        const state = keyState({ ...old, replaced }, act.now);
        if (state !== 'active')
          throw new Refusal('CONFLICT', `This key is ${state}; rotate one that is active`, [
            'input',
            'keyId',
          ]);
        mustLast(expiresAt, act.now);
        token = newToken();
        const { name, kind, environment, scopes, teamIds, workflowIds } = old;
        const endsAt = endAfterOverlap(old.expiresAt, overlapDays, act.now);
        await act.tx.apiKey.update({ where: { id: replacesId }, data: { expiresAt: endsAt } });
        const id = act.newId();
        await act.tx.apiKey.create({
          data: {
            ...{ id, name, kind, environment, scopes, teamIds, workflowIds, expiresAt, replacesId },
            ...{ tokenHash: token.hash, prefix: token.prefix },
            ...{ createdById: act.actor.id, createdAt: act.now },
          },
        });
        const data = { replacesId, oldEndsAt: endsAt.toISOString(), expiresAt: expiresAt.toISOString() };
        act.record({ act: 'key.rotated', subjectKind: 'key', subjectId: id, data });
        return { keyId: id };
      },
    );
    return { keyId, secret: secretOf(token) };
  }

  /** Holds from the next request: a key is looked up anew for each. */
  revoke(actor: Actor, requestId: string, raw: unknown): Promise<{ keyId: string }> {
    const input = parse(keyRevoke, raw);
    const { keyId, reason = null, idempotencyKey } = input;
    return this.door.act(
      { ...{ actor, requestId, mutation: 'keyRevoke', input, idempotencyKey }, ...{ scope, permission } },
      async (act) => {
        const key = await this.managed(act, actor, keyId);
        const state = keyState({ ...key, replaced: false }, act.now);
        if (!isUsable(state))
          throw new Refusal('CONFLICT', `This key is ${state} already`, ['input', 'keyId']);
        await act.tx.apiKey.update({ where: { id: keyId }, data: { revokedAt: act.now } });
        act.record({ act: 'key.revoked', subjectKind: 'key', subjectId: keyId, reason });
        return { keyId };
      },
    );
  }

  /**
   * Part of the act that retires a workflow: ends the keys that reach nothing else. @returns their ids
   */
  async revokeBoundTo(act: Act, workflowId: string): Promise<string[]> {
    const bound = await act.tx.apiKey.findMany({
      where: { workflowIds: { equals: [workflowId] }, teamIds: { isEmpty: true }, revokedAt: null },
      select: { id: true },
    });
    const ids = bound.map(({ id }) => id);
    if (ids.length > 0)
      await act.tx.apiKey.updateMany({ where: { id: { in: ids } }, data: { revokedAt: act.now } });
    return ids;
  }

  private async managed(act: Act, actor: Actor, id: string): Promise<Row> {
    const key = await act.tx.apiKey.findUnique({ where: { id } });
    const teams = key ? await this.teamsOf(act, key) : [];
    const seen = [...new Set(teams)].some((teamId) => mayManage(act.actor, [teamId]));
    if (!key || !seen) throw new Refusal('NOT_FOUND', 'There is no such key', ['input', 'keyId']);
    await this.mustManage(act, key);
    return key;
  }

  private async mustManage(act: Act, binding: Binding): Promise<void> {
    if (mayManage(act.actor, await this.teamsOf(act, binding))) return;
    throw new Refusal('FORBIDDEN', 'You make and end keys of your own teams only');
  }

  private async teamsOf({ tx }: Act, { teamIds, workflowIds }: Binding): Promise<string[]> {
    const workflows = await this.reads.teamsOf(workflowIds, tx);
    return [...teamIds, ...workflows.map((workflow) => workflow.teamId)];
  }

  private async mustExist(
    act: Act,
    teamIds: readonly string[],
    workflowIds: readonly string[],
  ): Promise<void> {
    const teams = await act.tx.team.findMany({ where: { id: { in: [...teamIds] } }, select: { id: true } });
    const noTeam = teamIds.findIndex((id) => !teams.some((team) => team.id === id));
    if (noTeam >= 0)
      throw new Refusal('NOT_FOUND', 'There is no such team', ['input', 'teamIds', String(noTeam)]);
    const workflows = await this.reads.teamsOf(workflowIds, act.tx);
    const noWorkflow = workflowIds.findIndex(
      (id) => !workflows.some((workflow) => workflow.id === id && maySee(act.actor, workflow)),
    );
    if (noWorkflow >= 0)
      throw new Refusal('NOT_FOUND', 'There is no such workflow', [
        'input',
        'workflowIds',
        String(noWorkflow),
      ]);
    const retired = workflows.find(({ retiredAt }) => retiredAt !== null);
    if (retired)
      throw new Refusal('WORKFLOW_RETIRED', 'This workflow is retired', [
        'input',
        'workflowIds',
        String(workflowIds.indexOf(retired.id)),
      ]);
  }
}

function mustLast(expiresAt: Date, now: Date): void {
  const objection = lifeObjection(expiresAt, now);
  if (objection) throw new Refusal('INVALID_INPUT', objection, ['input', 'expiresAt']);
}

/** Assigned inside a callback, which the type checker does not follow. */
const secretOf = (token: NewToken | null): string | null => token?.secret ?? null;
