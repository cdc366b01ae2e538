import type { Person, World } from './world.js';

export interface StaffedTeam {
  id: string;
  key: string;
  /** Writes contracts, prompts and releases. */
  member: Person;
  /** Reviews what others wrote. */
  reviewer: Person;
}

/** A team with one person who writes and another who reviews. */
export async function staffedTeam(world: World): Promise<StaffedTeam> {
  const team = await world.team();
  const member = await world.person({ name: 'Member', teams: [{ teamId: team.id, role: 'member' }] });
  const reviewer = await world.person({ name: 'Reviewer', teams: [{ teamId: team.id, role: 'reviewer' }] });
  return { ...team, member, reviewer };
}
