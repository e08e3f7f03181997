#!/bin/sh
# Puts secsgem into interop/.venv. Does nothing when it is there already; fails when it cannot be installed.
set -eu

version=0.3.0
here=$(cd "$(dirname "$0")" && pwd)
venv="$here/.venv"

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
