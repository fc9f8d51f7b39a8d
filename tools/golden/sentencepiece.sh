#!/usr/bin/env bash
# What SentencePiece 0.1.97 (Debian: apt install sentencepiece) says of texts, for tests to compare with.
#
#   tools/golden/sentencepiece.sh golden
#       writes tests/Sequor.Tests/Text/golden/: small models of text.txt, and how they cut text.txt and odd.txt.
#   SEQUOR_DATA=... tools/golden/sentencepiece.sh corpora FOLDER
#       trains models of many kinds on Tatoeba in FOLDER, collects the corpora and odd lines there, and runs the test
#       that compares every line with spm_encode and spm_decode. Takes about half an hour; nothing enters the repository.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD

train() { # folder, name, options
    local folder=$1 name=$2
    shift 2
    spm_train --model_prefix="$folder/$name" --shuffle_input_sentence=false --input_sentence_size=60000 "$@" > /dev/null 2> "$folder/$name.log" ||
        { cat "$folder/$name.log" >&2; return 1; }
    rm "$folder/$name.vocab" "$folder/$name.log"
}

golden() {
    local here=tests/Sequor.Tests/Text/golden work model name
    work=$(mktemp -d)
    cp $here/text.txt "$work"
    # Models name their input and their own place: both must be the same on every machine.
    pushd "$work" > /dev/null
    train . bpe --input=text.txt --model_type=bpe --vocab_size=500 --character_coverage=0.98
    train . unigram --input=text.txt --model_type=unigram --vocab_size=560 --normalization_rule_name=nmt_nfkc_cf \
        --byte_fallback --character_coverage=0.98 --user_defined_symbols='<sep>,the,20' --control_symbols='<2de>'
    train . bpe-symbols --input=text.txt --model_type=bpe --vocab_size=800 --normalization_rule_name=identity \
        --byte_fallback --character_coverage=0.98 --user_defined_symbols='<sep>,the,▁und' --control_symbols='<2de>' --pad_id=3
    train . bpe-spaces --input=text.txt --model_type=bpe --vocab_size=500 --normalization_rule_name=identity \
        --remove_extra_whitespaces=false --allow_whitespace_only_pieces --split_by_whitespace=false
    train . unigram-bare --input=text.txt --model_type=unigram --vocab_size=400 --normalization_rule_name=identity \
        --remove_extra_whitespaces=false --add_dummy_prefix=false --unk_surface='?'
    train . unigram-suffix --input=text.txt --model_type=unigram --vocab_size=400 --normalization_rule_name=identity \
        --treat_whitespace_as_suffix=true
    train . word --input=text.txt --model_type=word --vocab_size=200 --normalization_rule_name=identity
    train . char --input=text.txt --model_type=char --vocab_size=120 --normalization_rule_name=identity \
        --user_defined_symbols='<sep>,light' --add_dummy_prefix=false
    popd > /dev/null
    cat $here/text.txt $here/odd.txt > "$work/all.txt"
    for model in "$work"/*.model; do
        name=$(basename "$model" .model)
        gzip -9 -n -c "$model" > "$here/$name.model.gz"
        spm_encode --model="$model" < "$work/all.txt" > "$here/$name.pieces"
        spm_encode --model="$model" --output_format=id < "$work/all.txt" > "$here/$name.ids"
        spm_decode --model="$model" --input_format=id < "$here/$name.ids" > "$here/$name.decoded"
        # The second half before the first, so that every kind of piece comes first and in odd company.
        awk '{ half = int(NF / 2); line = ""; for (i = 1; i <= NF; i++) line = line (i > 1 ? " " : "") $((i + half - 1) % NF + 1); print line }' \
            "$here/$name.ids" |
            spm_decode --model="$model" --input_format=id > "$here/$name.turned"
    done
    head -12 $here/text.txt | spm_encode --model="$work/unigram.model" --output_format=nbest_piece --nbest_size=8 > $here/unigram.best8
    # Every third piece is taken out of use; SentencePiece keeps single characters whatever the list says.
    spm_export_vocab --model="$work/bpe.model" | cut -f1 | awk 'NR % 3' > $here/bpe.allowed
    spm_encode --model="$work/bpe.model" --vocabulary=$here/bpe.allowed < "$work/all.txt" > $here/bpe.allowed.pieces
    spm_encode --model="$work/unigram.model" --vocabulary=$here/bpe.allowed < "$work/all.txt" > $here/unigram.allowed.pieces
    rm -r "$work"
}

collect() { # folder
    local data=$SEQUOR_DATA/tatoeba pair side
    for pair in en-de en-fr en-zh; do
        for side in ${pair/-/ }; do
            { zcat "$data/$pair/train.$side.gz"; cat "$data/$pair/dev.$side" "$data/$pair/test.$side"; } > "$1/tatoeba.$pair.$side.txt"
        done
    done
    for side in en de fr; do
        cat "$SEQUOR_DATA"/multi30k/{train,val,test_2016_flickr}.$side > "$1/multi30k.$side.txt"
    done
    python3 tools/golden/odd_lines.py > "$1/odd.txt"
}

train_all() { # folder
    local german="$1/tatoeba.en-de.en.txt,$1/tatoeba.en-de.de.txt" french="$1/tatoeba.en-fr.en.txt,$1/tatoeba.en-fr.fr.txt"
    local chinese="$1/tatoeba.en-zh.zh.txt,$1/tatoeba.en-zh.en.txt" symbols='<sep>,er,▁the,20'
    train "$1" bpe-8k --input="$german" --model_type=bpe --vocab_size=8000
    train "$1" bpe-bytes --input="$german" --model_type=bpe --vocab_size=8000 --byte_fallback --character_coverage=0.999
    train "$1" bpe-identity --input="$german" --model_type=bpe --vocab_size=2000 --normalization_rule_name=identity
    train "$1" bpe-chinese --input="$chinese" --model_type=bpe --vocab_size=4000 --byte_fallback --character_coverage=0.98
    train "$1" bpe-folded --input="$french" --model_type=bpe --vocab_size=3000 --normalization_rule_name=nmt_nfkc_cf \
        --user_defined_symbols="$symbols" --control_symbols='<2de>,<2fr>'
    train "$1" bpe-suffix --input="$french" --model_type=bpe --vocab_size=2000 --treat_whitespace_as_suffix=true
    train "$1" bpe-phrases --input="$german" --model_type=bpe --vocab_size=2000 --split_by_whitespace=false --normalization_rule_name=nfkc
    train "$1" bpe-spaces --input="$german" --model_type=bpe --vocab_size=3000 --allow_whitespace_only_pieces \
        --remove_extra_whitespaces=false --split_digits
    train "$1" unigram-8k --input="$german" --model_type=unigram --vocab_size=8000
    train "$1" unigram-chinese --input="$chinese" --model_type=unigram --vocab_size=4000 --byte_fallback --character_coverage=0.98
    train "$1" unigram-folded --input="$french" --model_type=unigram --vocab_size=1000 --normalization_rule_name=nfkc_cf
    train "$1" unigram-bare --input="$german" --model_type=unigram --vocab_size=2000 --normalization_rule_name=identity \
        --remove_extra_whitespaces=false --add_dummy_prefix=false
    train "$1" unigram-suffix --input="$french" --model_type=unigram --vocab_size=2000 --treat_whitespace_as_suffix=true
    train "$1" unigram-phrases --input="$german" --model_type=unigram --vocab_size=3000 --split_by_whitespace=false
    train "$1" unigram-symbols --input="$german" --model_type=unigram --vocab_size=3000 --byte_fallback \
        --user_defined_symbols="$symbols" --control_symbols='<2de>,<2fr>'
    train "$1" word --input="$french" --model_type=word --vocab_size=8000
    # Here a line may be a word without any mark; one that reads </s> would make spm_encode stop with an error.
    train "$1" word-suffix --input="$french" --model_type=word --vocab_size=4000 --treat_whitespace_as_suffix=true \
        --bos_piece='[begin]' --eos_piece='[end]'
    train "$1" char --input="$german" --model_type=char --vocab_size=300 --user_defined_symbols='<sep>,ch'
}

case ${1:-} in
    golden)
        golden
        ;;
    corpora)
        folder=$(realpath -m "${2:?which folder?}")
        mkdir -p "$folder"
        collect "$folder"
        train_all "$folder"
        SEQUOR_SENTENCEPIECE=$folder dotnet run --project "$root/tests/Sequor.Tests" -- --no-progress --filter-class Sequor.Tests.Text.SentencePieceCorporaTests
        ;;
    *)
        sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
