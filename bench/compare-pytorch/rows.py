"""From rows that lie end to end to padded heads and back. Every real place is one row, so both ways are a selection, and so are their gradients."""

import torch


class ToHeads(torch.autograd.Function):
    """[N, parts x D] to `parts` tensors [B, H, L, d]. Padded places hold a row that nobody may read."""

    @staticmethod
    def forward(context, rows, side, parts, heads):
        context.side = side
        padded = rows.index_select(0, side.packed_rows)
        return padded.view(side.sentences, side.longest, parts, heads, -1).permute(2, 0, 3, 1, 4).unbind()

    @staticmethod
    def backward(context, *gradients):
        side = context.side
        places = side.sentences * side.longest
        together = torch.cat([gradient.transpose(1, 2).reshape(places, -1) for gradient in gradients], dim=1)
        return together.index_select(0, side.real_places), None, None, None


class FromHeads(torch.autograd.Function):
    """[B, H, L, d] to [N, D]."""

    @staticmethod
    def forward(context, heads, side):
        context.side, context.shape = side, heads.shape
        return heads.transpose(1, 2).reshape(side.sentences * side.longest, -1).index_select(0, side.real_places)

    @staticmethod
    def backward(context, gradient):
        side, (_, heads, _, width) = context.side, context.shape
        padded = gradient.new_zeros(side.sentences * side.longest, gradient.shape[1])
        padded[side.real_places] = gradient
        return padded.view(side.sentences, side.longest, heads, width).transpose(1, 2), None
