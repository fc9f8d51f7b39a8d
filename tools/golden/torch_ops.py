"""Golden numbers for the ops of Sequor.Tensors: tests/golden/ops.safetensors. Run with: /usr/bin/python3 tools/golden/torch_ops.py

Each case has inputs x0, x1, ..., the result y, the weights w of the sum that is differentiated (sum of w * y), and the gradients g0, g1, ...
of that sum. Where PyTorch has the function it is used; RMS norm, rotary positions and attention over ragged sentences are written out here.
"""
import math

import torch
import torch.nn.functional as F

import golden_file

random = golden_file.Random(1)
tensors = {}
LENGTHS = [3, 1, 9, 5]
SOURCE_LENGTHS = [4, 7, 1, 2]
POINTS = {
    "None": lambda x: x,
    "Relu": torch.relu,
    "Gelu": lambda x: F.gelu(x, approximate="tanh"),
    "Silu": F.silu,
    "Tanh": torch.tanh,
    "Sigmoid": torch.sigmoid,
}


def exact(x):
    """A copy that float32 holds exactly, so that both sides begin with the same numbers."""
    return x.float().double()


def case(name, inputs, function, **integers):
    inputs = [exact(x).requires_grad_(True) for x in inputs]
    y = function(*inputs)
    w = random.normal(*y.shape)
    (y * w).sum().backward()
    for i, x in enumerate(inputs):
        tensors[f"{name}/x{i}"] = x
    tensors[f"{name}/y"] = y
    tensors[f"{name}/w"] = w
    for i, x in enumerate(inputs):
        tensors[f"{name}/g{i}"] = x.grad
    for key, values in integers.items():
        tensors[f"{name}/{key}"] = values


def loss_case(name, inputs, logits, targets, smoothing):
    inputs = [exact(x).requires_grad_(True) for x in inputs]
    scores = logits(*inputs)
    loss = F.cross_entropy(scores, torch.tensor(targets), reduction="sum", label_smoothing=smoothing)
    loss.backward()
    for i, x in enumerate(inputs):
        tensors[f"{name}/x{i}"] = x
        tensors[f"{name}/g{i}"] = x.grad
    tensors[f"{name}/loss"] = loss.reshape(1)
    tensors[f"{name}/nll"] = F.cross_entropy(scores, torch.tensor(targets), reduction="none")
    tensors[f"{name}/correct"] = (scores.argmax(-1) == torch.tensor(targets)).double()
    tensors[f"{name}/targets"] = targets


def split(x, lengths):
    return torch.split(x, lengths)


def heads_of(x, heads):
    return x.reshape(x.shape[0], heads, -1).transpose(0, 1)


def attend(queries, keys, values, heads, causal):
    q, k, v = heads_of(queries, heads), heads_of(keys, heads), heads_of(values, heads)
    scores = q @ k.transpose(1, 2) / math.sqrt(q.shape[-1])
    if causal:
        later = torch.ones(scores.shape[1:], dtype=torch.bool).triu(1)
        scores = scores.masked_fill(later, -math.inf)
    return (scores.softmax(-1) @ v).transpose(0, 1).reshape(queries.shape)


def self_attention(heads, causal):
    def run(x):
        width = x.shape[1] // 3
        return torch.cat([attend(s[:, :width], s[:, width:2 * width], s[:, 2 * width:], heads, causal) for s in split(x, LENGTHS)])
    return run


def cross_attention(heads):
    def run(queries, pairs):
        width = queries.shape[1]
        return torch.cat([
            attend(q, p[:, :width], p[:, width:], heads, False)
            for q, p in zip(split(queries, LENGTHS), split(pairs, SOURCE_LENGTHS))])
    return run


def rms_norm(x, gain):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-6) * gain


