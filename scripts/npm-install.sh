#!/bin/sh
# Fetches what package-lock.json names (fonts for machines without Chinese ones) into node_modules. Where the machine has no npm, or one
# older than 8, Node comes into .venv from requirements/node.txt. Without a network it says so and goes on: the next run tries again.
set -u
cd "$(dirname "$0")/.."

recent_npm() { version=$("$1" --version 2>/dev/null) && [ "${version%%.*}" -ge 8 ]; }

given_up() {
    echo "沒有取得 npm 字型（$1）。列印時改用系統的中文字型。" >&2
    echo "The fonts from npm were not fetched ($1). Printing uses the system's Chinese fonts; run make again to retry." >&2
    exit 0
}

if recent_npm npm; then
    :
elif recent_npm .venv/bin/npm; then
    PATH="$PWD/.venv/bin:$PATH"
else
    echo "No recent npm here: installing Node into .venv (requirements/node.txt)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt || given_up "Node"
    PATH="$PWD/.venv/bin:$PATH"
fi

# Node trusts its own list of authorities only; a school's network may have one of its own, which is in the system's.
certificates=/etc/ssl/certs/ca-certificates.crt
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$certificates" ]; then export NODE_EXTRA_CA_CERTS="$certificates"; fi

echo "Fetching fonts (package-lock.json)"
npm ci --loglevel=error --no-audit --no-fund --ignore-scripts </dev/null || given_up "npm ci"
touch node_modules/.ready
