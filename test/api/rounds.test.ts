import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { inBackground, Rounds, tellRoundsApart } from '../../apps/api/src/platform/rounds/rounds.js';

const until = async (holds: () => boolean) => {
  while (!holds()) await pause(1);
};

test('Work that takes longer than its interval is never done beside itself', async () => {
  const rounds = new Rounds();
  let beside = 0;
  let most = 0;
  let done = 0;
  rounds.every(1, async () => {
    beside += 1;
    most = Math.max(most, beside);
    await pause(10);
    beside -= 1;
    done += 1;
  });
  await until(() => done >= 3);
  await rounds.stop();
  expect(most).toBe(1);
});

test('A round that fails is told of, and the next one comes', async () => {
  const rounds = new Rounds();
  const errors: unknown[] = [];
  rounds.every(
    1,
    () => Promise.reject(new Error('away')),
    (error) => errors.push(error),
  );
  await until(() => errors.length >= 2);
  await rounds.stop();
  expect(errors[0]).toEqual(new Error('away'));
});

test('Stopping waits for the round that is under way, and no other begins', async () => {
  const rounds = new Rounds();
  let begun = 0;
  let ended = 0;
  rounds.every(1, async () => {
    begun += 1;
    await pause(20);
    ended += 1;
  });
  await until(() => begun === 1);
  await rounds.stop();
  expect(ended).toBe(1);
  await pause(20);
  expect(begun).toBe(1);
});

test('What a round does is told from what somebody asked for', async () => {
  tellRoundsApart();
  const rounds = new Rounds();
  const seen: boolean[] = [];
  rounds.every(1, async () => {
    await pause(1);
    seen.push(inBackground());
  });
  await until(() => seen.length > 0);
  await rounds.stop();
  expect(seen[0]).toBe(true);
  expect(inBackground()).toBe(false);
});
