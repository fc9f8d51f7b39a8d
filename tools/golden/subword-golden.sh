#!/bin/sh
# Makes the piece lists that SentencePieceTrainerGoldenTests compares with, using SentencePiece's own trainer.
# Made with: spm_train 0.1.97 (Debian 12). Usage: tools/golden/subword-golden.sh
set -eu
folder=$(cd "$(dirname "$0")/../../tests/Sequor.Tests/Text/Training/golden" && pwd)
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

train() {
    name=$1
    shift
    spm_train --input="$folder/text.txt" --model_prefix="$scratch/$name" --num_threads=1 "$@" > "$scratch/log" 2>&1 \
        || { cat "$scratch/log"; exit 1; }
    cp "$scratch/$name.vocab" "$folder/$name.vocab"
}

identity="--normalization_rule_name=identity"
train bpe --model_type=bpe --vocab_size=500 $identity
train bpe-covered --model_type=bpe --vocab_size=320 --character_coverage=0.98 --required_chars=Å£ $identity
train bpe-digits --model_type=bpe --vocab_size=450 --split_digits=true --character_coverage=1 $identity
train bpe-numbers --model_type=bpe --vocab_size=450 --split_by_number=false $identity
train bpe-scripts --model_type=bpe --vocab_size=450 --split_by_unicode_script=false $identity
train bpe-phrases --model_type=bpe --vocab_size=450 --split_by_whitespace=false $identity
train bpe-short --model_type=bpe --vocab_size=400 --max_sentencepiece_length=3 $identity
train bpe-symbols --model_type=bpe --vocab_size=700 --byte_fallback=true --pad_id=0 --unk_id=1 --bos_id=3 --eos_id=2 \
    --control_symbols='<2de>,<pad>' --user_defined_symbols='the,child,colour,10:' $identity
train word --model_type=word --vocab_size=150 $identity
train char --model_type=char --vocab_size=100 $identity
train bpe-nfkc-folded --model_type=bpe --vocab_size=400 --normalization_rule_name=nmt_nfkc_cf
train unigram --model_type=unigram --vocab_size=300 --character_coverage=1 $identity
