"""The models that are compared: the shapes behind `sequor bench decode --shape`. Equal parameter counts show that they agree."""

from typing import NamedTuple


class Shape(NamedTuple):
    layers: int
    width: int
    feed_forward_width: int
    heads: int
    vocabulary: int


SHAPES = {
    "base": Shape(layers=6, width=512, feed_forward_width=2048, heads=8, vocabulary=32_000),
    "small": Shape(layers=3, width=256, feed_forward_width=1024, heads=8, vocabulary=10_000),
    "tiny": Shape(layers=4, width=128, feed_forward_width=256, heads=4, vocabulary=10_000),
}

GRU_WIDTH = 256
GRU_VOCABULARY = 10_000

VOCABULARIES = {name: shape.vocabulary for name, shape in SHAPES.items()} | {"gru": GRU_VOCABULARY}

BYTES = {"float32": 4, "float16": 2, "bfloat16": 2, "int8": 1, "int7": 1}


def step_bytes(shape, data_type):
    """What one step of the decoder reads of its weights: self-attention, queries and output of the second attention, feed-forward, and all logits."""
    layer = 6 * shape.width ** 2 + 2 * shape.width * shape.feed_forward_width
    return BYTES[data_type] * (shape.layers * layer + shape.width * shape.vocabulary)
