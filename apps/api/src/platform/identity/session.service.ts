import { HttpException, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { loadActor } from './actor.reads.js';
import type { SignedIn } from './request-actors.js';
import { SignInLedger } from './sign-in-ledger.js';

type SessionUser = { id: string; name: string; email: string };

/** Sessions and what the ledger says of them. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly ledger: SignInLedger,
  ) {}

  /**
   * Takes the library's answer to a sign-in. A session that cannot be recorded is taken back.
   * @throws HttpException INVALID_CREDENTIALS, ACCOUNT_DISABLED
   */
  async afterSignIn(response: Response, email: string, requestId: string): Promise<SessionUser> {
    if (response.status === 403) {
      this.ledger.failed(email, requestId);
      throw new HttpException({ code: 'ACCOUNT_DISABLED', message: 'This account may not sign in' }, 403);
    }
    if (response.status === 400 || response.status === 401) {
      this.ledger.failed(email, requestId);
      const message = 'This email and password do not match an account';
      throw new HttpException({ code: 'INVALID_CREDENTIALS', message }, 401);
    }
    if (!response.ok) throw new Error(`The authentication library answered ${response.status}`);
    const { token, user } = (await response.json()) as { token: string; user: SessionUser };
    const session = await this.database.client.session.findUniqueOrThrow({
      where: { token },
      select: { id: true },
    });
    try {
      const actor = await loadActor(this.database.client, user.id);
      if (!actor) throw new Error('A person without an account signed in');
      await this.ledger.started(actor, requestId, session.id, 'password');
    } catch (error) {
      await this.database.client.session.deleteMany({ where: { id: session.id } });
      throw error;
    }
    return { id: user.id, name: user.name, email: user.email };
  }

  async end(signedIn: SignedIn, requestId: string): Promise<void> {
    await this.ledger.ended(signedIn.actor, requestId, signedIn.session.id);
  }
}
