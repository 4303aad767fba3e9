#!/bin/sh
# Makes .venv, installs what requirements/run.txt locks, and puts this source tree on its path. Safe to run again.
set -eu
cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for candidate in "${PYTHON:-python3}" python3.11 python3.12 python3.13; do
    if new_enough "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "共學需要 Python 3.11 以上。Gongxue needs Python 3.11 or newer; on Debian 12: apt-get install python3 python3-venv" >&2
    exit 1
fi

# A venv that was copied or moved, or whose Python is gone, is made anew: its scripts point to where it was.
if [ -e .venv ] && ! { .venv/bin/python -m pip --version >/dev/null 2>&1 && grep -qF "$PWD/.venv" .venv/bin/activate; }; then
    echo "Replacing .venv, which does not work from here"
    rm -rf .venv
fi

if [ ! -e .venv ]; then
    "$python" -c 'import ensurepip' 2>/dev/null || scripts/install-debian-packages.sh setup
    "$python" -m venv .venv
fi

echo "Installing what the program needs (requirements/run.txt)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
# Compiled once here, because some machines never write bytecode by themselves and would compile at every start.
.venv/bin/python -m compileall -q gongxue
