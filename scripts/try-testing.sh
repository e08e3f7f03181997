#!/usr/bin/env bash
# The test kit as a user gets it: the packed tarball in an empty folder with Jest, as TypeScript, ES module and CommonJS.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cd "$root"
tarball=$(npm pack --ignore-scripts --silent --pack-destination "$folder")
cp examples/testing/host.ts examples/testing/host.spec.ts "$folder"
cd "$folder"
version() { node -p "require('$root/node_modules/$1/package.json').version"; }
cat >package.json <<JSON
{ "name": "try", "private": true, "type": "commonjs" }
JSON
npm install --silent --no-audit --no-fund --prefer-offline "./$tarball" "rxjs@$(version rxjs)" "jest@$(version jest)" \
  "ts-jest@29" "typescript@$(version typescript)" "@types/jest@$(version @types/jest)" \
  "@types/node@$(version @types/node)"

cat >tsconfig.json <<'JSON'
{
  "compilerOptions": {
    "target": "es2022", "module": "node16", "moduleResolution": "node16", "strict": true, "noEmit": true,
    "types": ["node", "jest"], "skipLibCheck": false, "isolatedModules": true
  },
  "include": ["*.ts"]
}
JSON
cat >globals.ts <<'TS'
import { expect, test } from '@jest/globals';
import { S } from 'rxsecs/secs2';
import { hsmsMatchers, type HsmsMatchers } from 'rxsecs/testing';
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> extends HsmsMatchers<R> {}
}
expect.extend(hsmsMatchers);
test('@jest/globals', () => expect(S(1, 1)).toBeMessage(1, 1));
TS
cp globals.ts globals.spec.ts && rm globals.ts
echo "module.exports = { testEnvironment: 'node', transform: { '\\\\.ts\$': ['ts-jest', {}] } };" >jest.config.js

echo 'TypeScript: types'
npx tsc -p .
echo 'TypeScript: the example suite, and @jest/globals'
npx jest --silent --testMatch '**/*.spec.ts'

echo 'CommonJS and ES module'
cat >plain.spec.cjs <<'JS'
require('rxsecs/testing/jest');
const { S } = require('rxsecs/secs2');
test('CommonJS', () => expect(S(1, 1).w()).toBeMessage('S1F1 W'));
JS
cat >plain.spec.mjs <<'JS'
import 'rxsecs/testing/jest';
import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
import { createTestNetwork, ScriptedPeer } from 'rxsecs/testing';
test('ES module', async () => {
  const network = createTestNetwork();
  await ScriptedPeer.listen(5000, network.options);
  const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, network.options));
  await session.connection.enable();
  await expect(session).toBecomeSelected();
});
JS
NODE_OPTIONS=--experimental-vm-modules NODE_NO_WARNINGS=1 npx jest --silent --testMatch '**/plain.spec.*'

echo 'the example suite fails when the host is broken'
breaks() {
  sed -i "$1" host.ts
  cmp -s host.ts "$root/examples/testing/host.ts" && { echo "nothing was broken by: $1" >&2; exit 1; }
  if npx jest --silent host >broken.log 2>&1; then
    echo "nobody noticed: $1" >&2
    exit 1
  fi
  grep '^Tests:' broken.log
  cp "$root/examples/testing/host.ts" host.ts
}
breaks 's/void primary.reply(B(0))/void primary/'
breaks 's/linktestInterval: 30/linktestInterval: 0/'
echo 'the test kit works from its package'
