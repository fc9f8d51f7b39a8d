#!/usr/bin/env python3
"""Measures the sentence splitter on Tatoeba: entries are joined by fives and cut again.

Run from the repository root after a build:  python3 tools/languages/measure_sentences.py --data DIR
DIR holds en-de/, en-fr/ and en-zh/ with train.XX.gz, one entry a line. Prints the table of docs/languages.md.
An end inside an entry counts as extra, though most entries with one hold two sentences: precision is a lower bound.
An entry without a mark at its end cannot be found; the second recall leaves those out.
"""
import argparse
import gzip
import json
import subprocess

PARAGRAPH = 5
PAIRS = {"en": "en-de", "de": "en-de", "fr": "en-fr", "zh": "en-zh"}
MARKS = ".!?…。！？‽"
CLOSERS = "\"'”’“‘»«)）」』‟ "


def entries(data, language):
    with gzip.open(f"{data}/{PAIRS[language]}/train.{language}.gz", "rt", encoding="utf-8", newline="\n") as lines:
        seen = dict.fromkeys(line.rstrip("\n").strip() for line in lines)
    return [entry for entry in seen if entry]


def paragraphs(texts, joiner):
    for i in range(0, len(texts) - PARAGRAPH + 1, PARAGRAPH):
        group = texts[i:i + PARAGRAPH]
        ends, place = {}, 0
        for text in group[:-1]:
            place += len(text)
            ends[place] = text.rstrip(CLOSERS)[-1:] in MARKS
            place += len(joiner)
        yield joiner.join(group), ends


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def split(program, language, texts):
    asked = subprocess.run([*program, "split", "--language", language, "--json"], input="\n".join(texts) + "\n",
                           capture_output=True, check=True, encoding="utf-8")
    found = [set() for _ in texts]
    for line in asked.stdout.splitlines():
        sentence = json.loads(line)
        text = texts[sentence["line"] - 1]
        end = sentence["start"] + sentence["length"]
        if utf16(text) == len(text):
            found[sentence["line"] - 1].add(end)
        else:
            found[sentence["line"] - 1].add(len(text.encode("utf-16-le")[:2 * end].decode("utf-16-le")))
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--sequor", default="dotnet src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli.dll")
    given = parser.parse_args()
    print("| language | ends | found % | found of those with a mark % | extra | precision % |")
    print("| --- | --- | --- | --- | --- | --- |")
    for language in PAIRS:
        pairs = list(paragraphs(entries(given.data, language), "" if language == "zh" else " "))
        found = split(given.sequor.split(), language, [text for text, _ in pairs])
        ends = sum(len(gold) for _, gold in pairs)
        marked = sum(sum(gold.values()) for _, gold in pairs)
        hits = sum(len(got & gold.keys()) for got, (_, gold) in zip(found, pairs))
        marked_hits = sum(sum(mark for end, mark in gold.items() if end in got) for got, (_, gold) in zip(found, pairs))
        extra = sum(len({end for end in got if end < len(text)} - gold.keys()) for got, (text, gold) in zip(found, pairs))
        print(f"| {language} | {ends:,} | {100 * hits / ends:.2f} | {100 * marked_hits / marked:.2f} | {extra:,} | {100 * hits / (hits + extra):.2f} |")


if __name__ == "__main__":
    main()
