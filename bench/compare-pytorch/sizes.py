"""The models that are compared. The same numbers stand in the YAML files beside this one; equal parameter counts show that they agree."""

from typing import NamedTuple


class Size(NamedTuple):
    kind: str
    layers: int
    width: int
    dropout: float
    feed_forward_width: int = 0
    heads: int = 0


SIZES = {
    "transformer-tiny": Size("transformer", layers=4, width=128, feed_forward_width=256, heads=4, dropout=0.3),
    "transformer-small": Size("transformer", layers=3, width=256, feed_forward_width=1024, heads=8, dropout=0.1),
    "lstm": Size("lstm", layers=1, width=256, dropout=0.2),
}

SMOOTHING = 0.1
LEARNING_RATE = 0.0005
BETAS = (0.9, 0.98)
EPSILON = 1e-9
CLIP_NORM = 1.0
