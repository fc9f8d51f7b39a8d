#!/usr/bin/env bash
# Trains transformer-tiny by the published recipe (Wu et al. 2021) and scores it as the published figure is scored.
# SEQUOR_DATA names a folder that holds multi30k/tok/{train,val,test_2016_flickr}.{en,de} (train as .gz).
# The data is for non-commercial research: nothing of its text, vocabulary or model may enter the repository.
set -euo pipefail
: "${SEQUOR_DATA:?Set SEQUOR_DATA to the folder that holds multi30k/tok}"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
out=${1:-$root/artifacts/results/multi30k-en-de-published}
dotnet build -c Release "$root/src/Sequor.Cli"
sequor="$root/src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli"
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$SEQUOR_DATA"
"$sequor" train "$here/config.yaml" --out "$out"
"$sequor" translate "$out" -i multi30k/tok/test_2016_flickr.en -o "$out/test.hyp"
"$sequor" score --hyp "$out/test.hyp" --ref multi30k/tok/test_2016_flickr.de --metrics bleu,chrf --tokenize none --json > "$out/test-scores.json"
cat "$out/test-scores.json"