def rotate(heads, columns, base):
    """The two halves of a head are real and imaginary parts: a turn is a product with e^(i angle)."""
    def run(x):
        parts = []
        for sentence in split(x, LENGTHS):
            turned = heads_of(sentence[:, :columns], heads)
            half = turned.shape[-1] // 2
            frequencies = base ** (-torch.arange(half, dtype=torch.float64) * 2 / (2 * half))
            angles = torch.arange(sentence.shape[0], dtype=torch.float64)[:, None] * frequencies
            product = torch.complex(turned[..., :half], turned[..., half:]) * torch.polar(torch.ones_like(angles), angles)
            turned = torch.cat([product.real, product.imag], -1).transpose(0, 1).reshape(sentence.shape[0], columns)
            parts.append(torch.cat([turned, sentence[:, columns:]], -1))
        return torch.cat(parts)
    return run


def layer_norm_input(rows, width):
    # A large shared offset: the variance must not be lost in the mean.
    return random.normal(rows, width, deviation=2) + 5


for name, point in POINTS.items():
    case(f"linear.{name}", [random.normal(7, 19), random.normal(21, 19, deviation=0.3), random.normal(21)],
         lambda x, weight, bias: point(F.linear(x, weight, bias)))
    case(f"activate.{name}", [random.normal(5, 37, deviation=3)], point)
    case(f"gate.{name}", [random.normal(4, 2 * 21, deviation=2)], lambda x: point(x[:, :21]) * x[:, 21:])
case("linear.no_bias", [random.normal(5, 18), random.normal(35, 18)], F.linear)
case("matmul", [random.normal(6, 17), random.normal(17, 9)], torch.matmul)
case("matmul.batch", [random.normal(3, 4, 5), random.normal(3, 5, 7)], torch.matmul)
case("layer_norm", [layer_norm_input(6, 33), random.normal(33), random.normal(33)],
     lambda x, gain, bias: F.layer_norm(x, (33,), gain, bias, 1e-5))
case("rms_norm", [layer_norm_input(6, 33), random.normal(33)], rms_norm)
case("softmax", [random.normal(6, 35, deviation=4)], lambda x: x.softmax(-1))
case("softmax.large", [random.normal(3, 7, deviation=3) + 1e4], lambda x: x.softmax(-1))
case("log_softmax", [random.normal(6, 35, deviation=4)], lambda x: x.log_softmax(-1))
ids = [4, 0, 4, 4, 7, 1, 0, 9, 4, 2, 2, 8, 3, 3, 5, 4, 6, 1]
case("gather", [random.normal(11, 13)], lambda table: F.embedding(torch.tensor(ids), table) * math.sqrt(13), ids=ids)
case("positions", [random.normal(18, 13), random.normal(10, 13)],
     lambda x, table: x + torch.cat([table[:length] for length in LENGTHS]), lengths=LENGTHS)
for causal in (False, True):
    case(f"self_attention.{'causal' if causal else 'all'}", [random.normal(18, 36)], self_attention(3, causal), lengths=LENGTHS)
case("cross_attention", [random.normal(18, 20), random.normal(14, 40)], cross_attention(2),
     lengths=LENGTHS, source_lengths=SOURCE_LENGTHS)
case("rotate", [random.normal(18, 30)], rotate(2, 24, 10_000.0), lengths=LENGTHS)

targets = [0, 22, 3, 3, 17, 11, 5]
for smoothing in (0, 0.1):
    name = "smooth" if smoothing else "hard"
    loss_case(f"cross_entropy.{name}", [random.normal(7, 23, deviation=3)], lambda x: x, targets, smoothing)
    loss_case(f"projected.{name}", [random.normal(7, 12), random.normal(23, 12), random.normal(23)], F.linear, targets, smoothing)
loss_case("cross_entropy.large", [random.normal(4, 9, deviation=5) + 1e4], lambda x: x, [0, 3, 8, 8], 0.1)
loss_case("projected.no_bias", [random.normal(7, 12), random.normal(23, 12)], F.linear, targets, 0.1)
many = [(7 * i * i + 3 * i) % 13 for i in range(300)]
loss_case("projected.many_rows", [random.normal(300, 6), random.normal(13, 6), random.normal(13)], F.linear, many, 0.1)

golden_file.save("ops.safetensors", "torch_ops.py", tensors)
