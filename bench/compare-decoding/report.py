"""Tables of what was measured."""

import collections
import datetime
import json
import platform
import statistics

from rows import RECURRENT, ROWS, THEIR_READ_RATE, THEIR_SGEMM
from shapes import SHAPES, VOCABULARIES, step_bytes

RUNTIME_MEGABYTES = 40
DASH = "–"


def read(path):
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return lines[1:], lines[0]["command"]


class Measured:
    """What all runs say together."""

    def __init__(self, lines):
        self.yardsticks = [line for line in lines if "yardstick" in line]
        self.runs = [line for line in lines if "yardstick" not in line]
        self._groups = collections.defaultdict(list)
        for run in self.runs:
            self._groups[run["program"].split()[0], run["shape"], run["type"], run["batch"], run["beam"], run["threads"], run["workers"]].append(run)

    def sgemm(self, threads):
        speeds = [y["medianGigaflops"] for y in self.yardsticks if y["threads"] == threads]
        return statistics.median(speeds) if speeds else None

    def read_rate(self):
        """GB/s of one thread, the median over the runs of Sequor."""
        rates = [run["read_gb_per_s"]["one_thread"] for run in self.runs if run.get("read_gb_per_s", {}).get("one_thread")]
        return statistics.median(rates) if rates else None

    def threads(self):
        return sorted({run["threads"] for run in self.runs})

    def types(self, program, row):
        return list(dict.fromkeys(run["type"] for run in self.runs if run["program"].split()[0] == program and (run["shape"], run["batch"], run["beam"]) == row.key))

    def best(self, program, row, data_type, threads):
        """The split into workers with the higher median; its run of that speed with the speeds of all its runs. None where nothing was measured."""
        splits = [runs for (*what, count, _), runs in self._groups.items()
                  if tuple(what) == (program, row.shape, data_type, row.batch, row.beam) and count == threads]
        return max((Split(runs) for runs in splits), key=lambda split: split.speed, default=None)


class Split:
    def __init__(self, runs):
        speeds = [run["target_tokens_per_s"] for run in runs]
        self.speed, self.slowest, self.fastest = statistics.median(speeds), min(speeds), max(speeds)
        self.run = min(runs, key=lambda run: abs(run["target_tokens_per_s"] - self.speed))
        self.megabytes = max(run["peak_rss_mb"] for run in runs)
        self.workers = self.run["workers"]


def scaled(row, threads, measured):
    """CTranslate2's figure on this machine at this time, and by what it was scaled."""
    given = row.theirs[threads]
    if row.scaled_by == "sgemm" and measured.sgemm(threads):
        return given * measured.sgemm(threads) / THEIR_SGEMM[threads]
    if row.scaled_by == "reading" and measured.read_rate():
        return given * measured.read_rate() / THEIR_READ_RATE
    return given


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def markdown(lines, command):
    """The whole page."""
    measured = Measured(lines)
    page = [
        "# Decoding: Sequor beside CTranslate2 and PyTorch", "",
        f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC · {processor()} · {platform.platform()}", "",
        f"    {command}", "",
        *yardsticks(measured), "",
        "Target tokens per second; every output has 30 pieces. A program decodes its sentences several times and tells the median; of several starts the",
        "median again (slowest to fastest in brackets). Two threads are one worker with two or two workers with one, whichever is faster (in brackets as 2×1).",
    ]
    for threads in measured.threads():
        page += ["", f"## {threads} thread{'s' if threads > 1 else ''}", "", *beside_ctranslate2(measured, threads), "", *beside_pytorch(measured, threads)]
    return "\n".join([*page, "", "## What bounds each row", "", *bounds(measured)]) + "\n"


def yardsticks(measured):
    sgemm = ", ".join(f"{measured.sgemm(threads):.0f} on {threads} (theirs {THEIR_SGEMM[threads]:.0f})" for threads in THEIR_SGEMM if measured.sgemm(threads))
    rate = measured.read_rate()
    yield f"OpenBLAS, SGEMM 1024³, GFLOP/s by threads: {sgemm or 'not measured'}. One thread reads 64 MB at {f'{rate:.0f}' if rate else '?'} GB/s (theirs {THEIR_READ_RATE:.0f})."
    yield "CTranslate2's figures were measured on another machine of this kind. Rows of many sentences are scaled by SGEMM, batch 1 of `base` by the read rate"
    yield "of one thread; batch 1 of smaller models lies in caches and stays as given."


