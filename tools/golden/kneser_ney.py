#!/usr/bin/env python3
"""Probabilities of interpolated modified Kneser-Ney smoothing, from the formulas alone, to hold Sequor.LanguageModels against.

    kneser_ney.py                prints a training text, then what a model of it says, one line each
    kneser_ney.py --write        writes them to tests/Sequor.Tests/LanguageModels/golden/kneser_ney.txt
    kneser_ney.py --perplexity ORDER TRAIN TEST
                                 prints log-probability, words and perplexity of a text, as 'sequor lm score --total' does

Chen and Goodman, "An Empirical Study of Smoothing Techniques for Language Modeling", TR-10-98, Harvard 1998, section 4.2.1
(equations 23 to 27), with the smoothed unigrams interpolated with equal shares for all words. Every probability is worked out by
itself, by recursion over histories, from dictionaries of counts: there are no back-off weights, no tries and no files here.
Plain Python 3.11; slow on purpose.
"""

import math
import pathlib
import sys
from collections import Counter, defaultdict

BEGIN, END, UNKNOWN = "<s>", "</s>", "<unk>"
TARGET = pathlib.Path(__file__).parents[2] / "tests/Sequor.Tests/LanguageModels/golden/kneser_ney.txt"


class Draw:
    """A linear congruential generator (Knuth's MMIX), so that the text is the same everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def text():
    """Sentences in which words follow words with a habit, and some words are rare."""
    draw = Draw(7)
    sentences = []
    for _ in range(260):
        words, last = [], 0
        for _ in range(1 + draw.below(9)):
            habit = (last * 5 + 3 * draw.below(3)) % 23
            chance = min(draw.below(40), draw.below(40), draw.below(40))
            last = habit if draw.below(3) else chance
            words.append(f"w{last}")
        sentences.append(words)
    return sentences


class Model:
    def __init__(self, sentences, order, thresholds=()):
        self.order = order
        self.raw = Counter()
        left = defaultdict(set)
        for sentence in sentences:
            words = [BEGIN, *sentence, END]
            for size in range(1, order + 1):
                for start in range(len(words) - size + 1):
                    gram = tuple(words[start:start + size])
                    self.raw[gram] += 1
                    if start > 0 and size < order:
                        left[gram].add(words[start - 1])
        del self.raw[(BEGIN,)]
        # Equation 24: below the highest order a count is the number of different words before the n-gram; what begins a
        # sentence has none before it and keeps its count.
        self.count = {
            gram: raw if len(gram) == order or gram[0] == BEGIN else len(left[gram]) for gram, raw in self.raw.items()}
        self.words = sorted({word for gram in self.raw for word in gram} - {BEGIN} | {UNKNOWN, END})
        self.known_shares = {}
        self.after = defaultdict(list)
        for gram in sorted(self.count):
            self.after[gram[:-1]].append(gram)
        self.discounts = [None] + [self.discount(size) for size in range(1, order + 1)]
        self.thresholds = [thresholds[min(size, len(thresholds)) - 1] if thresholds else 0 for size in range(1, order + 1)]

    def discount(self, size):
        """Equation 26, or a half, one and one and a half where it has no answer."""
        n = [sum(1 for gram, count in self.count.items() if len(gram) == size and count == k) for k in range(5)]
        if 0 in n[1:]:
            return (0.0, 0.5, 1.0, 1.5)
        y = n[1] / (n[1] + 2 * n[2])
        d = [0.0] + [k - (k + 1) * y * n[k + 1] / n[k] for k in (1, 2, 3)]
        return (0.0, 0.5, 1.0, 1.5) if min(d) < 0 else tuple(d)

    def kept(self, gram):
        return len(gram) == 1 or self.raw.get(gram, 0) > self.thresholds[len(gram) - 1]

    def probability(self, history, word):
        """p(word | history): equation 23, and 25 and 27 for the discounts and the weight of what is below."""
        history = tuple(history)[max(0, len(history) - self.order + 1):]
        size = len(history) + 1
        lower = self.probability(history[1:], word) if history else 1 / len(self.words)
        total, weight = self.shares(history)
        # A model that leaves n-grams out has no entry for a history that it left out.
        if total == 0 or (len(history) > 1 and not self.kept(history)):
            return lower
        gram = history + (word,)
        own = (self.count[gram] - self.discounts[size][min(self.count[gram], 3)]) / total if gram in self.count and self.kept(gram) else 0.0
        return own + weight * lower

    def shares(self, history):
        """What all words count after a history, and the share of it that is taken from them; worked out once."""
        if history not in self.known_shares:
            d, seen = self.discounts[len(history) + 1], self.after.get(history, ())
            total = sum(self.count[gram] for gram in seen)
            taken = sum(d[min(self.count[gram], 3)] if self.kept(gram) else self.count[gram] for gram in seen)
            self.known_shares[history] = (total, taken / total if total else 1.0)
        return self.known_shares[history]


def perplexity(order, train, test):
    def read(path):
        with open(path, encoding="utf-8") as file:
            return [line.split() for line in file]
    model = Model([words for words in read(train) if words], order)
    known, total, count = set(model.words), 0.0, 0
    for sentence in read(test):
        words = [BEGIN, *(word if word in known else UNKNOWN for word in sentence), END]
        for place in range(1, len(words)):
            total += math.log(model.probability(words[max(0, place - order + 1):place], words[place]))
            count += 1
    return f"log-probability {total:.4f}, {count} words, perplexity {math.exp(-total / count):.4f}"


def lines():
    sentences = text()
    for sentence in sentences:
        yield "text\t" + " ".join(sentence)
    draw = Draw(11)
    for order, thresholds in ((1, ()), (2, ()), (3, ()), (4, ()), (5, ()), (6, ()), (4, (0, 1, 1, 2))):
        model = Model(sentences, order, thresholds)
        pruned = " ".join(map(str, thresholds))
        for size in range(1, order + 1):
            yield f"discounts\t{order}\t{pruned}\t{size}\t" + " ".join(repr(d) for d in model.discounts[size][1:])
        for number in range(150):
            words = [BEGIN, *sentences[draw.below(len(sentences))], END]
            place = 1 + draw.below(len(words) - 1)
            history, word = words[max(0, place - 6):place], words[place]
            if number % 3 == 0:
                word = model.words[draw.below(len(model.words))]
            if number % 10 == 0:
                history = [f"w{draw.below(45)}" for _ in range(draw.below(5))] or history
                history = [w if w in model.words else UNKNOWN for w in history]
            yield f"p\t{order}\t{pruned}\t{' '.join(history)}\t{word}\t{math.log(model.probability(history, word))!r}"
        for history in ((), (BEGIN,), ("w3",), (BEGIN, "w0", "w3"), ("w6", "w6")):
            assert abs(sum(model.probability(history, word) for word in model.words) - 1) < 1e-12


if __name__ == "__main__":
    if "--perplexity" in sys.argv:
        print(perplexity(int(sys.argv[2]), *sys.argv[3:]))
        sys.exit()
    output = "".join(line + "\n" for line in lines())
    if "--write" in sys.argv:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(output, encoding="utf-8")
    else:
        sys.stdout.write(output)
