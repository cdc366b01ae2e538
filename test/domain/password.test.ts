import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newPassword } from '../../apps/api/src/platform/identity/person.schema.js';
import { normalPassword, passwordProblem } from '../../apps/api/src/platform/identity/password.domain.js';

const email = 'ellen@example.com';

describe('a new password', () => {
  test.each([
    ['fourteen chars', /at least 15/],
    ['passwordpassword', /tried first/],
    ['Password12345678', /tried first/],
    ['!!!letmein!!!!!!!!', /tried first/],
    ['aaaaaaaaaaaaaaaaaaaa', /tried first/],
    ['abcabcabcabcabcabc', /tried first/],
    ['123456789012345', /tried first/],
    ['abcdefghijklmnop', /tried first/],
    ['qwertyuiopasdfgh', /tried first/],
    ['1qaz2wsx3edc4rfv', /tried first/],
    ['my name is Ellen now', /email address/],
    ['let me in Holdpoint', /product/],
    ['x'.repeat(64) + 'y'.repeat(65), /at most 128/],
  ])('is refused, and told why: %s', (password, why) => {
    expect(passwordProblem(password, email)).toMatch(why);
  });

  test.each([
    'correct horse battery staple',
    'sixteen letters.',
    'пароль из четырёх слов',
    '長いパスワードは覚えやすく安全です',
    '🦊🐢🦉🐝🐙🦔🐞🦩🦚🐬🦦🐿️🦜🦎🐌🪲',
    `${'a long sentence that somebody remembers '.repeat(3)}.`.slice(0, 64),
  ])('is accepted, whichever characters it has: %s', (password) => {
    expect(passwordProblem(password, email)).toBeNull();
  });

  test('is one and the same however a keyboard composes it', () => {
    const composed = 'caf\u00e9 au lait, s\u2019il vous pla\u00eet';
    const decomposed = composed.normalize('NFD');
    expect(decomposed).not.toBe(composed);
    expect(normalPassword(decomposed)).toBe(normalPassword(composed));
    expect(newPassword.parse(decomposed)).toBe(newPassword.parse(composed));
  });

  test('of three unrelated words and up is never refused for what characters it has or lacks', () => {
    const word = fc.stringMatching(/^[a-z]{6,9}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 3, maxLength: 6 }), (words) => {
        expect(passwordProblem(words.join(' '), 'qq@example.com')).toBeNull();
      }),
    );
  });

  test('counts characters as a person does: a sign outside the basic plane is one', () => {
    expect(passwordProblem('🦊🐢🦉🐝🐙🦔🐞🦩', email)).toMatch(/at least 15/);
  });
});
