import { createHash } from 'node:crypto';
import type { Act } from '../door/act.types.js';

export const erasedName = 'Erased person';

/** Nobody can have an address at this domain (RFC 2606). */
const erasedDomain = 'erased.invalid';
export const isErased = ({ email }: { email: string }): boolean => email.endsWith(`@${erasedDomain}`);

/**
 * Everything about a person that names them, or by which they could come back: name and address, sessions, ways to sign
 * in, links, what was counted about them. Their id stays, and so does what they did.
 */
export async function forgetPerson(act: Act, { id, email }: { id: string; email: string }): Promise<void> {
  const { tx, now } = act;
  await tx.session.deleteMany({ where: { userId: id } });
  await tx.account.deleteMany({ where: { userId: id } });
  await tx.resetLink.deleteMany({ where: { userId: id, usedAt: null } });
  await tx.verification.deleteMany({
    where: { OR: [{ identifier: email }, { value: { contains: email } }] },
  });
  const counted = createHash('sha256').update(email.toLowerCase()).digest('hex');
  await tx.signInThrottle.deleteMany({ where: { subject: `account:${counted}` } });
  const held = { where: { userId: id, endedAt: null }, data: { endedAt: now } };
  await tx.organisationRole.updateMany(held);
  await tx.teamMember.updateMany(held);
  await tx.user.update({
    where: { id },
    data: {
      ...{ name: erasedName, email: `erased-${id}@${erasedDomain}`, emailVerified: false, image: null },
      ...{ disabledAt: now, updatedAt: now },
    },
  });
}
