import { hashPassword } from 'better-auth/crypto';
import { Refusal } from '../refusal/refusal.js';
import { normalPassword, passwordProblem } from './password.domain.js';

/**
 * The hash of a password that a person has chosen.
 * @throws Refusal INVALID_INPUT on the field when it may not be chosen
 */
export async function hashChosenPassword(
  password: string,
  email: string,
  field = 'password',
): Promise<string> {
  const problem = passwordProblem(password, email);
  if (problem !== null) throw new Refusal('INVALID_INPUT', problem, ['input', field]);
  return hashPassword(normalPassword(password));
}
