#!/usr/bin/env python3
"""Prints lines that no corpus holds: every code point with neighbours, letters with marks, and draws from a bag of oddities."""
import random
import sys

MARKS = [0x300, 0x301, 0x302, 0x303, 0x304, 0x307, 0x308, 0x30A, 0x323, 0x327, 0x328, 0x338, 0x345, 0x3099, 0x309A, 0x5BC, 0x200D, 0xFE0F, 0x1161, 0x11A8]
BASES = [*range(0x20, 0x250), *range(0x386, 0x460), *range(0x3041, 0x30FF), *range(0x1100, 0x1113), *range(0x1F00, 0x2000), 0xAC00, 0xAC1C]
BAG = [chr(c) for c in [
    *range(1, 10), *range(11, 0x250), 0x3000, 0x2003, 0xA0, 0x200B, 0x200D, 0x200E, 0xFEFF, 0xFFFD, 0x2028, 0x2029, 0x85, 0x2581, 0xFF21, 0xFF5E,
    0x1F600, 0x1F468, 0x1F469, 0xFE0F, 0x1F3FD, 0x4F60, 0x597D, 0xAC00, 0x1100, 0x1161,
]] + [" "] * 60 + ["<sep>", "the", " the ", "20", "<s>", "</s>", "<unk>", "<0x41>", "\u2581", "\u2581\u2581"] * 4
LINES = ["", " ", "  ", "\t", "\u2581", "\r", "a\r", "\0", "a\0b", "a" * 3000, "ab " * 2000, "\u2581" * 500, "\u4eba" * 2000]


def is_asked(c):
    return c != 10 and not 0xD800 <= c < 0xE000 and (c < 0x32000 or 0xE0000 <= c < 0xE0200 or c % 0x10000 >= 0xFFF0)


def main():
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n")
    draw = random.Random(5)
    asked = [chr(c) for c in range(1, 0x110000) if is_asked(c)]
    for start in range(0, len(asked), 12):
        out.write("x".join(asked[start:start + 12]) + "\n" + " ".join(asked[start:start + 12]) + "\n")
    for base in BASES:
        out.write(" ".join(chr(base) + chr(mark) + chr(draw.choice(MARKS)) for mark in MARKS) + "\n")
    for _ in range(4000):
        out.write("".join(draw.choice(BAG) for _ in range(draw.randint(0, 30))) + "\n")
    for line in LINES:
        out.write(line + "\n")


if __name__ == "__main__":
    main()
