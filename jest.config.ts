/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/** What explorations spend their time in. */
const libraries = '(xstate|safe-stable-stringify|fast-check|fast-deep-equal)/';

const config: Config = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '<rootDir>/scripts/jest-transform.mjs',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, sourceMaps: 'inline' },
    ],
    [`/node_modules/${libraries}`]: ['<rootDir>/scripts/jest-transform.mjs', { isLibrary: true }],
  },
  transformIgnorePatterns: [`/node_modules/(?!${libraries})`],
  // The examples import this name, as users do.
  moduleNameMapper: { '^sprite-check/checker$': '<rootDir>/checker/library.ts' },
  // Jest's own pattern would take scripts/test.mjs, which runs Jest, for a test.
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/out/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Jest leaves one core to itself; on a machine of two that is half of it.
  maxWorkers: '100%',
  // Jest leaks memory in ESM mode: restart a worker that has grown.
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  collectCoverageFrom: ['{model,properties,checker}/**/*.ts'],
};

export default config;
