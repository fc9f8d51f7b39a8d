#!/usr/bin/env python3
"""Holds metrics.py against NLTK's own BLEU, chrF and METEOR on perturbed lines: metrics-nltk.py LINES

Made with NLTK 3.8 (Debian 12: python3-nltk). NLTK has the same corpus BLEU without smoothing, and chrF with epsilon smoothing per sentence.
"""

import random
import sys

from nltk.translate.bleu_score import corpus_bleu
from nltk.translate.chrf_score import sentence_chrf
from nltk.translate.meteor_score import single_meteor_score

from metrics import bleu, chrf, meteor, porter, tok_13a

random.seed(1)
right = [line.strip() for line in open(sys.argv[1], encoding="utf-8") if len(line.split()) >= 6][:1000]
pool = [word for line in right for word in line.split()]


def perturbed(line):
    words = line.split()
    for _ in range(random.randrange(4)):
        place = random.randrange(len(words))
        words[place:place + random.randrange(3)] = random.sample(pool, random.randrange(3))
        words = words or [random.choice(pool)]
    return " ".join(words)


# NLTK counts one n-gram, and a wrong one, for each order that a line is too short for: leave such lines out.
rows = [row for row in zip(*([perturbed(line) for line in right] for _ in range(3))) if len(row[2].split()) >= 4]
first, second, hyps = zip(*rows)
ours = bleu(hyps, [first, second], tok="none", smooth="none")
theirs = 100 * corpus_bleu([[a.split(), b.split()] for a, b in zip(first, second)], [h.split() for h in hyps])
print(f"BLEU: {ours:.10f} here, {theirs:.10f} in NLTK")
worst = max(abs(chrf([h], [[r]], eps=True) - 100 * sentence_chrf(r, h, beta=2.0)) for h, r in zip(hyps, first))
print(f"chrF: {len(hyps)} sentences, worst difference {worst:.2e}")


class NoWordNet:
    """NLTK looks up synonyms of stems, which is no use: its first two stages are what can be compared."""

    @staticmethod
    def synsets(_word):
        return []


stem = porter()
far = max(abs(meteor([h], [[r]], stem) - 100 * single_meteor_score(tok_13a(r), tok_13a(h), wordnet=NoWordNet)) for h, r in zip(hyps, first))
print(f"METEOR: {len(hyps)} sentences, worst difference {far:.2e}")
worst = max(worst, far)
sys.exit(abs(ours - theirs) > 1e-9 or worst > 1e-9)
