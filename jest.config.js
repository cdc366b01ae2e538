import { readFileSync } from 'node:fs';

/** The build and the tests compile with the same settings; tests run the sources as ES modules. */
const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;
const compile = ['@swc/jest', { ...swc, sourceMaps: 'inline', swcrc: false }];

const project = (displayName) => ({
  displayName,
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
  testEnvironment: '<rootDir>/test/support/native-environment.cjs',
  runtime: '<rootDir>/test/support/native-runtime.cjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@holdpoint/client/(.*)\\.js$': '<rootDir>/packages/client/src/$1.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': compile },
  modulePathIgnorePatterns: ['<rootDir>/(apps|packages)/.*/dist/', '<rootDir>/\\.cache/'],
});

export default {
  projects: [project('domain'), project('client'), project('api'), project('runtime'), project('admin')],
  // Real engines and real browsers start inside tests, on machines of any speed.
  testTimeout: 120_000,
  testSequencer: './test/support/slow-first.mjs',
  // Modules that a finished file has loaded are not given back: a worker that has grown is replaced.
  workerIdleMemoryLimit: '1500MB',
  // Jest would leave a core idle, which on two cores is half of them.
  maxWorkers: '100%',
};
