import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  // One worker for each core, where Jest would keep one core for itself.
  maxWorkers: '100%',
  // For a machine that is slow, or busy with other things.
  testTimeout: 30_000,
  roots: ['<rootDir>/spec', '<rootDir>/examples/testing'],
  // What takes long by its nature runs with `npm run test:long`.
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.spec\\.ts$'],
  // Sources name their imports as Node runs them (`./header.js`); Jest reads the TypeScript beside it.
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // The example suite imports the package by its name, as its reader would.
    '^rxsecs$': '<rootDir>/src/index.ts',
    '^rxsecs/testing/jest$': '<rootDir>/src/testing/jest.ts',
    '^rxsecs/([a-z0-9]+)$': '<rootDir>/src/$1/index.ts',
  },
  // `npm run coverage`. The doors of the package hold nothing but names.
  collectCoverageFrom: ['src/**/*.ts', '!src/**/index.ts'],
  coverageReporters: ['text', 'json-summary'],
  coverageThreshold: { global: { lines: 95, branches: 90, statements: 95, functions: 90 } },
  transform: {
    // Types are checked by `npm run typecheck`; here each file is only transpiled.
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2022',
          transform: { useDefineForClassFields: false, verbatimModuleSyntax: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};

export default config;
