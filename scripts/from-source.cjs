// Has ts-node take `rxsecs` and its subpaths from src, as `paths` in tsconfig.json has the compiler do: examples name the
// package as its users do, and run in a fresh clone that nobody has built.
'use strict';
const Module = require('node:module');
const { join } = require('node:path');

const source = join(__dirname, '../src');
const resolve = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  const [, room] = /^rxsecs(?:\/([a-z0-9/]+))?$/.exec(request) ?? [];
  if (request !== 'rxsecs' && room === undefined) return resolve.call(this, request, ...rest);
  const file = room === 'testing/jest' ? 'testing/jest.ts' : `${room ?? '.'}/index.ts`;
  return resolve.call(this, join(source, file), ...rest);
};
