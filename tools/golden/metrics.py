#!/usr/bin/env python3
"""Scores of a second implementation, written from the formulae, to hold Sequor.Scoring against.

    metrics.py HYPOTHESES REFERENCE [REFERENCE ...]   prints one JSON object: key -> score
    metrics.py --lines ...                            prints one such object for each line

Plain Python 3.11; nothing is fast here and everything is short. BLEU, chrF and TER follow sacreBLEU 2 (checked against the
scores of its own tests by `metrics.py --self-test`), ROUGE follows rouge-score 0.1, WER and CER are Levenshtein's distance.
ROUGE with stemming and METEOR take their stemmer from NLTK (Debian 12: python3-nltk 3.8).
`metrics-golden.sh` writes the golden files of the tests with it.
"""

import json
import math
import re
import sys
import unicodedata
from collections import Counter
from fractions import Fraction

# ---------------------------------------------------------------- tokenizers

SYMBOL = "".join(c for c in map(chr, range(0x20, 0x7F)) if not c.isalnum() and c not in "'.,-")


def stops(s):
    s = re.sub(r"([^0-9])([.,])", r"\1 \2 ", s)
    s = re.sub(r"([.,])([^0-9])", r" \1 \2", s)
    return re.sub(r"([0-9])(-)", r"\1 \2 ", s)


def western(s):
    return stops("".join(f" {c} " if c in SYMBOL else c for c in s)).split()


