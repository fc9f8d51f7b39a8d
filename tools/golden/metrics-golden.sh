#!/bin/sh
# Makes the scores that ScoringGoldenTests compares with, from our own sample lines and the second implementation in metrics.py.
# Made with: Python 3.11.2, NLTK 3.8 (Debian 12: python3, python3-nltk). Usage: tools/golden/metrics-golden.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../tests/Sequor.Tests/Scoring/golden"
python=/usr/bin/python3
$python "$here/metrics.py" --self-test
$python "$here/metrics.py" hypotheses.txt reference1.txt > corpus-one.json
$python "$here/metrics.py" hypotheses.txt reference1.txt reference2.txt > corpus-two.json
$python "$here/metrics.py" --lines hypotheses.txt reference1.txt reference2.txt > lines.jsonl
