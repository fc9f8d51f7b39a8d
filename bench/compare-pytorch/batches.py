"""Reads what `sequor bench train --write-batches` wrote, and lays batches out for PyTorch: padded, or end to end."""

import json

import torch


class Vocabulary:
    def __init__(self, header):
        self.size, self.pad, self.bos, self.eos = header["vocabulary"], header["pad"], header["bos"], header["eos"]


class Side:
    """Sentences of one language: `ids` [B, L] padded, and the places of real tokens for those who pack them."""

    def __init__(self, sentences, pad):
        self.sentences = len(sentences)
        self.lengths = torch.tensor([len(sentence) for sentence in sentences])
        self.longest = int(self.lengths.max())
        self.count = int(self.lengths.sum())
        self.ids = torch.tensor([sentence + [pad] * (self.longest - len(sentence)) for sentence in sentences])
        self.real = torch.arange(self.longest)[None, :] < self.lengths[:, None]

        # Row r of the packed layout is place real_places[r] of the padded one; padded places read row 0, and nobody reads them.
        self.real_places = self.real.reshape(-1).nonzero()[:, 0]
        self.packed_rows = torch.zeros(self.real.numel(), dtype=torch.long)
        self.packed_rows[self.real_places] = torch.arange(self.count)
        self.positions = torch.arange(self.longest).expand_as(self.ids).reshape(-1)[self.real_places]


class Batch:
    """A batch of pairs, longest target first. The decoder reads bos + target and predicts target + eos."""

    def __init__(self, source, target, vocabulary):
        order = sorted(range(len(target)), key=lambda pair: -len(target[pair]))
        source, target = [source[pair] for pair in order], [target[pair] for pair in order]
        self.source = Side(source, vocabulary.pad)
        self.target = Side([[vocabulary.bos] + sentence for sentence in target], vocabulary.pad)
        wanted = [sentence + [vocabulary.eos] for sentence in target]
        self.wanted = torch.tensor([token for sentence in wanted for token in sentence])
        self.tokens = len(self.wanted)


def read(path):
    """The vocabulary and the batches of a file."""
    with open(path, encoding="utf-8") as lines:
        vocabulary = Vocabulary(json.loads(next(lines)))
        batches = [Batch(line["source"], line["target"], vocabulary) for line in map(json.loads, lines)]
    return vocabulary, batches
