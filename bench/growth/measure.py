"""Makes text and configurations, and measures trainings on them."""

import json
import os
import pathlib
import subprocess
import time


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown processor")


class Program:
    def __init__(self, sequor, text, work, options):
        self.sequor, self.text, self.work, self.options = sequor, text, pathlib.Path(work), options

    def corpus(self, lines, length=12, words=30_000, exact=False, ending=""):
        """Two files of made-up sentences; made once for all tables."""
        name = f"{lines}-{length}-{words}{'-exact' if exact else ''}"
        source, target = (self.work / f"{name}.{side}{ending}" for side in ("source", "target"))
        if not target.exists():
            command = [*self.text, "text", str(source), str(target), str(lines), str(length), str(words), *(["exact"] if exact else [])]
            subprocess.run(command, check=True)
        return source, target

    def configuration(self, corpus, model=(), training=(), vocabulary=("kind: word", "size: 10000"), data=()):
        """A configuration of transformer-tiny with some settings of its own."""
        def section(name, settings):
            return [f"{name}:", *(f"  {setting}" for setting in settings)]

        path = self.work / "growth.yaml"
        lines = ["format_version: 1", *section("data", ["train:", f"  - source: {corpus[0].name}", f"    target: {corpus[1].name}", *data]),
                 *section("vocabulary", [*vocabulary, "joint: true"]), *section("model", ["preset: transformer-tiny", *model]),
                 *section("training", ["schedule: constant", "warmup_updates: 0", *training])]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def train(self, configuration, threads=None, updates=None, warm_up=None):
        """What `sequor bench train` says, and what the whole process took: seconds, and the most memory at any time."""
        command = [*self.sequor, "bench", "train", configuration.name, "--threads", str(threads or self.options.threads), "--peak-seconds", "0", "--json",
                   "--updates", str(updates or self.options.updates), "--warm-up", str(self.options.warm_up if warm_up is None else warm_up)]
        start = time.monotonic()
        with open(self.work / "told.json", "w+", encoding="utf-8") as told, open(self.work / "messages.txt", "w+", encoding="utf-8") as messages:
            process = subprocess.Popen(command, cwd=self.work, stdout=told, stderr=messages)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - start
            told.seek(0)
            messages.seek(0)
            if os.waitstatus_to_exitcode(status) != 0:
                raise SystemExit(f"{' '.join(command)} failed:\n{messages.read()}")
            return {**json.loads(told.read()), "process_seconds": seconds, "process_peak_mb": usage.ru_maxrss / 1024}
