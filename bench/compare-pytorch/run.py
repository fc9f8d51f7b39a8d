#!/usr/bin/env python3
"""Trains the same models on the same batches in Sequor and in PyTorch, in turns, and writes what was measured as Markdown and JSON lines."""

import argparse
import gzip
import os
import pathlib
import shlex
import shutil
import sys
import tempfile

import report
from peers import HERE, PyTorch, Sequor

MODELS = ("transformer-tiny", "transformer-small", "lstm")
PROGRAM = HERE.parents[1] / "src/Sequor.Cli/bin/Release/net10.0/Sequor.Cli"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("SEQUOR_DATA"), help="a folder with train.en and train.de, plain or .gz; default: SEQUOR_DATA")
    parser.add_argument("--python", action="append", default=[], metavar="COMMAND", help="a Python with PyTorch, such as 'chroot /opt/sid python3'; may be given several times")
    parser.add_argument("--sequor", default=str(PROGRAM), metavar="COMMAND", help="default: %(default)s")
    parser.add_argument("--models", default=",".join(MODELS), help="default: %(default)s")
    parser.add_argument("--variants", default="plain,tuned", help="of PyTorch; default: %(default)s")
    parser.add_argument("--threads", default="1,2", help="default: %(default)s")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run; default: %(default)s")
    parser.add_argument("--warm-up", type=int, default=10, help="updates before the clock starts; default: %(default)s")
    parser.add_argument("--updates", type=int, default=60, help="updates that are measured; default: %(default)s")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("."), help="a folder for compare-pytorch.md and .jsonl; default: this one")
    options = parser.parse_args()
    if not options.data:
        parser.error("there is no data: give --data DIR or set SEQUOR_DATA to a folder with train.en and train.de (plain or .gz), such as Multi30k's")
    if not pathlib.Path(options.sequor).exists() and shutil.which(shlex.split(options.sequor)[0]) is None:
        parser.error(f"{options.sequor} is not there: dotnet build src/Sequor.Cli -c Release, or give --sequor COMMAND")
    return options


def lay_out(data, work):
    """Corpora, configurations and a folder for the vocabulary, side by side."""
    for name in ("train.en", "train.de"):
        plain, packed = data / name, data / f"{name}.gz"
        if not plain.exists() and not packed.exists():
            sys.exit(f"{data} has neither {name} nor {name}.gz.")
        with (plain.open("rb") if plain.exists() else gzip.open(packed)) as source, (work / name).open("wb") as target:
            shutil.copyfileobj(source, target)
    for configuration in HERE.glob("*.yaml"):
        shutil.copy(configuration, work)
    (work / "vocabulary").mkdir()


def measure(options, sequor, pythons, model, threads):
    """Each of the runs once, in turns."""
    yield {**sequor.train(model, threads, options.warm_up, options.updates), "model": model, "threads": threads}
    for python in pythons:
        for variant in options.variants.split(","):
            yield python.train(model, variant, threads, options.warm_up)


def main():
    options = arguments()
    lines, yardsticks = [], []
    with tempfile.TemporaryDirectory(prefix="sequor-compare-") as folder:
        work = pathlib.Path(folder)
        lay_out(pathlib.Path(options.data), work)
        sequor = Sequor(options.sequor, work)
        pythons = [PyTorch(command, work) for command in options.python]
        sequor.learn_vocabulary()
        for model in options.models.split(","):
            sequor.train(model, 1, options.warm_up, options.updates, write_batches=True)
            for threads in map(int, options.threads.split(",")):
                yardsticks += [python.multiply(threads) for python in pythons]
                for _ in range(options.rounds):
                    for line in measure(options, sequor, pythons, model, threads):
                        lines.append(line)
                        print(f"{model} {threads} thread(s): {line['program']} {line['variant']} {line['tokensPerSecond']:,.0f} target tokens/s", file=sys.stderr)
    check(lines)
    options.output.mkdir(parents=True, exist_ok=True)
    page = report.markdown(lines, yardsticks, shlex.join(["bench/compare-pytorch/run.py", *sys.argv[1:]]))
    (options.output / "compare-pytorch.md").write_text(page, encoding="utf-8")
    (options.output / "compare-pytorch.jsonl").write_text(report.json_lines(lines, yardsticks), encoding="utf-8")
    print(page)


def check(lines):
    """The same model on the same tokens, or nothing is compared."""
    for what in ("parameters", "targetTokens"):
        for model in {line["model"] for line in lines}:
            found = {line[what] for line in lines if line["model"] == model}
            if len(found) > 1:
                sys.exit(f"{model}: the programs do not agree in {what}: {sorted(found)}.")


if __name__ == "__main__":
    main()
