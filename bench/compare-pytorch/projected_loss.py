"""Projection to the vocabulary, loss and all their gradients, a few hundred rows at a time: logits of all rows never exist together."""

import torch

ROWS = 512
SMALLEST = 1e-38


class ProjectedLoss(torch.autograd.Function):
    """The sum of smoothed cross-entropies of hidden [N, D] projected by weight [V, D] (and bias [V]) against targets [N]."""

    @staticmethod
    def forward(context, hidden, weight, bias, targets, smoothing):
        classes = weight.shape[0]
        hidden_gradient, weight_gradient = torch.empty_like(hidden), torch.zeros_like(weight)
        bias_gradient = None if bias is None else torch.zeros_like(bias)
        mean_logits = hidden @ weight.mean(dim=0) + (0 if bias is None else bias.mean())
        total = 0.0
        for start in range(0, len(targets), ROWS):
            rows, wanted = hidden[start : start + ROWS], targets[start : start + ROWS, None]
            logits = rows @ weight.t() if bias is None else torch.addmm(bias, rows, weight.t())
            logit = logits.gather(1, wanted)
            probabilities = torch.softmax(logits, dim=1)

            # A probability that underflows counts as the smallest float, in the loss only.
            log_likelihood = probabilities.gather(1, wanted).clamp_min_(SMALLEST).log_()
            log_sum = (logit - log_likelihood)[:, 0]
            total += float(((smoothing - 1) * log_likelihood[:, 0] + smoothing * (log_sum - mean_logits[start : start + ROWS])).sum())

            # The part of the gradient that is the same for all classes is added to the results below, not to every probability here.
            probabilities.scatter_add_(1, wanted, wanted.new_full(wanted.shape, 1).float().mul_(smoothing - 1))
            torch.mm(probabilities, weight, out=hidden_gradient[start : start + ROWS])
            weight_gradient.addmm_(probabilities.t(), rows)
            if bias_gradient is not None:
                bias_gradient += probabilities.sum(dim=0)
        share = smoothing / classes
        hidden_gradient -= share * weight.sum(dim=0)
        weight_gradient -= share * hidden.sum(dim=0)
        if bias_gradient is not None:
            bias_gradient -= share * len(targets)
        context.gradients = hidden_gradient, weight_gradient, bias_gradient
        return hidden.new_tensor(total)

    @staticmethod
    def backward(context, gradient):
        hidden_gradient, weight_gradient, bias_gradient = context.gradients
        factor = float(gradient)
        for one in context.gradients:
            if one is not None and factor != 1:
                one.mul_(factor)
        return hidden_gradient, weight_gradient, bias_gradient, None, None
