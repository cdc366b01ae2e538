import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../database/database.js';
import { Door } from '../door/door.js';
import { LOGGER } from '../http/logger.js';
import type { JsonObject } from '../ledger/ledger-entry.domain.js';
import { type Actor, systemActor } from './actor.js';
import { FailureThrottle } from './failure-throttle.js';

const failureWindowMs = 10 * 60 * 1000;
const organisation = { scope: { organisation: true }, permission: 'session.self', input: {} } as const;

/** Sign-ins, sign-outs and failures in the ledger. Never an address that was typed: it may be a password. */
@Injectable()
export class SignInLedger implements OnModuleDestroy {
  private readonly failures = new FailureThrottle(failureWindowMs);
  private pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly door: Door,
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.pending;
  }

  async started(
    actor: Actor,
    requestId: string,
    sessionId: string,
    method: 'password' | 'oidc',
  ): Promise<void> {
    const failures = this.failures.succeeded(actor.id);
    await this.door.act({ ...organisation, actor, requestId, mutation: 'signIn' }, (act) => {
      const data = { sessionId, method, ...(failures > 0 ? { unrecordedFailures: failures } : {}) };
      act.record({ act: 'session.started', subjectKind: 'user', subjectId: actor.id, data });
      return Promise.resolve({ sessionId });
    });
  }

  /** Ends the session and says so in one transaction. */
  async ended(actor: Actor, requestId: string, sessionId: string): Promise<void> {
    await this.door.act({ ...organisation, actor, requestId, mutation: 'signOut' }, async (act) => {
      await act.tx.session.deleteMany({ where: { id: sessionId, userId: actor.id } });
      act.record({ act: 'session.ended', subjectKind: 'user', subjectId: actor.id, data: { sessionId } });
      return { sessionId };
    });
  }

  /** Behind the answer's back: how long it takes must not tell whether there is such a person. */
  failed(email: string, requestId: string): void {
    this.later(requestId, () => this.recordFailure(email, requestId));
  }

  /** A sign-in that failed at the identity provider, or after it: nobody is named. */
  refused(requestId: string, problem: string): void {
    this.later(requestId, () => this.recordRefusal('unknown', requestId, { method: 'oidc', problem }));
  }

  private later(requestId: string, work: () => Promise<void>): void {
    this.pending = this.pending.then(work).catch((error: unknown) => {
      this.logger.error({ reqId: requestId, err: error }, 'a failed sign-in could not be recorded');
    });
  }

  private async recordFailure(email: string, requestId: string): Promise<void> {
    const where = { email: email.trim().toLowerCase() };
    const user = await this.database.client.user.findUnique({ where, select: { id: true } });
    await this.recordRefusal(user?.id ?? 'unknown', requestId, {});
  }

  private async recordRefusal(subjectId: string, requestId: string, how: JsonObject): Promise<void> {
    const failure = this.failures.failed(subjectId, Date.now());
    if (!failure) return;
    await this.door.act({ ...organisation, actor: systemActor, requestId, mutation: 'signInFail' }, (act) => {
      const data = {
        ...how,
        ...(failure.unrecorded > 0 ? { unrecordedFailures: failure.unrecorded } : {}),
      };
      act.record({ act: 'session.refused', subjectKind: 'user', subjectId, data });
      return Promise.resolve({});
    });
  }
}
