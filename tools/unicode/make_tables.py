#!/usr/bin/env python3
"""Writes src/Sequor/Text/Unicode/tables.txt.gz from Python's own copy of the Unicode Character Database.

Run from the repository root: python3 tools/unicode/make_tables.py
Python 3.11 carries Unicode 14.0.0; the version stands in the file's first line. The bytes are the same on every run.

One entry a line, in hexadecimal code points:
  c X A [B]   X decomposes canonically into A B, and A B compose to X again
  d X A [B]   X decomposes canonically, but nothing composes to X
  k X A B...  X decomposes for compatibility
  m N F L     F to L have the combining class N (decimal)
  l X A...    the lower case of X
  f X A       the simple case folding of X
Hangul syllables follow from arithmetic and are left out.
"""
import gzip
import io
import unicodedata

TARGET = "src/Sequor/Text/Unicode/tables.txt.gz"
HANGUL = range(0xAC00, 0xAC00 + 11172)


def code_points():
    return (c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and c not in HANGUL)


def hexadecimal(text):
    return " ".join(f"{ord(c):X}" for c in text)


def simple_fold(character):
    """The folding of status C or S: one code point to one."""
    for candidate in (character.casefold(), character.lower()):
        if len(candidate) == 1:
            return candidate
    return character


def decompositions():
    for c in code_points():
        fields = unicodedata.decomposition(chr(c)).split()
        if not fields:
            continue
        if fields[0].startswith("<"):
            yield f"k {c:X} {' '.join(f'{int(x, 16):X}' for x in fields[1:])}"
        else:
            parts = "".join(chr(int(x, 16)) for x in fields)
            kind = "c" if unicodedata.normalize("NFC", parts) == chr(c) else "d"
            yield f"{kind} {c:X} {hexadecimal(parts)}"


def combining_classes():
    first, last, value = -1, -1, 0
    for c in list(code_points()) + [0x110000]:
        now = unicodedata.combining(chr(c)) if c < 0x110000 else 0
        if now == value and c == last + 1:
            last = c
            continue
        if value:
            yield f"m {value} {first:X} {last:X}"
        first, last, value = c, c, now


def cases():
    for c in code_points():
        lower = chr(c).lower()
        if lower != chr(c):
            yield f"l {c:X} {hexadecimal(lower)}"
    for c in code_points():
        folded = simple_fold(chr(c))
        if folded != chr(c):
            yield f"f {c:X} {hexadecimal(folded)}"


def main():
    lines = [f"# Unicode {unicodedata.unidata_version}; written by tools/unicode/make_tables.py"]
    for part in (decompositions, combining_classes, cases):
        lines.extend(part())
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as stream:
        stream.write(("\n".join(lines) + "\n").encode("ascii"))
    with open(TARGET, "wb") as target:
        target.write(buffer.getvalue())
    print(f"{TARGET}: {len(lines)} lines, {len(buffer.getvalue())} bytes")


if __name__ == "__main__":
    main()