def unescape(s):
    for escape, char in (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        s = s.replace(escape, char)
    return s


def tok_13a(s):
    s = s.replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
    return western(" " + unescape(s) + " ")


def major(c):
    return unicodedata.category(c)[0]


def tok_intl(s):
    out, i = [], 0
    while i < len(s):                      # non-number, punctuation -> "x p "
        if i + 1 < len(s) and major(s[i]) != "N" and major(s[i + 1]) == "P":
            out.append(s[i] + " " + s[i + 1] + " ")
            i += 2
        else:
            out.append(s[i])
            i += 1
    s, out, i = "".join(out), [], 0
    while i < len(s):                      # punctuation, non-number -> " p x"
        if i + 1 < len(s) and major(s[i]) == "P" and major(s[i + 1]) != "N":
            out.append(" " + s[i] + " " + s[i + 1])
            i += 2
        else:
            out.append(s[i])
            i += 1
    return "".join(f" {c} " if major(c) == "S" else c for c in "".join(out)).split()


ZH = "3400-4db5 4e00-9fa5 9fa6-9fbb f900-fa2d fa30-fa6a fa70-fad9 2001-2a6d 2f81-2fa1 ff00-ffef 2e80-2eff 3000-303f " \
     "31c0-31ef 2f00-2fdf 2ff0-2fff 3100-312f 31a0-31bf fe10-fe1f fe30-fe4f 2600-26ff 2700-27bf 3200-32ff 3300-33ff"
ZH_SET = {chr(c) for r in ZH.split() for c in range(int(r[:4], 16), int(r[5:], 16) + 1)}


def tok_zh(s):
    return western("".join(f" {c} " if c in ZH_SET else c for c in s.strip()))


TOKENIZERS = {"13a": tok_13a, "intl": tok_intl, "zh": tok_zh, "none": str.split, "char": lambda s: " ".join(s).split()}

# ---------------------------------------------------------------- BLEU


def grams(seq, n):
    return Counter(tuple(seq[i:i + n]) for i in range(len(seq) - n + 1))


def bleu(hyps, refs, tok="13a", lowercase=False, smooth="exp", value=None, order=4, effective=False):
    cut = lambda s: TOKENIZERS[tok]((s.lower() if lowercase else s).rstrip())
    right, total, hyp_len, ref_len = [0] * order, [0] * order, 0, 0
    for line, *correct in zip(hyps, *refs):
        h, rs = cut(line), [cut(r) for r in correct]
        hyp_len += len(h)
        ref_len += min((abs(len(r) - len(h)), len(r)) for r in rs)[1]
        for n in range(1, order + 1):
            limit = Counter()
            for r in rs:
                limit |= grams(r, n)
            right[n - 1] += sum((grams(h, n) & limit).values())
            total[n - 1] += max(0, len(h) - n + 1)
    if not any(right):
        return 0.0
    if value is None:
        value = {"floor": 0.1, "add-k": 1}.get(smooth)
    logs, zeros = [], 0
    for n in range(order):
        k = value if smooth == "add-k" and n else 0
        if total[n] + k == 0:
            if not effective:
                return 0.0
            break
        p = Fraction(right[n] + k) / Fraction(total[n] + k)
        if right[n] + k == 0:
            if smooth == "exp":
                zeros += 1
                p = Fraction(1, 2 ** zeros * total[n])
            elif smooth == "floor":
                p = Fraction(value) / total[n]
            else:
                return 0.0
        logs.append(math.log(p))
    short = 0.0 if hyp_len >= ref_len else 1 - ref_len / hyp_len
    return 100 * math.exp(short + sum(logs) / len(logs))


# ---------------------------------------------------------------- chrF

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


def chrf_words(s):
    for w in s.split():
        if len(w) > 1 and w[-1] in PUNCTUATION:
            yield from (w[:-1], w[-1])
        elif len(w) > 1 and w[0] in PUNCTUATION:
            yield from (w[0], w[1:])
        else:
            yield w


def f_score(p, r, beta):
    return (1 + beta ** 2) * p * r / (beta ** 2 * p + r) if p + r > 0 else 0


def chrf_of(stats, beta, eps):
    if eps:
        tiny = 1e-16
        parts = [f_score(m / h if h else tiny, m / r if r else tiny, beta) for h, r, m in stats]
        return 100 * sum(parts) / len(parts)
    known = [(m / h, m / r) for h, r, m in stats if h and r]
    if not known:
        return 0.0
    return 100 * f_score(sum(p for p, _ in known) / len(known), sum(r for _, r in known) / len(known), beta)


def chrf(hyps, refs, words=0, chars=6, beta=2, lowercase=False, space=False, eps=False):
    def counts(s):
        s = s.lower() if lowercase else s
        text = s if space else "".join(s.split())
        cut = list(chrf_words(s))
        return [grams(text, n) for n in range(1, chars + 1)] + [grams(cut, n) for n in range(1, words + 1)]

    sums = [(0, 0, 0)] * (chars + words)
    for line, *correct in zip(hyps, *refs):
        h, best = counts(line), None
        for r in map(counts, correct):
            stats = [(sum(a.values()) if b else 0, sum(b.values()), sum((a & b).values())) for a, b in zip(h, r)]
            if best is None or chrf_of(stats, beta, eps) > chrf_of(best, beta, eps):
                best = stats
        sums = [tuple(x + y for x, y in zip(a, b)) for a, b in zip(sums, best)]
    return chrf_of(sums, beta, eps)


# ---------------------------------------------------------------- TER


def ter_words(s, norm=False, no_punct=False, asian=False, cased=False):
    s = s.rstrip()
    s = s if cased else s.lower()
    if norm:
        s = " " + unescape(s.replace("\n-", "").replace("\n", " ")) + " "
        s = "".join(f" {c} " if c in SYMBOL else c for c in s)
        s = stops(s.replace("'s ", " 's "))
        if asian:
            s = re.sub("([\u4e00-\u9fff\u3400-\u4dbf\u31c0-\u31ef\u2e80-\u2eff\u3300-\u33ff\uf900-\ufaff\ufe30-\ufe4f\u3200-\u3f22"
                       "\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09])",
                       r" \1 ", s)
    if no_punct:
        s = re.sub(r'[.,?:;!"()]', "", s)
        if asian:
            s = re.sub("[\u3001\u3002\u3008-\u3011\u3014-\u301f\uff61-\uff65\u30fb\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09]", "", s)
    return s.split()


def ter_matrix(h, r):
    """Costs and last steps, in a beam of 25 around the diagonal; a cell is None where the beam does not reach."""
    ratio = len(r) / len(h) if h else 1
    beam = math.ceil(ratio / 2 + 25) if ratio / 2 > 25 else 25
    cost = [{j: (j, "r") for j in range(len(r) + 1)}]
    for i, word in enumerate(h, 1):
        middle = math.floor(i * ratio)
        last = len(r) if i == len(h) else min(len(r), middle + beam - 1)
        row, above = {}, cost[-1]
        for j in range(max(0, middle - beam), last + 1):
            ways = []
            if j and j - 1 in above:
                ways.append((above[j - 1][0] + (word != r[j - 1]), 0, "=" if word == r[j - 1] else "~"))
            if j in above:
                ways.append((above[j][0] + 1, 1, "h"))
            if j - 1 in row:
                ways.append((row[j - 1][0] + 1, 2, "r"))
            if ways:
                best = min(ways)
                row[j] = (best[0], best[2])
        cost.append(row)
    return cost


def ter_edits(h, r):
    if not r:
        return len(h)
    shifts = tried = 0
    while True:
        cost = ter_matrix(h, r)
        before = cost[-1][len(r)][0]
        i, j, steps = len(h), len(r), []
        while i or j:
            step = cost[i][j][1]
            steps.append(step)
            i, j = i - (step != "r"), j - (step != "h")
        at, h_bad, r_bad = [], [], []
        for step in reversed(steps):
            if step != "r":
                h_bad.append(step != "=")
            if step != "h":
                r_bad.append(step != "=")
                at.append(len(h_bad) - 1)

        best, seen = None, {}
        for a in range(len(h)):
            for b in range(len(r)):
                if abs(a - b) > 50 or tried >= 1000 and best:
                    continue
                for n in range(1, 11):
                    if a + n > len(h) or b + n > len(r) or h[a:a + n] != r[b:b + n]:
                        break
                    if not any(h_bad[a:a + n]) or not any(r_bad[b:b + n]) or a <= at[b] < a + n:
                        continue
                    previous = -1
                    for place in range(b - 1, b + n):
                        to = 0 if place < 0 else at[place] + 1
                        if to == previous:
                            continue
                        previous = to
                        if (a, n, to) not in seen:
                            moved, rest = h[a:a + n], h[:a] + h[a + n:]
                            cut = to if to < a else to - n if to > a + n else to
                            new = rest[:cut] + moved + rest[cut:]
                            seen[a, n, to] = (ter_matrix(new, r)[-1][len(r)][0], new)
                        after, new = seen[a, n, to]
                        tried += 1
                        rank = (before - after, n, -a, -to)
                        if best is None or rank > best[0]:
                            best = (rank, new)
                    if tried >= 1000:
                        break
        if tried >= 1000 or best is None or best[0][0] <= 0:
            return shifts + before
        shifts += 1
        h = best[1]


def ter(hyps, refs, **options):
    edits = length = 0
    for line, *correct in zip(hyps, *refs):
        h, rs = ter_words(line, **options), [ter_words(r, **options) for r in correct]
        edits += min(ter_edits(h, r) for r in rs)
        length += sum(map(len, rs)) / len(rs)
    return 100 * edits / length if length else 100.0 * (edits > 0)


# ---------------------------------------------------------------- error rates, accuracy


def distance(a, b):
    row = list(range(len(b) + 1))
    for x in a:
        new = [row[0] + 1]
        for j, y in enumerate(b, 1):
            new.append(min(row[j - 1] + (x != y), row[j] + 1, new[-1] + 1))
        row = new
    return row[-1]


def error_rate(hyps, refs, cut):
    edits = length = 0
    for line, *correct in zip(hyps, *refs):
        h = cut(line)
        rate, e, n = min((distance(h, cut(r)) / len(cut(r)) if cut(r) else float(bool(h)), distance(h, cut(r)), len(cut(r)))
                         for r in correct)
        edits, length = edits + e, length + n
    return 100 * edits / length if length else 100.0 * (edits > 0)


def accuracy(hyps, refs):
    return 100 * sum(any(h.split() == r.split() for r in rs) for h, *rs in zip(hyps, *refs)) / len(hyps)


# ---------------------------------------------------------------- ROUGE


def rouge_words(s, stem=None):
    words = re.findall("[a-z0-9]+", s.lower())
    return [stem(w) if stem and len(w) > 3 else w for w in words]


def lcs_places(r, h):
    t = [[0] * (len(h) + 1) for _ in range(len(r) + 1)]
    for i in range(len(r)):
        for j in range(len(h)):
            t[i + 1][j + 1] = t[i][j] + 1 if r[i] == h[j] else max(t[i][j + 1], t[i + 1][j])
    i, j, places = len(r), len(h), set()
    while i and j:
        if r[i - 1] == h[j - 1]:
            i, j = i - 1, j - 1
            places.add(i)
        elif t[i][j - 1] > t[i - 1][j]:
            j -= 1
        else:
            i -= 1
    return places


def rouge_one(kind, h, r, stem):
    if kind == "Lsum":
        hs, rs = ([w for w in (rouge_words(x, stem) for x in s.split("\n") if x)] for s in (h, r))
        n_h, n_r = sum(map(len, hs)), sum(map(len, rs))
        left_h, left_r, hit = Counter(w for x in hs for w in x), Counter(w for x in rs for w in x), 0
        for x in rs:
            for i in sorted(set().union(*(lcs_places(x, y) for y in hs))):
                if left_h[x[i]] > 0 and left_r[x[i]] > 0:
                    hit, left_h[x[i]], left_r[x[i]] = hit + 1, left_h[x[i]] - 1, left_r[x[i]] - 1
    else:
        a, b = rouge_words(h, stem), rouge_words(r, stem)
        if kind == "L":
            n_h, n_r, hit = len(a), len(b), len(lcs_places(b, a))
        else:
            x, y = grams(a, int(kind)), grams(b, int(kind))
            n_h, n_r, hit = sum(x.values()), sum(y.values()), sum((x & y).values())
    return 2 * hit / (n_h + n_r) if hit else 0.0


def rouge(hyps, refs, kind, stem=None):
    return 100 * sum(max(rouge_one(kind, h, r, stem) for r in rs) for h, *rs in zip(hyps, *refs)) / len(hyps)


# ---------------------------------------------------------------- METEOR


def meteor(hyps, refs, stem, synonyms=None):
    """Banerjee and Lavie 2005 with NLTK's alignment; synonyms is a function from a word to its synonyms."""
    fits = [lambda h: lambda r: h == r, lambda h: lambda r: stem(h) == stem(r)]
    if synonyms:
        fits.append(lambda h: synonyms(h).__contains__)

    def one(h, r):
        pair = {}
        for stage in fits:
            for i in reversed(range(len(h))):
                if i not in pair:
                    fit = stage(h[i])
                    partner = next((j for j in reversed(range(len(r))) if j not in pair.values() and fit(r[j])), None)
                    if partner is not None:
                        pair[i] = partner
        if not pair:
            return 0.0
        chunks = sum(pair.get(i - 1, -9) + 1 != j for i, j in pair.items())
        p, q = len(pair) / len(h), len(pair) / len(r)
        return (1 - 0.5 * (chunks / len(pair)) ** 3) * p * q / (0.9 * p + 0.1 * q)

    cut = lambda s: tok_13a(s.lower().rstrip())
    return 100 * sum(max(one(cut(h), cut(r)) for r in rs) for h, *rs in zip(hyps, *refs)) / len(hyps)


# ---------------------------------------------------------------- all of them


def porter():
    from nltk.stem.porter import PorterStemmer      # Debian's python3-nltk
    return PorterStemmer().stem


def scores(hyps, refs):
    all_scores = {f"bleu {t} {'lc' if lc else 'mixed'}": bleu(hyps, refs, t, lc) for t in TOKENIZERS for lc in (False, True)}
    for smooth, value in (("none", None), ("floor", None), ("floor", 0.5), ("add-k", None), ("add-k", 2)):
        all_scores[f"bleu {smooth} {value}"] = bleu(hyps, refs, smooth=smooth, value=value, effective=True)
    all_scores.update({f"bleu{n}": bleu(hyps, refs, order=n) for n in (1, 2, 3, 4)})
    all_scores["bleu sentence"] = bleu(hyps, refs, effective=True)
    for words in (0, 2):
        for eps in (False, True):
            for space in (False, True):
                all_scores[f"chrf {words} {'eps' if eps else 'eff'} {'space' if space else 'nospace'}"] = \
                    chrf(hyps, refs, words, space=space, eps=eps)
    all_scores["chrf lc"] = chrf(hyps, refs, lowercase=True)
    all_scores["ter"] = ter(hyps, refs)
    all_scores["ter norm cased"] = ter(hyps, refs, norm=True, cased=True)
    all_scores["ter norm nopunct asian"] = ter(hyps, refs, norm=True, no_punct=True, asian=True)
    all_scores["wer"] = error_rate(hyps, refs, str.split)
    all_scores["cer"] = error_rate(hyps, refs, lambda s: " ".join(s.split()))
    all_scores["accuracy"] = accuracy(hyps, refs)
    stem = porter()
    all_scores["meteor"] = meteor(hyps, refs, stem)
    for kind in ("1", "2", "L", "Lsum"):
        all_scores[f"rouge{kind}"] = rouge(hyps, refs, kind)
        all_scores[f"rouge{kind} stem"] = rouge(hyps, refs, kind, stem)
    return all_scores


def self_test():
    """The scores that sacreBLEU's README and tests state (mjpost/sacrebleu: README.md, test/)."""
    hyps = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."]
    refs = [["The dog bit the man.", "It was not unexpected.", "The man bit him first."],
            ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."]]
    near = lambda got, want, eps=1e-4: abs(got - want) < eps or sys.exit(f"wanted {want}, got {got}")
    near(bleu(hyps, refs), 48.530827)
    near(bleu(hyps, refs, "none"), 49.1919566)
    near(bleu(hyps, refs, "intl"), 43.91623493)
    near(chrf(hyps, refs), 59.73, 5e-3)
    system = ["Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;"]
    correct = [["producţia de zahăr brut se exprimă în zahăr alb;"]]
    for smooth, value, lc, tok, want in (
            ("exp", None, False, "13a", 8.493), ("floor", None, False, "13a", 4.51688), ("floor", 0.5, False, "13a", 10.10),
            ("add-k", None, False, "13a", 14.882), ("add-k", 2, False, "13a", 21.389), ("exp", None, False, "none", 7.347),
            ("exp", None, False, "intl", 8.493), ("exp", None, False, "char", 40.8759), ("exp", None, True, "char", 42.0267)):
        near(bleu(system, correct, tok, lc, smooth, value, effective=True), want, 1e-3)
    near(chrf(["Nebo prostě nemají vybavení, které by jim pomohlo, uvedli lékaři."],
              [["A někdy nemáme ani potřebný materiál, abychom jim pomohli, popsali lékaři."]], eps=True), 31.22557079)
    near(ter(["d e f g h a b c"], [["a b c d e f g h"]]), 12.5)
    print("as published")


def main():
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        return self_test()
    by_line = arguments[:1] == ["--lines"]
    texts = [open(name, encoding="utf-8", newline="\n").read().removesuffix("\n").split("\n") for name in arguments[by_line:]]
    if by_line:
        for line in zip(*texts):
            print(json.dumps(scores([line[0]], [[r] for r in line[1:]])))
    else:
        print(json.dumps(scores(texts[0], texts[1:]), indent=1))


if __name__ == "__main__":
    main()
