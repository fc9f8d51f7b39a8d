"""Golden numbers for the attention of recurrent decoders: tests/golden/attention.safetensors. Run with: /usr/bin/python3 tools/golden/torch_attention.py

Cases are as in torch_ops.py: inputs x0, x1, ..., the result y, the weights w of the sum that is differentiated, and the gradients g0, g1, ...
Every attention is written here in the padded form of textbooks: a batch of sources filled up to the longest, scores masked with minus infinity.
"""
import math

import torch
import torch.nn.functional as F

import golden_file

random = golden_file.Random(7)
tensors = {}
LENGTHS = [5, 1, 9, 3]
# The sentence of each query row: one is read three times, one by nobody.
READ = [2, 0, 2, 3, 2, 0]
ROWS, LONGEST, WIDTH, UNITS = len(READ), max(LENGTHS), 12, 10
MASK = torch.arange(LONGEST)[None, :] < torch.tensor(LENGTHS)[READ][:, None]


def case(name, inputs, function):
    inputs = [x.float().double().requires_grad_(True) for x in inputs]
    y = function(*inputs)
    w = random.normal(*y.shape)
    (y * w).sum().backward()
    for i, x in enumerate(inputs):
        tensors[f"{name}/x{i}"] = x
        tensors[f"{name}/g{i}"] = x.grad
    tensors[f"{name}/y"] = y
    tensors[f"{name}/w"] = w


def padded(rows):
    """[M, D] -> [R, L, D]: each query row's own source, filled up with zeros."""
    sources = torch.nn.utils.rnn.pad_sequence(torch.split(rows, LENGTHS), batch_first=True)
    return sources[READ]


def weigh(scores):
    return scores.masked_fill(~MASK, -math.inf).softmax(-1)


def context(weights, states):
    return (weights[:, :, None] * padded(states)).sum(1)


def additive_scores(query, keys, vector, extra=0):
    return (torch.tanh(query[:, None, :] + padded(keys) + extra) * vector).sum(-1)


def additive(state, query_weight, states, key_weight, vector):
    scores = additive_scores(F.linear(state, query_weight), F.linear(states, key_weight), vector)
    return context(weigh(scores), states)


def normed(state, query_weight, bias, states, key_weight, vector, gain):
    direction = gain * vector / torch.linalg.norm(vector)
    scores = additive_scores(F.linear(state, query_weight) + bias, F.linear(states, key_weight), direction)
    return context(weigh(scores), states)


def general(state, weight, states):
    scores = torch.einsum("rd,de,rle->rl", state, weight, padded(states))
    return context(weigh(scores), states)


def concat(state, weight, states, vector):
    pairs = torch.cat([state[:, None, :].expand(ROWS, LONGEST, WIDTH), padded(states)], -1)
    scores = (torch.tanh(F.linear(pairs, weight)) * vector).sum(-1)
    return context(weigh(scores), states)


def multi_head(heads):
    def run(query, keys, values):
        width = query.shape[1] // heads
        q = query.reshape(ROWS, 1, heads, width).transpose(1, 2)
        k = padded(keys).reshape(ROWS, LONGEST, heads, width).transpose(1, 2)
        v = padded(values).reshape(ROWS, LONGEST, heads, -1).transpose(1, 2)
        scores = (q @ k.transpose(2, 3) / math.sqrt(width)).masked_fill(~MASK[:, None, None, :], -math.inf)
        return (scores.softmax(-1) @ v).reshape(ROWS, -1)
    return run


def location_aware(query, keys, vector, states, earlier, filters, feature_weight):
    """Two time steps of Chorowski et al. 2015: the second step sees filters over the weights of the first."""
    def step(weights):
        half = (filters.shape[1] - 1) // 2
        features = F.conv1d((weights * MASK)[:, None, :], filters[:, None, :], padding=half).transpose(1, 2)
        return weigh(additive_scores(query, keys, vector, F.linear(features, feature_weight)))
    return context(step(step(weigh(earlier))), states)


