#!/usr/bin/env bash
# Trains and scores the contained model. SEQUOR_DATA names a folder that holds tatoeba/en-de/{train.en.gz,train.de.gz,dev.en,dev.de,test.en,test.de}.
set -euo pipefail
: "${SEQUOR_DATA:?Set SEQUOR_DATA to the folder that holds tatoeba/en-de}"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
out=${1:-$root/artifacts/results/tatoeba-de-en}
dotnet build -c Release "$root/src/Sequor.Cli"
sequor="$root/src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli"
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$SEQUOR_DATA"
"$sequor" train "$here/config.yaml" --out "$out"
"$sequor" evaluate "$out" --src tatoeba/en-de/test.de --ref tatoeba/en-de/test.en --json > "$out/test-scores.json"
"$sequor" info "$out" --json
cat "$out/test-scores.json"
