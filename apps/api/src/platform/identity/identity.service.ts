import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import type { Act } from '../door/act.types.js';
import { Door } from '../door/door.js';
import { Refusal } from '../refusal/refusal.js';
import { parse } from '../refusal/parse.js';
import type { Actor } from './actor.js';
import { demoEmailDomain, isDemoEmail } from './demo-people.js';
import { hashChosenPassword } from './password-hash.js';
import { setPassword } from './set-password.js';
import { person, type Person } from './person.schema.js';

export type NewPerson = { name: string; email: string; password: string; idempotencyKey?: string | null };

/** People who can sign in. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly door: Door,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * A person with email and password and no role.
   * @throws Refusal INVALID_INPUT, FORBIDDEN, CONFLICT when the email address is taken
   */
  async createUser(actor: Actor, requestId: string, input: NewPerson): Promise<{ userId: string }> {
    const { idempotencyKey = null, ...fields } = input;
    const parsed = parse(person, fields);
    const passwordHash = await hashChosenPassword(parsed.password, parsed.email);
    const { name, email } = parsed;
    return this.door.act(
      {
        actor,
        requestId,
        mutation: 'userCreate',
        // Without the password: the door remembers a hash of the input, which is too quick a hash for one.
        input: { name, email },
        idempotencyKey,
        scope: { organisation: true },
        permission: 'organisation.manage',
      },
      async (act) => {
        const userId = await this.insert(act, parsed, passwordHash);
        // Name and address are personal data and the ledger cannot forget: the entry holds the id alone.
        act.record({ act: 'user.created', subjectKind: 'user', subjectId: userId });
        return { userId };
      },
    );
  }

  /** The rows of a person who has a password, inside an act of the caller. @throws Refusal CONFLICT, INVALID_INPUT */
  async insert(act: Act, { name, email }: Person, passwordHash: string): Promise<string> {
    const userId = await this.insertPerson(act, { name, email });
    await setPassword(act, userId, passwordHash);
    return userId;
  }

  /** The row of a person, inside an act of the caller. @throws Refusal CONFLICT when the email address is taken */
  async insertPerson(act: Act, { name, email }: Pick<Person, 'name' | 'email'>): Promise<string> {
    if (isDemoEmail(email) && !this.config.demo) {
      const message = `Addresses in ${demoEmailDomain} are for the demo; nobody could sign in with this one`;
      throw new Refusal('INVALID_INPUT', message, ['input', 'email']);
    }
    const taken = await act.tx.user.findUnique({ where: { email }, select: { id: true } });
    if (taken) throw new Refusal('CONFLICT', 'Somebody has this email address already', ['input', 'email']);
    const id = act.newId();
    await act.tx.user.create({ data: { id, name, email, createdAt: act.now, updatedAt: act.now } });
    return id;
  }
}
