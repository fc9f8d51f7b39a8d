"""Tables of what was measured."""

import collections
import datetime
import json
import platform
import statistics


def medians(lines):
    """One entry per model, threads, program and variant: the median speed and the highest memory of its runs."""
    groups = collections.defaultdict(list)
    for line in lines:
        groups[line["model"], line["threads"], line["program"], line["variant"]].append(line)
    return {
        key: {"speed": statistics.median(run["tokensPerSecond"] for run in runs), "slowest": min(run["tokensPerSecond"] for run in runs),
              "fastest": max(run["tokensPerSecond"] for run in runs), "peak": max(run["peakBytes"] for run in runs), "runs": len(runs)}
        for key, runs in groups.items()
    }


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def markdown(lines, yardsticks, command):
    """The whole page."""
    page = [
        "# Sequor beside PyTorch", "",
        f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC · {processor()} · {platform.platform()}", "",
        f"    {command}", "",
        "Target tokens per second are the median over the updates of a run, and then over its runs (slowest to fastest in brackets). Memory is the",
        "highest resident size of the process. The ratio is Sequor's speed to that of the line.", "",
        "| OpenBLAS by | threads | SGEMM 1024³, GFLOP/s, median | best |", "| --- | --- | --- | --- |",
    ]
    page += [f"| {y['program']} | {y['threads']} | {y['medianGigaflops']:.0f} | {y['bestGigaflops']:.0f} |" for y in yardsticks]
    found = medians(lines)
    for model in dict.fromkeys(key[0] for key in found):
        page += ["", f"## {model}", "", "| threads | program | target tokens/s | peak memory, MB | Sequor is faster by |", "| --- | --- | --- | --- | --- |"]
        for threads in dict.fromkeys(key[1] for key in found if key[0] == model):
            page += rows(found, model, threads)
    return "\n".join(page) + "\n"


def rows(found, model, threads):
    here = {key[2:]: value for key, value in found.items() if key[:2] == (model, threads)}
    ours = next(value for (program, _), value in here.items() if program.startswith("Sequor"))
    for (program, variant), value in sorted(here.items(), key=lambda item: -item[1]["speed"]):
        spread = f" ({value['slowest']:,.0f} to {value['fastest']:,.0f})" if value["runs"] > 1 else ""
        ratio = "" if value is ours else f"{ours['speed'] / value['speed']:.2f}"
        yield f"| {threads} | {program} {variant} | {value['speed']:,.0f}{spread} | {value['peak'] / (1 << 20):,.0f} | {ratio} |".replace("  ", " ")


def json_lines(lines, yardsticks):
    return "".join(json.dumps(line) + "\n" for line in [*({"yardstick": True, **y} for y in yardsticks), *lines])
