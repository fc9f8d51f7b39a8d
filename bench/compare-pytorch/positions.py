"""Sines and cosines of positions (Vaswani et al. 2017, section 3.5)."""

import torch

LONGEST = 1024


def sinusoids(width):
    """[LONGEST, width]: the sine in even columns, the cosine in odd ones."""
    exponents = torch.arange(0, width, 2, dtype=torch.float64) / width
    angles = torch.arange(LONGEST, dtype=torch.float64)[:, None] / 10_000 ** exponents
    return torch.stack([angles.sin(), angles.cos()], dim=2).reshape(LONGEST, width).float()
