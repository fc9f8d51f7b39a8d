"""The pre-norm Transformer as most people write it: padded batches, masks, and the operations that PyTorch has ready."""

import torch
import torch.nn.functional as F
from torch import nn

from positions import sinusoids
from sizes import SMOOTHING

SCALED_DOT_PRODUCT = getattr(F, "scaled_dot_product_attention", None)


def attend(queries, keys, values, mask):
    """[B, H, T, d] and [B, H, S, d] to [B, H, T, d]; mask is 0 where a key may be read and minus infinity elsewhere."""
    if SCALED_DOT_PRODUCT is not None:
        return SCALED_DOT_PRODUCT(queries, keys, values, attn_mask=mask)
    scores = queries @ keys.transpose(-2, -1) * queries.shape[-1] ** -0.5 + mask
    return scores.softmax(dim=-1) @ values


class Attention(nn.Module):
    """Multi-head attention. Self-attention projects queries, keys and values in one product; attention to the source two of them."""

    def __init__(self, size, parts):
        super().__init__()
        self.heads, self.parts = size.heads, parts
        self.query = nn.Linear(size.width, size.width) if parts == 2 else None
        self.pairs = nn.Linear(size.width, parts * size.width)
        self.output = nn.Linear(size.width, size.width)

    def forward(self, x, mask, memory=None):
        def split(rows, parts):
            return rows.view(*rows.shape[:2], parts, self.heads, -1).permute(2, 0, 3, 1, 4)

        if self.query is None:
            queries, keys, values = split(self.pairs(x), 3)
        else:
            (queries,), (keys, values) = split(self.query(x), 1), split(self.pairs(memory), 2)
        return self.output(attend(queries, keys, values, mask).transpose(1, 2).reshape(x.shape))


class FeedForward(nn.Sequential):
    def __init__(self, size):
        super().__init__(nn.Linear(size.width, size.feed_forward_width), nn.ReLU(), nn.Linear(size.feed_forward_width, size.width))


class Layer(nn.Module):
    """A layer of the encoder, or with `reads_source` of the decoder."""

    def __init__(self, size, reads_source):
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(size.width) for _ in range(3 if reads_source else 2))
        self.attention = Attention(size, parts=3)
        self.cross = Attention(size, parts=2) if reads_source else None
        self.feed_forward = FeedForward(size)
        self.dropout = nn.Dropout(size.dropout)

    def forward(self, x, mask, memory=None, memory_mask=None):
        x = x + self.dropout(self.attention(self.norms[0](x), mask))
        if self.cross is not None:
            x = x + self.dropout(self.cross(self.norms[1](x), memory_mask, memory))
        return x + self.dropout(self.feed_forward(self.norms[-1](x)))


class Transformer(nn.Module):
    def __init__(self, size, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary.size, size.width)
        self.encoder = nn.ModuleList(Layer(size, reads_source=False) for _ in range(size.layers))
        self.decoder = nn.ModuleList(Layer(size, reads_source=True) for _ in range(size.layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(size.width), nn.LayerNorm(size.width)
        self.dropout = nn.Dropout(size.dropout)
        self.register_buffer("sinusoids", sinusoids(size.width))
        self.scale = size.width ** 0.5
        for name, parameter in self.named_parameters():
            initialize(name, parameter, size)

    def embed(self, side):
        return self.dropout(self.embedding(side.ids) * self.scale + self.sinusoids[: side.longest])

    def loss(self, batch):
        """The sum of the smoothed cross-entropy of all real target tokens."""
        source_mask = minus_infinity(~batch.source.real)[:, None, None, :]
        memory = self.embed(batch.source)
        for layer in self.encoder:
            memory = layer(memory, source_mask)
        memory = self.encoder_norm(memory)

        later = later_hidden(batch.target.longest)
        x = self.embed(batch.target)
        for layer in self.decoder:
            x = layer(x, later, memory, source_mask)
        x = self.decoder_norm(x[batch.target.real])
        return F.cross_entropy(F.linear(x, self.embedding.weight), batch.wanted, reduction="sum", label_smoothing=SMOOTHING)


def later_hidden(length):
    """Later places are hidden; padding stands at the end, where only padding would see it."""
    return minus_infinity(torch.ones(length, length, dtype=torch.bool).triu(1))


def minus_infinity(hidden):
    return torch.zeros(hidden.shape).masked_fill_(hidden, float("-inf"))


def initialize(name, parameter, size):
    """As Sequor: Xavier's uniform draw for each of the stacked matrices, embeddings of deviation 1 / sqrt(width), biases of zero."""
    if "norm" in name:
        return
    if name == "embedding.weight":
        nn.init.normal_(parameter, std=size.width ** -0.5)
    elif parameter.dim() == 1:
        nn.init.zeros_(parameter)
    else:
        stacked = parameter.shape[0] // size.width if "pairs" in name else 1
        for part in parameter.chunk(stacked):
            nn.init.xavier_uniform_(part)
