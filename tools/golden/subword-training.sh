#!/bin/sh
# Trains 8,000 joint pieces on a whole parallel corpus with spm_train and with our trainer, and compares the two:
# the same byte pairs, and unigram pieces that cut and explain the corpus as well within one per cent.
# Usage: SEQUOR_DATA=/path/to/data tools/golden/subword-training.sh   (needs tatoeba/en-de/train.{en,de}.gz below it)
set -eu
if [ -z "${SEQUOR_DATA:-}" ]; then
    echo "Set SEQUOR_DATA to the folder that holds tatoeba/en-de." >&2
    exit 2
fi
root=$(cd "$(dirname "$0")/../.." && pwd)
SEQUOR_SPM_COMPARISON=$(mktemp -d)
export SEQUOR_SPM_COMPARISON
trap 'rm -r "$SEQUOR_SPM_COMPARISON"' EXIT

zcat "$SEQUOR_DATA/tatoeba/en-de/train.en.gz" "$SEQUOR_DATA/tatoeba/en-de/train.de.gz" > "$SEQUOR_SPM_COMPARISON/text"
spm_train --version
for type in bpe unigram; do
    spm_train --input="$SEQUOR_SPM_COMPARISON/text" --model_prefix="$SEQUOR_SPM_COMPARISON/$type" \
        --vocab_size=8000 --model_type=$type --num_threads=1 > "$SEQUOR_SPM_COMPARISON/log" 2>&1
done
dotnet run -c Release --project "$root/tests/Sequor.Tests" -- \
    --filter-class 'Sequor.Tests.Text.Training.SpmTrainComparisonTests' --show-live-output on
