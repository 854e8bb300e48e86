#!/usr/bin/env bash
# The official Python wallet and tao on the same folder: each opens what the other wrote. Installs
# the pinned official package into a folder of its own; needs python3 and a built product.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
tao=(node "$here/../../bin/tao.js")
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "bittensor-wallet==4.0.1"

export TAO_HOME="$work" TAO_NETWORK=dev TAO_PASSWORD="correct horse battery"
"${tao[@]}" wallet create ours --mnemonic-out "$work/words.txt" --json >"$work/created.json"
address="$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).data.coldkey' "$work/created.json")"
"$work/venv/bin/python" "$here/wallet.py" "$work/wallets" "$address" "$TAO_PASSWORD"

alice=5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
"${tao[@]}" wallet list --json | grep -q "\"name\":\"theirs\",\"address\":\"$alice\"" ||
  { echo "FAIL tao reads the official wallet's public file" >&2; exit 1; }
echo "ok   tao reads the official wallet's public file"
"${tao[@]}" stake add --wallet theirs --netuid 0 --amount 1 --yes --json \
  --hotkey 5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7 2>/dev/null | grep -q '"state":"succeeded"' ||
  { echo "FAIL tao stakes with the official wallet's coldkey" >&2; exit 1; }
echo "ok   tao stakes with the official wallet's coldkey"
echo "official wallet: ok"
