import Sequencer from '@jest/test-sequencer';

// A file that runs for minutes and starts last is waited for by every other core.
const slow = /(crash|accessibility|main-job|bad-input|evals-import-large)\.test\.ts$/;

/** Jest's own order, with the files that take longest first. */
// eslint-disable-next-line no-restricted-syntax -- jest takes a sequencer by its default export
export default class SlowFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isSlow = (test) => slow.test(test.path);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
}
