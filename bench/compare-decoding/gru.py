"""
A bidirectional GRU that reads and a GRU with additive attention that writes (Bahdanau et al. 2015), decoded as a good engineer would: keys of the
source once for a sentence and not once for a hypothesis, all hypotheses in one product, the beam moved by `index_select` on a state of one row each.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from shapes import GRU_VOCABULARY, GRU_WIDTH


class GruModel(nn.Module):
    """All widths are the same, the encoder has it in each direction, and source, target and output share one table."""

    def __init__(self, vocabulary=GRU_VOCABULARY, width=GRU_WIDTH):
        super().__init__()
        self.vocabulary, self.width = vocabulary, width
        self.embedding = nn.Embedding(vocabulary, width)
        self.encoder = nn.GRU(width, width, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * width, width)
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(2 * width, width, bias=False)
        self.vector = nn.Parameter(torch.randn(width) * width ** -0.5)
        self.cell = nn.GRUCell(3 * width, width)
        self.readout = nn.Linear(4 * width, width)
        self.output = nn.Linear(width, vocabulary)
        self.output.weight = self.embedding.weight

    def encode(self, sources, lengths):
        """Sources [B, S]: memory [B, S, 2W], keys [B, S, W], mask [B, 1, S] and the decoder's first state [B, W]."""
        packed = pack_padded_sequence(self.embedding(sources), lengths, batch_first=True, enforce_sorted=False)
        states, ends = self.encoder(packed)
        memory, _ = pad_packed_sequence(states, batch_first=True)
        longest = memory.shape[1]
        mask = torch.zeros(len(lengths), 1, longest).masked_fill_(torch.arange(longest)[None, None] >= lengths[:, None, None], float("-inf"))
        return memory, self.key(memory), mask, torch.tanh(self.bridge(torch.cat((ends[0], ends[1]), dim=1)))

    def step(self, ids, state, memory, keys, mask):
        """Ids [B, W'] and state [B * W', W] of W' hypotheses each: logits [B * W', V] and the next state."""
        sentences, beam = ids.shape
        word = self.embedding(ids.view(-1))
        query = self.query(state).view(sentences, beam, 1, -1)
        weights = ((keys[:, None] + query).tanh_() @ self.vector).add_(mask).softmax(dim=-1)
        context = torch.bmm(weights, memory).view(sentences * beam, -1)
        state = self.cell(torch.cat((word, context), dim=1), state)
        return self.output(torch.tanh(self.readout(torch.cat((state, context, word), dim=1)))), state


def build(options, data_type, begin):
    """The model, and a search: ids [B, S] and lengths [B] become the best pieces [B, T]."""
    model = GruModel().to(data_type).eval()
    if options.beam == 1:
        return model, lambda ids, lengths: greedy(model, ids, lengths, options.force_length, begin)[0]
    return model, lambda ids, lengths: beam_search(model, ids, lengths, options.force_length, begin, options.beam)[0][:, 0]


def greedy(model, sources, lengths, steps, begin):
    """Pieces [B, T] and log-probabilities [B]."""
    memory, keys, mask, state = model.encode(sources, lengths)
    ids = torch.full((len(lengths), 1), begin)
    total, written = torch.zeros(len(lengths)), []
    for _ in range(steps):
        logits, state = model.step(ids, state, memory, keys, mask)
        best, ids = logits.max(dim=1, keepdim=True)
        total += best[:, 0] - logits.logsumexp(dim=1)
        written.append(ids)
    return torch.cat(written, dim=1), total


def beam_search(model, sources, lengths, steps, begin, beam):
    """
    Pieces [B, beam, T], best first, and log-probabilities [B, beam]. Nothing ends early, so ended hypotheses need no room. The best `beam` pieces of
    each row are found before the rows of a sentence are compared, and only those are made log-probabilities.
    """
    count = len(lengths)
    memory, keys, mask, state = model.encode(sources, lengths)
    logits, state = model.step(torch.full((count, 1), begin), state, memory, keys, mask)
    scores, ids = F.log_softmax(logits, dim=1).topk(beam, dim=1)
    state = state.repeat_interleave(beam, dim=0)
    first_row = torch.arange(count)[:, None] * beam
    written, parents = [ids], []
    for _ in range(steps - 1):
        logits, state = model.step(ids, state, memory, keys, mask)
        best, pieces = logits.topk(beam, dim=1)
        best = (best - logits.logsumexp(dim=1, keepdim=True)).view(count, beam, beam).add_(scores[:, :, None])
        scores, chosen = best.view(count, -1).topk(beam, dim=1)
        ids = pieces.view(count, -1).gather(1, chosen)
        parent = chosen // beam
        state = state.index_select(0, (first_row + parent).view(-1))
        written.append(ids)
        parents.append(parent)
    return followed_back(written, parents), scores


def followed_back(written, parents):
    """The pieces of each hypothesis, from its last to its first."""
    pieces, place = [written[-1]], torch.arange(written[-1].shape[1]).expand_as(written[-1])
    for before, parent in zip(written[-2::-1], parents[::-1]):
        place = parent.gather(1, place)
        pieces.append(before.gather(1, place))
    return torch.stack(pieces[::-1], dim=2)
