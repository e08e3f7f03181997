#!/bin/sh
# Runs our connections and sessions against other people's HSMS: secsgem, go-secs and secs4js as peers, tshark as an
# observer.
# Needs `npm ci` before; installs what else is missing, and fails rather than leave a part out.
set -eu

cd "$(dirname "$0")/.."

interop/setup.sh

npx --no-install ts-node interop/secsgem.ts
npx --no-install ts-node interop/e5/run.ts
npx --no-install ts-node interop/gem.ts
npx --no-install ts-node interop/gem-host.ts
for side in tool host; do npx --no-install ts-node interop/gem-check.ts "$side"; done
npx --no-install ts-node interop/tshark.ts
npm run --silent build
npx --no-install ts-node interop/capture.ts
for peer in secsgem go-secs secs4js; do npx --no-install ts-node interop/sessions.ts "$peer"; done
for peer in secsgem go-secs secs4js pty; do npx --no-install ts-node interop/secs1.ts "$peer"; done
[ -e dist/cjs/cli/main.js ] || npm run --silent build
npx --no-install ts-node interop/cli.ts
npx --no-install ts-node interop/secs1.ts cli
