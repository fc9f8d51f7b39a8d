"""What is measured, and what CTranslate2 4.8.1 was measured at on a machine of this kind, in target tokens per second."""

from typing import NamedTuple

# What that machine did at the time: OpenBLAS's SGEMM at 1024 x 1024 x 1024 in GFLOP/s by threads, and one thread reading 64 MB in GB/s.
THEIR_SGEMM = {1: 259.0, 2: 450.0}
THEIR_READ_RATE = 61.0


class Row(NamedTuple):
    shape: str
    type: str
    batch: int
    beam: int
    theirs: dict
    goal: float
    their_megabytes: int | None = None

    @property
    def key(self):
        return self.shape, self.batch, self.beam

    @property
    def name(self):
        return f"{self.shape} {self.type}, {self.batch}, {'greedy' if self.beam == 1 else f'beam {self.beam}'}"

    @property
    def scaled_by(self):
        """What CTranslate2's figure is scaled by: rows of many sentences by products, those that stream weights by reading; others stay."""
        if self.batch > 1:
            return "sgemm"
        return "reading" if self.shape == "base" else None


def row(shape, data_type, batch, beam, one, two, goal, megabytes=None):
    return Row(shape, data_type, batch, beam, {1: one, 2: two}, goal, megabytes)


ROWS = (
    row("base", "int8", 1, 1, 302, 501, 5, 86),
    row("base", "int8", 1, 5, 235, 376, 4),
    row("base", "int8", 32, 1, 2942, 5608, 2),
    row("base", "int8", 64, 4, 930, 1472, 1.6, 627),
    row("base", "float32", 1, 1, 147, 290, 2),
    row("base", "float32", 32, 1, 1117, 2165, 2),
    row("base", "float32", 64, 4, 501, 797, 1.5),
    row("small", "int8", 1, 1, 5409, 4006, 3, 29),
    row("small", "int8", 1, 5, 3053, 2512, 3),
    row("small", "int8", 32, 1, 20714, 34944, 2),
    row("small", "int8", 64, 4, 4661, 7324, 1.6, 204),
    row("small", "float32", 1, 1, 2225, 3978, 1.6),
    row("small", "float32", 32, 1, 8224, 15126, 1.6),
    row("small", "float32", 64, 4, 3035, 5051, 1.6),
    row("tiny", "float32", 1, 1, 7169, 6472, 1.3),
    row("tiny", "float32", 32, 1, 20124, 36547, 2),
    row("tiny", "float32", 32, 5, 4650, 9091, 1.6),
)

# Beside PyTorch only; the goal is a multiple of its speed.
RECURRENT = tuple(row("gru", data_type, batch, beam, None, None, 3) for batch, beam in ((1, 4), (32, 4), (32, 1)) for data_type in ("float32", "int8"))

# Sentences of one measurement, evenly spread over all lengths: whole batches for each of two workers, and so many that it takes seconds.
SENTENCES = {
    "base": {1: 16, 32: 128, 64: 128},
    "small": {1: 64, 32: 640, 64: 256},
    "tiny": {1: 64, 32: 640},
    "gru": {1: 64, 32: 320},
}
