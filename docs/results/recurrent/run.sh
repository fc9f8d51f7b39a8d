#!/usr/bin/env bash
# Trains one model on one pair of Tatoeba and scores it: run.sh en-de|en-fr MODEL [OUT]
# MODEL: gru-bahdanau, lstm-luong, rnn-encdec (no attention) or transformer-tiny, each of about 2.3 million weights.
# SEQUOR_DATA names a folder that holds tatoeba/en-de and tatoeba/en-fr.
set -euo pipefail
: "${SEQUOR_DATA:?Set SEQUOR_DATA to the folder that holds tatoeba/en-de and tatoeba/en-fr}"
pair=${1:?Name a pair: en-de or en-fr}
model=${2:?Name a model: gru-bahdanau, lstm-luong, rnn-encdec or transformer-tiny}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
out=${3:-$root/artifacts/results/recurrent/$pair-$model}
target=${pair#en-}

shape=(--set "model.preset=$model" --set model.dropout=0.1)
case $model in
  gru-bahdanau)
    shape+=(--set model.tie_embeddings=all --set model.embedding_width=128 --set model.encoder.width=160 --set model.decoder.width=256) ;;
  rnn-encdec)
    shape+=(--set model.tie_embeddings=all --set model.embedding_width=128 --set model.encoder.width=288 --set model.decoder.width=288) ;;
  lstm-luong)
    shape+=(--set model.tie_embeddings=all --set model.embedding_width=128 --set model.encoder.width=192 --set model.decoder.width=192) ;;
  transformer-tiny) ;;
  *) echo "run.sh: unknown model $model" >&2; exit 2 ;;
esac

sequor=${SEQUOR:-$root/src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli}
[ -x "$sequor" ] || dotnet build -c Release "$root/src/Sequor.Cli"
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$SEQUOR_DATA"
"$sequor" train "$here/$pair.yaml" --out "$out" "${shape[@]}"
"$sequor" translate "$out" -i "tatoeba/$pair/test.en" -o "$out/test.hyp"
"$sequor" score --hyp "$out/test.hyp" --ref "tatoeba/$pair/test.$target" --metrics bleu,chrf --json > "$out/test-scores.json"
"$sequor" evaluate "$out" --src "tatoeba/$pair/test.en" --ref "tatoeba/$pair/test.$target" --by-length --bounds 4,6,8,10,12 --json > "$out/by-length.json"
cat "$out/test-scores.json"
