"""How the programs that are compared are started."""

import pathlib
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TRAINING = HERE.parent / "compare-pytorch"
sys.path.append(str(TRAINING))

from peers import OPENMP_BUILD, json_line  # noqa: E402

FORCED_LENGTH = 30


class Sequor:
    def __init__(self, command, sentences, work, peak_seconds=0.5):
        self.command, self.sentences, self.work, self.peak_seconds = shlex.split(command), sentences, work, peak_seconds
        told = subprocess.run([*self.command, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
        self.version = told.strip().removeprefix("sequor ")

    def command_for(self, row, data_type, count, threads, workers, repeat):
        command = [*self.command, "bench", "decode", "--shape", row.shape, "--input", str(self.sentences), "--sentences", str(count),
                   "--batch", str(row.batch), "--force-length", str(FORCED_LENGTH), "--threads", str(threads), "--workers", str(workers),
                   "--repeat", str(repeat), "--peak-seconds", str(self.peak_seconds), "--json"]
        command += ["--greedy"] if row.beam == 1 else ["--beam", str(row.beam)]
        return command + (["--compute-type", data_type] if data_type != "float32" else [])

    def write_sources(self, row, count):
        """The ids of both sides' sources, as they are drawn."""
        path = self.work / f"{row.shape}-{count}.jsonl"
        if not path.exists():
            json_line(self.sources_command(row, count, path), 1)
        return path

    def sources_command(self, row, count, path):
        return [*self.command, "bench", "decode", "--shape", row.shape, "--input", str(self.sentences), "--sentences", str(count), "--batch", "64",
                "--greedy", "--force-length", "1", "--warm-up", "0", "--warm-up-seconds", "0", "--repeat", "1", "--peak-seconds", "0", "--write-sources", str(path), "--json"]

    def decode(self, row, data_type, count, threads, workers, repeat):
        told = json_line(self.command_for(row, data_type, count, threads // workers, workers, repeat), threads)
        return {"program": f"Sequor {self.version}", "shape": row.shape, "type": data_type, **told, "batch": row.batch, "beam": row.beam}


class PyTorch:
    """A Python with PyTorch and transformers. Of `chroot DIR python3`, scripts and sources are copied into DIR."""

    def __init__(self, command):
        words = shlex.split(command)
        root = pathlib.Path(words[words.index("chroot") + 1] if "chroot" in words else "/")
        self.folder = pathlib.Path("/tmp/sequor-compare-decoding")
        self.inside = root / self.folder.relative_to("/")
        self.inside.mkdir(parents=True, exist_ok=True)
        for script in (*HERE.glob("*.py"), TRAINING / "multiply.py"):
            shutil.copy(script, self.inside)
        library = f"LD_LIBRARY_PATH=/{OPENMP_BUILD}"
        self.command = [*words[:-1], "env", library, words[-1]] if (root / OPENMP_BUILD).exists() else words
        if not (root / "proc" / "cpuinfo").exists():
            raise SystemExit(f"{root}/proc is not mounted, and without it PyTorch does not see what the processor can do: mount -t proc proc {root}/proc")

    def decode(self, row, data_type, sources, threads, workers, repeat):
        shutil.copy(sources, self.inside)
        return json_line(
            [*self.command, str(self.folder / "decode.py"), "--sources", str(self.folder / sources.name), "--shape", row.shape, "--type", data_type,
             "--batch", str(row.batch), "--beam", str(row.beam), "--force-length", str(FORCED_LENGTH), "--threads", str(threads // workers),
             "--workers", str(workers), "--repeat", str(repeat)], threads // workers)

    def multiply(self, threads):
        """GFLOP/s of OpenBLAS at 1024 x 1024 x 1024."""
        return json_line([*self.command, str(self.folder / "multiply.py"), str(threads)], threads)