def coverage(query, keys, vector, states, feature_weight):
    """Three time steps of See et al. 2017 with one query: contexts and the coverage loss of each row side by side."""
    covered, results = torch.zeros(ROWS, LONGEST, dtype=torch.float64), []
    for _ in range(3):
        weights = weigh(additive_scores(query, keys, vector, covered[:, :, None] * feature_weight[:, 0]))
        results += [context(weights, states), torch.minimum(weights, covered).sum(-1, keepdim=True)]
        covered = covered + weights
    return torch.cat(results, -1)


def local_predictive(reach):
    def run(query, position_weight, position_vector, states):
        lengths = torch.tensor(LENGTHS, dtype=torch.float64)[READ][:, None]
        centre = lengths * torch.sigmoid(F.linear(torch.tanh(F.linear(query, position_weight)), position_vector[None]))
        positions = torch.arange(LONGEST, dtype=torch.float64)[None, :]
        near = MASK & ((positions - centre).abs() <= reach)
        scores = torch.einsum("rd,rld->rl", query, padded(states))
        weights = scores.masked_fill(~near, -math.inf).softmax(-1)
        return context(weights * torch.exp(-(positions - centre) ** 2 / (2 * (reach / 2) ** 2)), states)
    return run


def local_monotonic(reach):
    def run(query, states):
        positions, centre = torch.arange(LONGEST)[None, :], torch.tensor(CENTRES)[:, None]
        scores = torch.einsum("rd,rld->rl", query, padded(states))
        return context(scores.masked_fill(~(MASK & ((positions - centre).abs() <= reach)), -math.inf).softmax(-1), states)
    return run


def guided(scores):
    wanted = torch.zeros(ROWS, LONGEST, dtype=torch.float64)
    for row, position, weight in POINTS:
        wanted[row, position] = weight
    log_weights = scores.masked_fill(~MASK, -math.inf).log_softmax(-1)
    return -(wanted * log_weights.masked_fill(~MASK, 0)).sum(-1, keepdim=True)


CENTRES = [4, 0, 8, 1, 2, 3]
POINTS = [(0, 8, 0.5), (0, 2, 0.5), (2, 4, 1.0), (3, 2, 0.25), (5, 0, 0.75)]
M = sum(LENGTHS)


def states():
    return random.normal(M, WIDTH)


def query(width=WIDTH):
    return random.normal(ROWS, width)


case("additive", [query(), random.normal(UNITS, WIDTH, deviation=0.4), states(), random.normal(UNITS, WIDTH, deviation=0.4), random.normal(UNITS)], additive)
case("normed", [query(), random.normal(UNITS, WIDTH, deviation=0.4), random.normal(UNITS), states(), random.normal(UNITS, WIDTH, deviation=0.4),
                random.normal(UNITS), random.normal(1) + 2], normed)
case("general", [query(), random.normal(WIDTH, WIDTH, deviation=0.3), states()], general)
case("concat", [query(), random.normal(UNITS, 2 * WIDTH, deviation=0.4), states(), random.normal(UNITS)], concat)
case("multi_head", [query(), states(), random.normal(M, 15)], multi_head(3))
case("location", [query(UNITS), random.normal(M, UNITS), random.normal(UNITS), states(), random.normal(ROWS, LONGEST), random.normal(4, 5),
                  random.normal(UNITS, 4)], location_aware)
case("coverage", [query(UNITS), random.normal(M, UNITS), random.normal(UNITS), states(), random.normal(UNITS, 1)], coverage)
case("local_predictive", [query(), random.normal(UNITS, WIDTH, deviation=0.4), random.normal(UNITS), states()], local_predictive(3))
case("local_monotonic", [query(), states()], local_monotonic(1))
case("guided", [random.normal(ROWS, LONGEST, deviation=2)], guided)
tensors["lengths"], tensors["read"], tensors["centres"] = LENGTHS, READ, CENTRES

golden_file.save("attention.safetensors", "torch_attention.py", tensors)
