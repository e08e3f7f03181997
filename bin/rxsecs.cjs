#!/usr/bin/env node
'use strict';
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '../dist/cjs/cli/main.js');
const build = join(__dirname, '../scripts/build.mjs');

// A package holds its build; a fresh clone makes it once.
if (!existsSync(main) && existsSync(build)) {
  console.error('rxsecs: building it once; run `npm run build` after changing the sources');
  execFileSync(process.execPath, [build, '--once'], { stdio: ['ignore', 2, 2] });
}

require(main).main(require('../package.json').version, (url) => import(url));
