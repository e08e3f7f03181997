import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec'],
  // Sources name their imports as Node runs them (`./header.js`); Jest reads the TypeScript beside it.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    // Types are checked by `npm run typecheck`; here each file is only transpiled.
    '^.+\\.ts$': [
      'ts-jest',
      {
        transpilation: true,
        tsconfig: { target: 'es2022', module: 'commonjs', moduleResolution: 'bundler', sourceMap: true },
      },
    ],
  },
};

export default config;
