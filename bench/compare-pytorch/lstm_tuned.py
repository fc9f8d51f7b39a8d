"""The same LSTM, written for speed: real tokens only, all words' share of the gates in one product, the loop as one operation, the loss in chunks."""

import torch
import torch.nn.functional as F

from attentive_loop import AttentiveLoop
from dropout import DrawnDropout
from lstm_plain import Lstm
from projected_loss import ProjectedLoss
from sizes import SMOOTHING


class TunedLstm(Lstm):
    """Has the parameters of the plain one and applies them in its own way."""

    def __init__(self, size, vocabulary):
        super().__init__(size, vocabulary)
        self.drop = DrawnDropout(size.dropout)

    def loss(self, batch):
        source, target = batch.source, batch.target
        memory, state, cell = self.encode(self.drop(F.embedding(source.ids, self.source_embedding.weight)), source)
        keys = self.attention.key(memory)
        mask = torch.zeros(source.real.shape).masked_fill_(~source.real, float("-inf"))

        # Words of all steps at once, in the order of time, in which rows of one step lie together.
        words = self.drop(F.embedding(target.ids.t()[target.real.t()], self.target_embedding.weight))
        of_word, of_context = self.cell.weight_ih.split([self.width, 2 * self.width], dim=1)
        products = torch.addmm(self.cell.bias_ih + self.cell.bias_hh, words, of_word.t())
        states, contexts = AttentiveLoop.apply(
            products, keys, memory, mask, state, cell, torch.cat([of_context, self.cell.weight_hh], dim=1),
            self.attention.query.weight, self.attention.query.bias, self.attention.vector, target.real.sum(dim=0).tolist())
        readout = torch.tanh(self.readout(torch.cat([states, contexts, words], dim=1)))
        wanted = torch.zeros(target.real.shape, dtype=torch.long).masked_scatter_(target.real, batch.wanted).t()[target.real.t()]
        return ProjectedLoss.apply(self.drop(readout), self.output.weight, self.output.bias, wanted, SMOOTHING)
