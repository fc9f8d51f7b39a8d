"""The same Transformer, written for speed: real tokens only, masks drawn before, loss and projection in chunks."""

import torch
import torch.nn.functional as F

from dropout import DrawnDropout
from projected_loss import ProjectedLoss
from rows import FromHeads, ToHeads
from sizes import SMOOTHING
from transformer_plain import Transformer, attend, later_hidden, minus_infinity


class TunedTransformer(Transformer):
    """Has the parameters of the plain one and applies them in its own way."""

    def __init__(self, size, vocabulary):
        super().__init__(size, vocabulary)
        self.drop = DrawnDropout(size.dropout)

    def embed_rows(self, side):
        ids = side.ids.view(-1).index_select(0, side.real_places)
        return self.drop(torch.add(self.sinusoids.index_select(0, side.positions), F.embedding(ids, self.embedding.weight), alpha=self.scale))

    def attend_rows(self, block, x, side, mask, memory=None, memory_side=None):
        if memory is None:
            queries, keys, values = ToHeads.apply(block.pairs(x), side, 3, block.heads)
        else:
            (queries,) = ToHeads.apply(block.query(x), side, 1, block.heads)
            keys, values = ToHeads.apply(block.pairs(memory), memory_side, 2, block.heads)
        return block.output(FromHeads.apply(attend(queries, keys, values, mask), side))

    def layer(self, layer, x, side, mask, memory=None, memory_side=None, memory_mask=None):
        x = self.drop.add(x, self.attend_rows(layer.attention, layer.norms[0](x), side, mask))
        if layer.cross is not None:
            x = self.drop.add(x, self.attend_rows(layer.cross, layer.norms[1](x), side, memory_mask, memory, memory_side))
        first, _, second = layer.feed_forward
        return self.drop.add(x, second(first(layer.norms[-1](x)).relu_()))

    def loss(self, batch):
        source, target = batch.source, batch.target
        source_mask = minus_infinity(~source.real)[:, None, None, :]
        memory = self.embed_rows(source)
        for layer in self.encoder:
            memory = self.layer(layer, memory, source, source_mask)
        memory = self.encoder_norm(memory)
        later = later_hidden(target.longest)
        x = self.embed_rows(target)
        for layer in self.decoder:
            x = self.layer(layer, x, target, later, memory, source, source_mask)
        return ProjectedLoss.apply(self.decoder_norm(x), self.embedding.weight, None, batch.wanted, SMOOTHING)
