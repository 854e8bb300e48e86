#!/usr/bin/env bash
# Runs polkadot.js and polkadot-api against the dev chain. Installs only this folder's own packages. With a built
# product (bin/tao.js and dist) the chain is served by `tao dev run`, else straight from source.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
log="$(mktemp)"
home="$(mktemp -d)"
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$log" "$home"' EXIT

if [ ! -d "$here/node_modules/@polkadot/api" ] || [ ! -d "$here/node_modules/polkadot-api" ]; then
  (cd "$here" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error)
fi

if [ -f "$root/bin/tao.js" ] && [ -d "$root/dist" ]; then
  TAO_HOME="$home" node "$root/bin/tao.js" dev run --port 0 --json >"$log" 2>&1 &
else
  "$root/node_modules/.bin/tsx" "$here/serve.ts" >"$log" 2>&1 &
fi
server=$!

url=""
for _ in $(seq 1 100); do
  url="$(grep -o 'ws://127\.0\.0\.1:[0-9]*' "$log" | head -n 1 || true)"
  [ -n "$url" ] && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
if [ -z "$url" ]; then
  echo "the dev chain did not start:" >&2
  cat "$log" >&2
  exit 1
fi
node "$here/polkadot-js.mjs" "$url"
node "$here/polkadot-api.mjs" "$url"
