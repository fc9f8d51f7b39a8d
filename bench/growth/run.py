#!/usr/bin/env python3
"""How the cost of training grows: with threads, sentence length, width, vocabulary and corpus size, on made-up text. Writes Markdown and JSON lines."""

import argparse
import json
import pathlib
import platform
import shlex
import sys
import tempfile

import measure
from tables import TABLES

ROOT = pathlib.Path(__file__).resolve().parents[2]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", default=",".join(TABLES), help="default: %(default)s")
    parser.add_argument("--sequor", default=str(ROOT / "src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli"), metavar="COMMAND", help="default: %(default)s")
    parser.add_argument("--text", default=str(ROOT / "bench/Sequor.Benchmarks/bin/Release/net10.0/Sequor.Benchmarks"), metavar="COMMAND",
                        help="the program that makes text up; default: %(default)s")
    parser.add_argument("--threads", type=int, default=2, help="of all tables but that of threads; default: %(default)s")
    parser.add_argument("--updates", type=int, default=12, help="updates that are measured; default: %(default)s")
    parser.add_argument("--warm-up", type=int, default=4, help="updates before the clock starts; default: %(default)s")
    parser.add_argument("--largest-corpus", type=int, default=10_000_000, metavar="LINES", help="default: %(default)s, which needs 2 GB of disk for a while")
    parser.add_argument("--work", type=pathlib.Path, help="a folder for text and configurations that is kept; default: a temporary one")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("."), help="a folder for growth.md and growth.jsonl; default: this one")
    return parser.parse_args()


def main():
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="sequor-growth-") as temporary:
        work = options.work or pathlib.Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        program = measure.Program(shlex.split(options.sequor), shlex.split(options.text), work, options)
        page = ["# How the cost of training grows", "", f"{measure.processor()} · {platform.platform()}", "",
                "    " + shlex.join(["bench/growth/run.py", *sys.argv[1:]]), ""]
        lines = []
        for name in options.tables.split(","):
            title, columns, rows = TABLES[name]
            page += [f"## {title}", "", "| " + " | ".join(columns) + " |", "|" + " ---: |" * len(columns)]
            for row, line in rows(program):
                print(f"{title}: {row}", file=sys.stderr)
                page.append("| " + " | ".join(row) + " |")
                lines.append({"table": name, **line})
            page.append("")
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "growth.md").write_text("\n".join(page), encoding="utf-8")
    (options.output / "growth.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    print("\n".join(page))


if __name__ == "__main__":
    main()
