// What `@jest/globals` exports, of the test file that runs now: modules that are loaded once serve many files.
const now = () => globalThis[Symbol.for('holdpoint.test-globals')];
const forward = (name) =>
  new Proxy(() => undefined, {
    apply: (_target, self, args) => Reflect.apply(now()[name], self, args),
    get: (_target, key) => now()[name][key],
  });

export const [afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test] = [
  ...['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'it', 'test'],
].map(forward);
