import type { Act } from '../door/act.types.js';

/** The person's password from now on, also for one who had none; inside an act of the caller. */
export async function setPassword(act: Act, userId: string, password: string): Promise<void> {
  const where = { userId, providerId: 'credential' };
  const changed = await act.tx.account.updateMany({ where, data: { password, updatedAt: act.now } });
  if (changed.count > 0) return;
  await act.tx.account.create({
    data: {
      ...{ id: act.newId(), accountId: userId, providerId: 'credential', userId, password },
      ...{ createdAt: act.now, updatedAt: act.now },
    },
  });
}
