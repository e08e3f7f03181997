import type { Config } from 'jest';
import base from './jest.config';

/** `npm run coverage`: the same specs, and how much of the sources they reach. */
const config: Config = {
  ...base,
  collectCoverage: true,
  // The doors of the package hold nothing but names.
  collectCoverageFrom: ['src/**/*.ts', '!src/**/index.ts'],
  coverageReporters: ['text', 'json-summary'],
  coverageThreshold: { global: { lines: 95, branches: 90, statements: 95, functions: 90 } },
};

export default config;
