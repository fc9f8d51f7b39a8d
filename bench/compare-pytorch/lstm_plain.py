"""
An LSTM encoder and decoder with additive attention before each step (Bahdanau et al. 2015), as most people write it: a packed encoder, keys projected
once, and a loop over `nn.LSTMCell`.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from sizes import SMOOTHING


class Attention(nn.Module):
    """vector . tanh(query(state) + key(memory)) over the source."""

    def __init__(self, width):
        super().__init__()
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(2 * width, width, bias=False)
        self.vector = nn.Parameter(torch.empty(width))

    def forward(self, state, keys, memory, mask):
        energies = torch.tanh(keys + self.query(state)[:, None])
        weights = (energies @ self.vector + mask).softmax(dim=1)
        return torch.bmm(weights[:, None], memory)[:, 0]


class Lstm(nn.Module):
    """All widths are the same; the encoder has it in each direction."""

    def __init__(self, size, vocabulary):
        super().__init__()
        width = size.width
        self.width = width
        self.source_embedding = nn.Embedding(vocabulary.size, width)
        self.target_embedding = nn.Embedding(vocabulary.size, width)
        self.encoder = nn.LSTM(width, width, batch_first=True, bidirectional=True)
        self.bridge_hidden, self.bridge_cell = nn.Linear(2 * width, width), nn.Linear(2 * width, width)
        self.attention = Attention(width)
        self.cell = nn.LSTMCell(3 * width, width)
        self.readout = nn.Linear(4 * width, width)
        self.output = nn.Linear(width, vocabulary.size)
        self.dropout = nn.Dropout(size.dropout)
        self.reset_parameters()

    def reset_parameters(self):
        """As Sequor."""
        for name, parameter in self.named_parameters():
            if "embedding" in name or name == "output.weight":
                nn.init.normal_(parameter, std=0.1)
            elif name.startswith(("encoder", "cell")) and parameter.dim() > 1 or name == "attention.vector":
                nn.init.uniform_(parameter, -self.width ** -0.5, self.width ** -0.5)
            elif parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
            else:
                nn.init.zeros_(parameter)
        for bias in (self.encoder.bias_ih_l0, self.encoder.bias_ih_l0_reverse, self.cell.bias_ih):
            nn.init.ones_(bias.data[self.width : 2 * self.width])

    def encode(self, words, side):
        """[B, S, 2 x width], and the first state of the decoder."""
        packed = pack_padded_sequence(words, side.lengths, batch_first=True, enforce_sorted=False)
        states, (hidden, cell) = self.encoder(packed)
        memory, _ = pad_packed_sequence(states, batch_first=True)
        hidden, cell = (end.transpose(0, 1).reshape(len(side.lengths), -1) for end in (hidden, cell))
        return memory, torch.tanh(self.bridge_hidden(hidden)), torch.tanh(self.bridge_cell(cell))

    def loss(self, batch):
        """The sum of the smoothed cross-entropy of all real target tokens."""
        memory, hidden, cell = self.encode(self.dropout(self.source_embedding(batch.source.ids)), batch.source)
        keys = self.attention.key(memory)
        mask = torch.zeros(batch.source.real.shape).masked_fill_(~batch.source.real, float("-inf"))
        words = self.dropout(self.target_embedding(batch.target.ids))
        steps = []
        for word in words.unbind(1):
            context = self.attention(hidden, keys, memory, mask)
            hidden, cell = self.cell(torch.cat([word, context], dim=1), (hidden, cell))
            steps.append(torch.cat([hidden, context, word], dim=1))
        readout = torch.tanh(self.readout(torch.stack(steps, dim=1)[batch.target.real]))
        return F.cross_entropy(self.output(self.dropout(readout)), batch.wanted, reduction="sum", label_smoothing=SMOOTHING)
