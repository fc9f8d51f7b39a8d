#!/bin/sh
# Makes the files that SubwordNmtTests compares with: tests/Sequor.Tests/Text/golden/subword-nmt*. Needs subword-nmt (pip install subword-nmt).
# The files in the repository come from its functions at commits 03caef2 (learn_bpe.py) and 0607b54 (apply_bpe.py), fed line by line; those of version 0.1
# were learnt by the same functions with "</w>" as a symbol of its own, since the package has written version 0.2 only for years.
set -eu
cd "$(dirname "$0")/../../tests/Sequor.Tests/Text/golden"
input=$(mktemp)
trap 'rm "$input"' EXIT
cat text.txt odd.txt > "$input"

subword-nmt learn-bpe -s 300 < text.txt > subword-nmt.codes
subword-nmt apply-bpe -c subword-nmt.codes < text.txt | subword-nmt get-vocab > subword-nmt.vocab
subword-nmt apply-bpe -c subword-nmt.codes < "$input" > subword-nmt.pieces
subword-nmt apply-bpe -c subword-nmt.codes --vocabulary subword-nmt.vocab --vocabulary-threshold 3 < "$input" > subword-nmt-restricted.pieces
subword-nmt apply-bpe -c subword-nmt.codes --glossaries 'la?mp' 'Schiff' '[0-9]+' < "$input" > subword-nmt-glossary.pieces
subword-nmt apply-bpe -c subword-nmt-first.codes < "$input" > subword-nmt-first.pieces
