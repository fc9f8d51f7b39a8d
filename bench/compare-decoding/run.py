#!/usr/bin/env python3
"""Decodes the same sentences with models of the same shapes in Sequor and in PyTorch, in turns, and writes what was measured beside CTranslate2's figures."""

import argparse
import json
import os
import pathlib
import shlex
import shutil
import sys
import tempfile

import report
from programs import HERE, PyTorch, Sequor
from rows import RECURRENT, ROWS, SENTENCES
from shapes import SHAPES

PROGRAM = HERE.parents[1] / "src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli"
SENTENCES_FILE = "test_2016_flickr.en"
PEER_TYPES = {"base": ("float32", "bfloat16"), "small": ("float32", "bfloat16"), "tiny": ("float32",), "gru": ("float32",)}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("SEQUOR_DATA"), help=f"a folder with {SENTENCES_FILE}, or with multi30k/{SENTENCES_FILE}; default: SEQUOR_DATA")
    parser.add_argument("--python", metavar="COMMAND", help="a Python with PyTorch and transformers, such as 'chroot /opt/sid python3'; without it Sequor is measured alone")
    parser.add_argument("--sequor", default=str(PROGRAM), metavar="COMMAND", help="default: %(default)s")
    parser.add_argument("--shapes", default="base,small,tiny,gru", help="default: %(default)s")
    parser.add_argument("--types", default="float32,int8", help="of Sequor, in the rows of the table: float32, int8; default: %(default)s")
    parser.add_argument("--also", default="", metavar="TYPES", help="types that are measured beside int8 in the same rows, such as int7,bfloat16; default: none")
    parser.add_argument("--threads", default="1,2", help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=2, help="how often Sequor is started for each row; default: %(default)s")
    parser.add_argument("--peer-rounds", type=int, default=1, help="in how many of the rounds PyTorch is started too; default: %(default)s")
    parser.add_argument("--repeat", type=int, default=3, help="how often a program decodes all its sentences; default: %(default)s")
    parser.add_argument("--peak-seconds", type=float, default=0.3, help="of each measurement of peaks in Sequor; default: %(default)s")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("."), help="a folder for compare-decoding.md and .jsonl; default: this one")
    parser.add_argument("--report", metavar="FILE", help="measure nothing; write the page of this compare-decoding.jsonl again")
    options = parser.parse_args()
    if options.report:
        return options
    if not options.data:
        parser.error(f"there is no data: give --data DIR or set SEQUOR_DATA to a folder with {SENTENCES_FILE}, such as Multi30k's")
    folder = pathlib.Path(options.data)
    options.sentences = next((path for path in (folder / SENTENCES_FILE, folder / "multi30k" / SENTENCES_FILE) if path.exists()), None)
    if options.sentences is None:
        parser.error(f"{folder} has no {SENTENCES_FILE}")
    if not pathlib.Path(options.sequor).exists() and shutil.which(shlex.split(options.sequor)[0]) is None:
        parser.error(f"{options.sequor} is not there: dotnet build src/Sequor.Cli -c Release, or give --sequor COMMAND")
    return options


def splits(threads):
    """Two threads are one worker with two or two workers with one; the better counts."""
    return (1,) if threads == 1 else (1, threads)


def measure(options, sequor, python, row, threads):
    """A row once: every program, type and split, in turns."""
    count = SENTENCES[row.shape][row.batch]
    types = (row.type, *filter(None, options.also.split(","))) if row.type == "int8" else (row.type,)
    for workers in splits(threads):
        for data_type in types:
            yield sequor.decode(row, data_type, count, threads, workers, options.repeat)
        # PyTorch has the same rows for int8 and float32; they are measured with the latter, or where there is no such row.
        for data_type in PEER_TYPES[row.shape] if python and is_for_peers(row) else ():
            yield python.decode(row, data_type, sequor.write_sources(row, count), threads, workers, options.repeat)


def is_for_peers(row):
    return row.type == "float32" or not any(other.key == row.key and other.type == "float32" for other in (*ROWS, *RECURRENT))


def check(line):
    """The same model, or nothing is compared: a Transformer of Sequor has two more normalisations, behind encoder and decoder."""
    if line["program"].startswith("PyTorch") and line["shape"] in SHAPES:
        line["parameters"] += 4 * SHAPES[line["shape"]].width
    return line


def agree(lines):
    for shape in {line["shape"] for line in lines}:
        found = {line["parameters"] for line in lines if line["shape"] == shape}
        if len(found) > 1:
            sys.exit(f"{shape}: the programs do not agree in parameters: {sorted(found)}.")


def main():
    options = arguments()
    if options.report:
        print(report.markdown(*report.read(options.report)))
        return
    rows = [row for row in (*ROWS, *RECURRENT) if row.shape in options.shapes.split(",") and row.type in options.types.split(",")]
    python = PyTorch(options.python) if options.python else None
    command = shlex.join(["bench/compare-decoding/run.py", *sys.argv[1:]])
    lines = []
    with tempfile.TemporaryDirectory(prefix="sequor-compare-") as folder:
        sequor = Sequor(options.sequor, options.sentences, pathlib.Path(folder), options.peak_seconds)
        for round_number in range(options.rounds):
            for threads in map(int, options.threads.split(",")):
                if python:
                    lines.append({"yardstick": True, **python.multiply(threads)})
                for row in rows:
                    for line in measure(options, sequor, python if round_number < options.peer_rounds else None, row, threads):
                        lines.append(check(line))
                        print(f"{row.name}, {threads} thread(s) by {line['workers']}: {line['program']} {line['type']} {line['target_tokens_per_s']:,.0f} target tokens/s",
                              file=sys.stderr, flush=True)
                        save(options, lines, command)
    agree([line for line in lines if "shape" in line])
    print(report.markdown(lines, command))


def save(options, lines, command):
    """After every measurement, so that a run that is stopped has something to show."""
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "compare-decoding.jsonl").write_text(
        json.dumps({"command": command}) + "\n" + "".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (options.output / "compare-decoding.md").write_text(report.markdown(lines, command), encoding="utf-8")


if __name__ == "__main__":
    main()
