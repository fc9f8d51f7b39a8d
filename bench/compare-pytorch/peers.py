"""How the programs that are compared are started, and in which environment."""

import json
import os
import pathlib
import shlex
import shutil
import subprocess

# They bind OpenBLAS to older processors and smaller caches than this machine's, and halve it.
HANDICAPS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
OPENMP_BUILD = "usr/lib/x86_64-linux-gnu/openblas-openmp"
HERE = pathlib.Path(__file__).resolve().parent


def environment(threads):
    clean = {name: value for name, value in os.environ.items() if name not in HANDICAPS}
    return clean | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}


def json_line(command, threads, cwd=None):
    """The JSON object that a command prints last."""
    done = subprocess.run(command, env=environment(threads), cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stderr.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


class Sequor:
    def __init__(self, command, work):
        self.command, self.work = shlex.split(command), work
        told = subprocess.run([*self.command, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
        self.version = told.strip().removeprefix("sequor ")

    def learn_vocabulary(self):
        """A vocabulary in a file of its own, so that learning it adds nothing to a measurement's memory."""
        subprocess.run(
            [*self.command, "vocab", "train.en", "train.de", "--size", "10000", "--normalization", "identity", "--character-coverage", "1",
             "--pad-id", "3", "--output", "vocabulary/vocabulary.model"], cwd=self.work, check=True)

    def train(self, model, threads, warm_up, updates, write_batches=False):
        command = [*self.command, "bench", "train", f"{model}.yaml", "--warm-up", str(warm_up), "--updates", str(updates), "--threads", str(threads),
                   "--vocabulary", "vocabulary", "--peak-seconds", "0", "--json"]
        if write_batches:
            command += ["--write-batches", f"{model}.jsonl"]
        told = json_line(command, threads, cwd=self.work)
        return {"program": f"Sequor {self.version}", "variant": "", "tokensPerSecond": told["target_tokens_per_s"],
                "peakBytes": told["peak_rss_mb"] * (1 << 20), "parameters": told["parameters"], "targetTokens": told["target_tokens"]}


class PyTorch:
    """A Python with PyTorch. Of `chroot DIR python3`, scripts and batches are copied into DIR."""

    def __init__(self, command, work):
        words = shlex.split(command)
        root = pathlib.Path(words[words.index("chroot") + 1] if "chroot" in words else "/")
        self.folder = pathlib.Path("/tmp/sequor-compare-pytorch")
        self.inside, self.work = root / self.folder.relative_to("/"), work
        self.inside.mkdir(parents=True, exist_ok=True)
        for script in HERE.glob("*.py"):
            shutil.copy(script, self.inside)
        library = f"LD_LIBRARY_PATH=/{OPENMP_BUILD}"
        self.command = [*words[:-1], "env", library, words[-1]] if (root / OPENMP_BUILD).exists() else words
        if not (root / "proc" / "cpuinfo").exists():
            raise SystemExit(f"{root}/proc is not mounted, and without it PyTorch does not see what the processor can do: mount -t proc proc {root}/proc")

    def train(self, model, variant, threads, warm_up):
        shutil.copy(self.work / f"{model}.jsonl", self.inside)
        return json_line(
            [*self.command, str(self.folder / "train.py"), "--batches", str(self.folder / f"{model}.jsonl"), "--model", model, f"--{variant}",
             "--threads", str(threads), "--warm-up", str(warm_up)], threads)

    def multiply(self, threads):
        """GFLOP/s of OpenBLAS at 1024 x 1024 x 1024."""
        return json_line([*self.command, str(self.folder / "multiply.py"), str(threads)], threads)
