"""Golden numbers of word aligners: IBM Model 1 (Brown et al. 1993) and the diagonal reparameterisation of Model 2 (Dyer, Chahuneau and Smith 2013), both
written out from the formulas with dictionaries and double sums, nothing shared with the C# code. Run with /usr/bin/python3; numpy and torch only
write the file."""
import math
import random
from collections import defaultdict

from golden_file import save

NULL = None


def digamma(x):
    result = 0.0
    while x < 40:
        result -= 1 / x
        x += 1
    f = 1 / (x * x)
    return result + math.log(x) - 0.5 / x - f / 12 + f * f / 120 - f ** 3 / 252


def prior(i, j, n, m, kind, p0, tension):
    """Chance that word j of m is linked to place i of n; i = 0 is the empty word, others count from 1, and so does j."""
    none = 1 / (n + 1) if p0 is None else p0
    if i == 0:
        return none
    if kind == "uniform":
        return (1 - none) / n
    z = sum(math.exp(-tension * abs(k / n - j / m)) for k in range(1, n + 1))
    return (1 - none) * math.exp(-tension * abs(i / n - j / m)) / z


def train(pairs, kind, p0, tension, fit, alpha, iterations):
    written = {t for _, target in pairs for t in target}
    together = defaultdict(set)
    for source, target in pairs:
        for s in [NULL] + source:
            together[s].update(target)
    table = {(s, t): 1 / len(written) for s in together for t in together[s]}
    words = sum(len(target) for _, target in pairs)
    likelihoods, tensions = [], []
    for iteration in range(1, iterations + 1):
        counts = defaultdict(float)
        likelihood, seen = 0.0, 0.0
        for source, target in pairs:
            n, m = len(source), len(target)
            given = [NULL] + source
            for j in range(1, m + 1):
                joint = [prior(i, j, n, m, kind, p0, tension) * table[given[i], target[j - 1]] for i in range(n + 1)]
                total = sum(joint)
                likelihood += math.log(total)
                for i in range(n + 1):
                    counts[given[i], target[j - 1]] += joint[i] / total
                    if i > 0:
                        seen += joint[i] / total * abs(i / n - j / m)
        if fit and iteration > 1:
            for _ in range(8):
                expected = 0.0
                for source, target in pairs:
                    n, m = len(source), len(target)
                    for j in range(1, m + 1):
                        weights = [math.exp(-tension * abs(i / n - j / m)) for i in range(1, n + 1)]
                        expected += sum(w * abs(i / n - j / m) for i, w in enumerate(weights, 1)) / sum(weights)
                tension = min(14.0, max(0.1, tension + (expected - seen) / words * 20))
        for s in together:
            if alpha is None:
                total = sum(counts[s, t] for t in together[s])
                for t in together[s] if total > 0 else ():
                    table[s, t] = counts[s, t] / total
            else:
                total = digamma(sum(counts[s, t] + alpha for t in together[s]))
                for t in together[s]:
                    table[s, t] = math.exp(digamma(counts[s, t] + alpha) - total)
        likelihoods.append(likelihood)
        tensions.append(tension)
    return table, likelihoods, tensions


def links(pairs, table, kind, p0, tension):
    best, scores = [], []
    for source, target in pairs:
        n, m = len(source), len(target)
        given = [NULL] + source
        score = 0.0
        for j in range(1, m + 1):
            joint = [prior(i, j, n, m, kind, p0, tension) * max(table[given[i], target[j - 1]], 1e-9) for i in range(n + 1)]
            # The same word twice, as far to the left as to the right: equal but for rounding, and the first counts.
            best.append(max(range(n + 1), key=lambda i: round(math.log(joint[i] or 1e-300), 9)) - 1)
            score += math.log(sum(joint))
        scores.append(score)
    return best, scores


def corpus():
    """Made-up pairs: a word is said by its own counterpart, in nearly the same order, with words left out and added; lengths differ."""
    source = random.Random(7)
    pairs = []
    for _ in range(60):
        words = [source.randrange(12) for _ in range(source.randrange(1, 8))]
        said = [w for w in words if source.random() > 0.15]
        if len(said) > 2 and source.random() < 0.3:
            said[0], said[1] = said[1], said[0]
        if source.random() < 0.3 or not said:
            said.insert(source.randrange(len(said) + 1), 12)
        pairs.append((words, said))
    return pairs


def main():
    pairs = corpus()
    tensors = {
        "source": [w for source, _ in pairs for w in source],
        "source_lengths": [len(source) for source, _ in pairs],
        "target": [w for _, target in pairs for w in target],
        "target_lengths": [len(target) for _, target in pairs],
    }
    settings = {
        "model1": ("uniform", None, 4.0, False, None),
        "diagonal": ("diagonal", 0.08, 4.0, False, None),
        "fitted": ("diagonal", 0.08, 4.0, True, None),
        "bayes": ("diagonal", 0.08, 4.0, True, 0.01),
        "without_null": ("diagonal", 0.0, 4.0, True, None),
    }
    for name, (kind, p0, tension, fit, alpha) in settings.items():
        table, likelihoods, tensions = train(pairs, kind, p0, tension, fit, alpha, 5)
        best, scores = links(pairs, table, kind, p0, tensions[-1])
        # Row 0 is the empty word's.
        tensors[f"{name}.table"] = [[table.get((s, t), 0.0) for t in range(13)] for s in [NULL] + list(range(12))]
        tensors[f"{name}.likelihoods"] = [float(one) for one in likelihoods]
        tensors[f"{name}.tensions"] = [float(one) for one in tensions]
        tensors[f"{name}.links"] = best
        tensors[f"{name}.scores"] = [float(one) for one in scores]
    save("alignments.safetensors", "alignments.py", tensors)


main()
