"""The models that are compared. The same numbers stand in the YAML files beside this one; equal parameter counts show that they agree."""

from typing import NamedTuple


class Size(NamedTuple):
    kind: str
    layers: int
    width: int
    feed_forward_width: int
    heads: int
    dropout: float


SIZES = {
    "transformer-tiny": Size("transformer", layers=4, width=128, feed_forward_width=256, heads=4, dropout=0.3),
    "transformer-small": Size("transformer", layers=3, width=256, feed_forward_width=1024, heads=8, dropout=0.1),
}

SMOOTHING = 0.1
LEARNING_RATE = 0.0005
BETAS = (0.9, 0.98)
EPSILON = 1e-9
CLIP_NORM = 1.0
