import { commonPasswords } from './common-passwords.js';
import { characterCount, passwordLength } from './person.schema.js';

const productName = 'holdpoint';
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '1234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
];
const runs = rows.flatMap((row) => [row, Array.from(row).reverse().join('')]);
/** Below this many characters an address's name is in too many words to say anything. */
const tellingName = 4;

/** The form in which a password is hashed and compared: however a keyboard composes é, it is one password. */
export function normalPassword(password: string): string {
  return password.normalize('NFKC');
}

/**
 * Why nobody may choose this password, in words for the person; null when they may. NIST SP 800-63B, 3.1.1.2: long
 * enough, not one that is commonly chosen, and not made of the name of the account or of the service. Which
 * characters it has is the person's business.
 */
export function passwordProblem(password: string, email: string): string | null {
  const normal = normalPassword(password);
  const characters = characterCount(normal);
  const { least, most } = passwordLength;
  if (characters < least) return `A password has at least ${least} characters`;
  if (characters > most) return `A password has at most ${most} characters`;
  const lower = normal.toLowerCase();
  const [name = ''] = email.toLowerCase().split('@');
  if (name.length >= tellingName && lower.includes(name))
    return 'A password does not contain the name of the email address';
  if (lower.includes(productName)) return 'A password does not contain the name of this product';
  if (isGuessable(lower)) return 'This password is one of those that are tried first; choose another one';
  return null;
}

/** Commonly chosen, or made of something commonly chosen, repeated or padded with digits and signs. */
function isGuessable(lower: string): boolean {
  const unit = repeatedUnit(lower);
  if (characterCount(unit) <= 6) return true;
  return [lower, unit].some((text) => {
    const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
    const isPadded = core !== text && characterCount(core) < passwordLength.least;
    return commonPasswords.has(text) || isRun(text) || (isPadded && core !== '' && isPlain(core));
  });
}

function isPlain(core: string): boolean {
  const unit = repeatedUnit(core);
  return commonPasswords.has(unit) || isRun(unit) || characterCount(unit) <= 2;
}

/** The shortest text that, repeated, gives this one; the last repetition may be cut short. */
function repeatedUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length);
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
  }
  return text;
}

/** Neighbours of the alphabet, of the digits or of a keyboard's rows, all along, forwards or backwards. */
function isRun(text: string): boolean {
  return text.length >= 3 && runs.some((row) => row.repeat(3).includes(text));
}
