#!/usr/bin/env bash
# Scores a trained model in every type of weights, as the scores without quantisation were made.
# SEQUOR_DATA names a folder that holds tatoeba/en-de/test.{en,de} and, for the second model, multi30k/tok/test_2016_flickr.{en,de}.
#   run.sh [OUT] [MULTI30K_MODEL]   MULTI30K_MODEL is the directory that docs/results/multi30k-en-de/run.sh has trained; left out, it is skipped.
set -euo pipefail
: "${SEQUOR_DATA:?Set SEQUOR_DATA to the folder that holds tatoeba/en-de}"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
out=${1:-$root/artifacts/results/quantized}
multi30k=${2:-}
dotnet build -c Release "$root/src/Sequor.Cli"
sequor="$root/src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli"
mkdir -p "$out"
for type in float32 bfloat16 float16 int8 int7; do
  "$sequor" translate "$root/models/en-de" --compute-type "$type" -i "$SEQUOR_DATA/tatoeba/en-de/test.en" -o "$out/tatoeba.$type.de"
  "$sequor" score --hyp "$out/tatoeba.$type.de" --ref "$SEQUOR_DATA/tatoeba/en-de/test.de" --metrics bleu,chrf --json > "$out/tatoeba.$type.json"
  if [ -n "$multi30k" ]; then
    "$sequor" translate "$multi30k" --compute-type "$type" -i "$SEQUOR_DATA/multi30k/tok/test_2016_flickr.en" -o "$out/multi30k.$type.de"
    "$sequor" score --hyp "$out/multi30k.$type.de" --ref "$SEQUOR_DATA/multi30k/tok/test_2016_flickr.de" --metrics bleu,chrf --tokenize none --json > "$out/multi30k.$type.json"
  fi
done
for file in "$out"/*.json; do
  echo "$(basename "$file" .json) $(cat "$file")"
done
