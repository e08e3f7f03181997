// Read by `npm run mutation` (mutation.mjs), which says by MUTATION_ROOM what is mutated and which specs run.
const { room, mutate, ignoreStatic = false, breakBelow } = JSON.parse(process.env.MUTATION_ROOM ?? '{}');

export default {
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  ignoreStatic,
  mutate,
  ignorePatterns: ['**', '!src/**', '!spec/**', '!docs/*.md', '!jest.config.ts', '!package.json'],
  tempDirName: `.build/mutation/sandbox-${room}`,
  incremental: true,
  incrementalFile: `.build/mutation/${room}.json`,
  reporters: ['progress-append-only'],
  concurrency: 1,
  timeoutMS: 5000,
  timeoutFactor: 2,
  // Sockets and timers that a mutant leaves behind end with the process.
  maxTestRunnerReuse: 150,
  thresholds: { high: 95, low: 85, break: breakBelow },
  jest: {
    projectType: 'custom',
    enableFindRelatedTests: false,
    config: {
      testEnvironment: './spec/mutation/environment.cjs',
      roots: ['<rootDir>/src', '<rootDir>/spec'],
      // The rest is that of jest.config.ts.
      testMatch: ['<rootDir>/spec/mutation/room.cjs'],
    },
  },
};
