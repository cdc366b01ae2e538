import type { Actor } from '../platform/identity/actor.js';
import { systemActor } from '../platform/identity/actor.js';
import { loadActor } from '../platform/identity/actor.reads.js';
import type { DemoServices } from './demo-services.js';
import { demoEmail, demoPassword, demoPeople, type DemoPersonKey } from './people.js';

export const demoRequest = 'demo-seed';

/** The people of the demo, as actors with the roles they hold at the time. */
export class DemoPeople {
  private readonly ids = new Map<DemoPersonKey, string>();

  constructor(private readonly services: DemoServices) {}

  async arrive(): Promise<void> {
    for (const person of demoPeople) {
      const account = { name: person.name, email: demoEmail(person.key), password: demoPassword };
      const { userId } = await this.services.identity.createUser(systemActor, demoRequest, account);
      this.ids.set(person.key, userId);
      for (const role of person.organisationRoles) {
        await this.services.people.grantRole(systemActor, demoRequest, { userId, role });
      }
    }
  }

  /** @returns the id of the new team, with everybody of the demo in it who has a role in teams. */
  async formTeam(team: { key: string; name: string; onCallContact: string }): Promise<string> {
    const { teamId } = await this.services.teams.create(systemActor, demoRequest, team);
    for (const person of demoPeople) {
      for (const role of person.teamRoles) {
        const userId = this.id(person.key);
        await this.services.teams.addMember(systemActor, demoRequest, { teamId, userId, role });
      }
    }
    return teamId;
  }

  id(key: DemoPersonKey): string {
    const id = this.ids.get(key);
    if (!id) throw new Error(`Nobody of the demo is called ${key}`);
    return id;
  }

  async as(key: DemoPersonKey): Promise<Actor> {
    const actor = await loadActor(this.services.database.client, this.id(key));
    if (!actor) throw new Error(`${key} cannot act`);
    return actor;
  }
}
