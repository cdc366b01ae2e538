import type { PrismaClient } from '../database/generated/client.js';
import { isDemoEmail } from './demo-people.js';

/** Whether this person may sign in: not disabled, and, for people of the demo, only while the demo runs. */
export async function mayHoldSession(
  db: Pick<PrismaClient, 'user'>,
  userId: string,
  demo: boolean,
): Promise<boolean> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { email: true, disabledAt: true } });
  return user !== null && user.disabledAt === null && (demo || !isDemoEmail(user.email));
}
