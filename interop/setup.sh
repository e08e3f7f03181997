#!/bin/sh
# Puts the peers where the suites look for them: secsgem into interop/.venv, secs4js and a program that uses go-secs
# into interop/.build, tshark into the system. Leaves alone what is there already; fails when something cannot be installed.
set -eu

version=0.3.0
secs4js_version=0.4.7
here=$(cd "$(dirname "$0")" && pwd)
venv="$here/.venv"
build="$here/.build"

# An observer beside the peers.
if ! command -v tshark >/dev/null; then
  if [ "$(id -u)" -ne 0 ]; then
    echo 'interop: tshark is missing and only root can install it (Debian: tshark)' >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  apt-get install -y --no-install-recommends tshark
  command -v tshark >/dev/null || {
    echo 'interop: tshark was installed and still cannot be found' >&2
    exit 1
  }
fi

# Ties two pseudo-terminals together, which stand for serial ports.
if ! command -v socat >/dev/null; then
  if [ "$(id -u)" -ne 0 ]; then
    echo 'interop: socat is missing and only root can install it (Debian: socat)' >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  apt-get install -y --no-install-recommends socat
fi

# go-secs: its version is in go.mod. Go rebuilds only what has changed.
if ! command -v go >/dev/null; then
  echo 'interop: Go is missing; sessions/peers/go-secs/go.mod says which version is needed' >&2
  exit 1
fi
go build -C "$here/sessions/peers/go-secs" -buildvcs=false -o "$build/go-secs-peer" .
go build -C "$here/sessions/peers/go-secs" -buildvcs=false -o "$build/go-secs-speed" ./speed
go build -C "$here/sessions/peers/go-secs" -buildvcs=false -o "$build/go-secs-line" ./line
go build -C "$here/sessions/peers/go-secs" -buildvcs=false -o "$build/go-secs-line-speed" ./line-speed

secs4js_installed() {
  node -p "require('$build/secs4js/node_modules/secs4js/package.json').version" 2>/dev/null
}

if [ "$(secs4js_installed)" != "$secs4js_version" ]; then
  echo "interop: installing secs4js $secs4js_version into interop/.build/secs4js"
  # Only its serial port has an install script, and works without: its binaries lie in the package.
  npm install --prefix "$build/secs4js" --ignore-scripts --no-audit --no-fund --loglevel=error \
    "secs4js@$secs4js_version"
  if [ "$(secs4js_installed)" != "$secs4js_version" ]; then
    echo "interop: secs4js $secs4js_version was installed and still cannot be found" >&2
    exit 1
  fi
fi

is_ready() {
  [ -x "$venv/bin/python" ] && "$venv/bin/python" - "$version" 2>/dev/null <<'PYTHON'
import importlib.metadata
import sys

import secsgem.gem

sys.exit(importlib.metadata.version("secsgem") != sys.argv[1])
PYTHON
}

if is_ready; then
  exit 0
fi

# Debian ships venv's ensurepip in a package of its own, and a machine may have no Python at all.
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  if [ "$(id -u)" -ne 0 ]; then
    echo 'interop: Python 3 with venv is missing and only root can install it (Debian: python3-venv)' >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  apt-get install -y --no-install-recommends python3 python3-venv
fi

echo "interop: installing secsgem $version into interop/.venv"
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check "secsgem==$version"

if ! is_ready; then
  echo "interop: secsgem $version was installed and still cannot be imported" >&2
  exit 1
fi
