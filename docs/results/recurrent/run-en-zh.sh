#!/usr/bin/env bash
# Trains English to Chinese on Tatoeba and the Python documentation without any "How are you?", then asks for it: run-en-zh.sh [OUT]
# SEQUOR_DATA names a folder that holds tatoeba/en-zh and python_docs_en_zh.
set -euo pipefail
: "${SEQUOR_DATA:?Set SEQUOR_DATA to the folder that holds tatoeba/en-zh and python_docs_en_zh}"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
out=${1:-$root/artifacts/results/recurrent/en-zh}
sequor=${SEQUOR:-$root/src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli}
[ -x "$sequor" ] || dotnet build -c Release "$root/src/Sequor.Cli"
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/en-zh"
ln -s "$(cd "$SEQUOR_DATA" && pwd)/tatoeba" "$work/tatoeba"
cd "$work"
# Every pair whose English has the sentence anywhere goes, also inside a longer text or quotes.
paste <(gzip -dc tatoeba/en-zh/train.en.gz) <(gzip -dc tatoeba/en-zh/train.zh.gz) | awk -F'\t' 'tolower($1) !~ /how are you\?/' > en-zh/pairs
cut -f1 en-zh/pairs > en-zh/train.en
cut -f2 en-zh/pairs > en-zh/train.zh
gzip -dc "$SEQUOR_DATA/python_docs_en_zh/train.en.gz" > en-zh/docs.en
gzip -dc "$SEQUOR_DATA/python_docs_en_zh/train.zh.gz" > en-zh/docs.zh
"$sequor" train "$here/en-zh.yaml" --out "$out"
"$sequor" translate "$out" -i tatoeba/en-zh/test.en -o "$out/test.hyp"
"$sequor" score --hyp "$out/test.hyp" --ref tatoeba/en-zh/test.zh --metrics bleu,chrf --tokenize zh --json > "$out/test-scores.json"
cat "$out/test-scores.json"
echo "How are you?" | "$sequor" translate "$out"
