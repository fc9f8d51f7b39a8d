"""Adam in the fastest form that the installed PyTorch has, with the gradient clipped by its norm."""

import torch

from sizes import BETAS, CLIP_NORM, EPSILON, LEARNING_RATE


def flatten(model):
    """Moves all parameters and their gradients into two runs of memory; returns the one parameter that holds them all."""
    parameters = list(model.parameters())
    weights = torch.cat([parameter.data.view(-1) for parameter in parameters])
    gradients = torch.zeros_like(weights)
    start = 0
    for parameter in parameters:
        end = start + parameter.numel()
        parameter.data = weights[start:end].view(parameter.shape)
        parameter.grad = gradients[start:end].view(parameter.shape)
        start = end
    flat = torch.nn.Parameter(weights)
    flat.grad = gradients
    return flat


class Updates:
    """Clears, clips and applies gradients. `flat` makes one run of all parameters, so that each pass is one operation."""

    def __init__(self, model, flat):
        self._parameters = [flatten(model)] if flat else list(model.parameters())
        self._flat = flat
        self._adam = adam(self._parameters)

    def clear(self):
        if self._flat:
            self._parameters[0].grad.zero_()
        else:
            self._adam.zero_grad(set_to_none=True)

    def apply(self):
        if self._flat:
            gradient = self._parameters[0].grad
            norm = float(gradient.norm())
            if norm > CLIP_NORM:
                gradient.mul_(CLIP_NORM / norm)
        else:
            torch.nn.utils.clip_grad_norm_(self._parameters, CLIP_NORM)
        self._adam.step()


def adam(parameters):
    options = dict(lr=LEARNING_RATE, betas=BETAS, eps=EPSILON)
    try:
        return torch.optim.Adam(parameters, fused=True, **options)
    except (RuntimeError, TypeError):
        # Up to 2.3 the fused form was for GPUs only.
        return torch.optim.Adam(parameters, foreach=True, **options)
