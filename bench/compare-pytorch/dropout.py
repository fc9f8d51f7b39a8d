"""Dropout from masks that were drawn before the first update: a place to begin is all that is drawn for each use."""

import random

import torch

POOL = 1 << 22


class DrawnDropout:
    """Masks of one probability; kept elements are scaled by 1 / (1 - p)."""

    def __init__(self, probability, seed=1):
        self._places = random.Random(seed)
        generator = torch.Generator().manual_seed(seed)
        self._pool = (torch.rand(POOL, generator=generator) >= probability).float() / (1 - probability)

    def mask(self, like):
        count = like.numel()
        if count > POOL // 2:
            self._pool = self._pool.repeat(2)
        start = self._places.randrange(0, len(self._pool) - count) & ~15
        return self._pool[start : start + count].view(like.shape)

    def __call__(self, x):
        return x * self.mask(x)

    def add(self, residual, x):
        """residual + dropout(x) in one pass."""
        return torch.addcmul(residual, x, self.mask(x))