def beside_ctranslate2(measured, threads):
    yield "| model, type, batch, search | CTranslate2 as given | scaled | Sequor | ratio | goal | memory − 40 MB | CTranslate2's MB |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for row in ROWS:
        others = [data_type for data_type in measured.types("Sequor", row) if data_type not in ("int8", "float32")] if row.type == "int8" else []
        for data_type in (row.type, *others):
            ours = measured.best("Sequor", row, data_type, threads)
            if ours is None or threads not in row.theirs:
                continue
            theirs = scaled(row, threads, measured)
            ratio = ours.speed / theirs
            memory = ours.megabytes - RUNTIME_MEGABYTES
            is_smaller = row.their_megabytes is not None and memory < row.their_megabytes
            yield (f"| {row.name.replace(row.type, data_type)} | {row.theirs[threads]:,} | {theirs:,.0f} | {told(ours)} | {met(ratio, ratio >= row.goal)} | {row.goal:g} | "
                   f"{met(memory, is_smaller, '.0f')} | {row.their_megabytes or DASH} |")


def beside_pytorch(measured, threads):
    yield "| model, batch, search | PyTorch float32 | PyTorch bfloat16 | Sequor float32 | ratio | Sequor int8 | ratio to the better |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row in {row.key: row for row in (*ROWS, *RECURRENT)}.values():
        peers = {data_type: measured.best("PyTorch", row, data_type, threads) for data_type in ("float32", "bfloat16")}
        ours = {data_type: measured.best("Sequor", row, data_type, threads) for data_type in ("float32", "int8")}
        known = [peer.speed for peer in peers.values() if peer]
        if not known or not any(ours.values()):
            continue
        exact = f"{ours['float32'].speed / peers['float32'].speed:.1f}" if ours["float32"] and peers["float32"] else DASH
        fast = f"{ours['int8'].speed / max(known):.1f}" if ours["int8"] else DASH
        cells = (told(peers["float32"]), told(peers["bfloat16"]), told(ours["float32"]), exact, told(ours["int8"]), fast)
        goal = " (goal 3)" if row.shape == "gru" and row.beam > 1 else ""
        yield f"| {row.name.replace(' ' + row.type, '')}{goal} | " + " | ".join(cells) + " |"


def bounds(measured):
    yield "Shares of the time by kernels, from a run of its own with a clock around each. \"Weights\" is what a step reads of the decoder's weights, by the steps a second,"
    yield "beside what one thread reads from memory."
    yield ""
    yield "| model, type, batch, search | threads | products | GFLOP/s there (peak) | vocabulary | attention | other kernels | outside kernels | weights, GB/s (memory) | bound by |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for row in (*ROWS, *RECURRENT):
        for threads in measured.threads():
            ours = measured.best("Sequor", row, row.type, threads)
            if ours and ours.run.get("kernels"):
                yield bound(row, threads, ours)


def bound(row, threads, ours):
    run = ours.run
    share = shares(run)
    operations = sum(kernel["gflop"] for kernel in run["kernels"])
    seconds = sum(kernel["seconds"] for kernel in run["kernels"] if kernel["gflop"] > 0)
    peak = run["peak_gflops"]["one_thread" if run["workers"] > 1 else "all_threads"]
    streamed = DASH
    if row.shape in SHAPES:
        steps = ours.speed * run["steps"] / run["target_tokens"]
        streamed = f"{steps * step_bytes(SHAPES[row.shape], row.type) / 1e9:.1f} ({run['read_gb_per_s']['one_thread']:.0f})"
    greatest = max(share, key=share.get)
    reason = "reading weights" if greatest in ("products", "vocabulary") and row.batch * row.beam <= 8 else greatest
    return (f"| {row.name} | {threads} | {share['products']:.0%} | {operations / max(seconds, 1e-9):.0f} ({peak:.0f}) | {share['vocabulary']:.0%} | {share['attention']:.0%} | {share['other kernels']:.0%} | "
            f"{share['bookkeeping']:.0%} | {streamed} | {reason} |")


def shares(run):
    """Where the time went, in five parts."""
    logits = sum(product["share"] for product in run["products"] if product["n"] == VOCABULARIES[run["shape"]])
    found = collections.Counter({"products": -logits, "vocabulary": logits, "attention": 0, "other kernels": 0, "bookkeeping": run["outside_kernels_share"]})
    for kernel in run["kernels"]:
        found[part_of(kernel["name"])] += kernel["share"]
    return found


def part_of(kernel):
    if "MatMul" in kernel or "Product" in kernel:
        return "products"
    if "LogSoftmax" in kernel or "Top" in kernel or "Best" in kernel or "Vocabulary" in kernel:
        return "vocabulary"
    return "attention" if "Attention" in kernel or "Scores" in kernel else "other kernels"


def told(split):
    if split is None:
        return DASH
    spread = f"{split.slowest:,.0f} to {split.fastest:,.0f}" if split.slowest < split.fastest else ""
    notes = ", ".join(filter(None, (spread, "2×1" if split.workers > 1 else "")))
    return f"{split.speed:,.0f}" + (f" ({notes})" if notes else "")


def met(number, is_met, form=".2f"):
    return f"**{number:{form}}**" if is_met else f"{number:{form}}"
