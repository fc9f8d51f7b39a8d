"""Golden numbers for whole recurrent models: tests/golden/recurrent_models.safetensors. Run with: /usr/bin/python3 tools/golden/torch_recurrent_models.py

bahdanau: one layer of torch.nn.GRU both ways over packed sequences, a GRU cell that reads [word; context], additive attention asked by the state before the
step, a dense bridge, and a tanh readout of state, context and word (Bahdanau et al. 2015). luong: two layers of torch.nn.LSTM, LSTM cells whose states start
where the encoder's ended, general attention asked by the state after the step, h~ = tanh(W [h; c]) fed to the next step (Luong et al. 2015). For each:
encoder states, logits, attention, summed smoothed loss and all gradients, of real rows only and end to end. The decoders are written sentence by sentence,
so that nothing here knows of padding. Then the losses of ten updates with Adam are printed.
"""
import math

import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import PackedSequence, pack_sequence, pad_packed_sequence

import golden_file

SOURCE_SIZE, TARGET_SIZE, WORD, SMOOTHING = 11, 13, 6, 0.1
BEGIN, END = 1, 2
SOURCES = [[5, 9, 10, 3, 7, END], [8, END], [4, 4, 6, 8, 3, 6, 9, 7, END]]
TARGETS = [[12, 3, 5, 6], [7, 7, 11, 2, 10, 3, 4], [8]]
random = golden_file.Random(5)


def parameters(shapes):
    made = {}
    for name, shape in shapes.items():
        deviation = 0.3 if len(shape) == 1 else 1 / math.sqrt(shape[-1])
        made[name] = random.normal(*shape, deviation=deviation).requires_grad_()
    return made


def recurrent(names, base, blocks, width, inputs):
    names[f"{base}.input.weight"] = (blocks * width, inputs)
    names[f"{base}.input.bias"] = (blocks * width,)
    names[f"{base}.recurrent.weight"] = (blocks * width, width)
    names[f"{base}.recurrent.bias"] = (blocks * width,)


def embeddings(names, width):
    names["encoder.embedding.weight"] = (SOURCE_SIZE, WORD)
    names["decoder.embedding.weight"] = (TARGET_SIZE, WORD)
    names["output.weight"] = (TARGET_SIZE, width)
    names["output.bias"] = (TARGET_SIZE,)


def encode(p, run, layers, directions, width):
    """What torch.nn.GRU or LSTM runs over packed sequences, with our weights as its own (the modules keep theirs where gradients cannot reach ours)."""
    packed = pack_sequence([F.embedding(torch.tensor(s), p["encoder.embedding.weight"]) for s in SOURCES], enforce_sorted=False)
    flat = []
    for layer in range(layers):
        for direction in ("forward", "backward")[:directions]:
            base = f"encoder.layers.{layer}.{direction}"
            flat += [p[f"{base}.{part}"] for part in ("input.weight", "recurrent.weight", "input.bias", "recurrent.bias")]
    zeros = torch.zeros(layers * directions, len(SOURCES), width, dtype=torch.float64)
    start = zeros if run is torch._VF.gru else [zeros, zeros]
    output, *last = run(packed.data, packed.batch_sizes, start, flat, True, layers, 0.0, False, directions == 2)
    padded, lengths = pad_packed_sequence(PackedSequence(output, packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices), batch_first=True)
    return [padded[i, :lengths[i]] for i in range(len(SOURCES))], [part.index_select(1, packed.unsorted_indices) for part in last]


def bahdanau_shapes(width=5, hidden=7, units=4, readout=6):
    names = {}
    embeddings(names, readout)
    for direction in ("forward", "backward"):
        recurrent(names, f"encoder.layers.0.{direction}", 3, width, WORD)
    recurrent(names, "decoder.layers.0", 3, hidden, WORD)
    names["decoder.context.weight"] = (3 * hidden, 2 * width)
    names["decoder.bridge.layers.0.hidden.weight"] = (hidden, 2 * width)
    names["decoder.bridge.layers.0.hidden.bias"] = (hidden,)
    names["decoder.attention.query.weight"] = (units, hidden)
    names["decoder.attention.query.bias"] = (units,)
    names["decoder.attention.key.weight"] = (units, 2 * width)
    names["decoder.attention.vector"] = (units,)
    names["decoder.readout.weight"] = (readout, hidden + 2 * width + WORD)
    names["decoder.readout.bias"] = (readout,)
    return names


def gru_cell(p, base, x, h):
    return torch._VF.gru_cell(x, h, torch.cat([p[f"{base}.input.weight"], p["decoder.context.weight"]], 1), p[f"{base}.recurrent.weight"],
                              p[f"{base}.input.bias"], p[f"{base}.recurrent.bias"])


def bahdanau(p):
    states, (last,) = encode(p, torch._VF.gru, 1, 2, 5)
    logits, looks = [], []
    for i, target in enumerate(TARGETS):
        ends = torch.cat([last[0, i], last[1, i]])
        s = torch.tanh(p["decoder.bridge.layers.0.hidden.weight"] @ ends + p["decoder.bridge.layers.0.hidden.bias"])
        for word in [BEGIN] + target:
            e = p["decoder.embedding.weight"][word]
            asked = p["decoder.attention.query.weight"] @ s + p["decoder.attention.query.bias"]
            scores = torch.tanh(asked + states[i] @ p["decoder.attention.key.weight"].T) @ p["decoder.attention.vector"]
            look = torch.softmax(scores, 0)
            context = look @ states[i]
            s = gru_cell(p, "decoder.layers.0", torch.cat([e, context])[None], s[None])[0]
            readout = torch.tanh(p["decoder.readout.weight"] @ torch.cat([s, context, e]) + p["decoder.readout.bias"])
            logits.append(p["output.weight"] @ readout + p["output.bias"])
            looks.append(look)
    return states, torch.stack(logits), looks


def luong_shapes(width=6):
    names = {}
    embeddings(names, width)
    for layer in range(2):
        recurrent(names, f"encoder.layers.{layer}.forward", 4, width, WORD if layer == 0 else width)
        recurrent(names, f"decoder.layers.{layer}", 4, width, WORD if layer == 0 else width)
    names["decoder.feed.weight"] = (4 * width, width)
    names["decoder.attention.key.weight"] = (width, width)
    names["decoder.readout.weight"] = (width, 2 * width)
    names["decoder.readout.bias"] = (width,)
    return names


def luong(p):
    states, (hidden, cell) = encode(p, torch._VF.lstm, 2, 1, 6)
    logits, looks = [], []
    for i, target in enumerate(TARGETS):
        h, c = [hidden[0, i], hidden[1, i]], [cell[0, i], cell[1, i]]
        fed = torch.zeros(6, dtype=torch.float64)
        for word in [BEGIN] + target:
            x = torch.cat([p["decoder.embedding.weight"][word], fed])
            for layer in range(2):
                base = f"decoder.layers.{layer}"
                weight = torch.cat([p[f"{base}.input.weight"], p["decoder.feed.weight"]], 1) if layer == 0 else p[f"{base}.input.weight"]
                new = torch._VF.lstm_cell(x[None], (h[layer][None], c[layer][None]), weight, p[f"{base}.recurrent.weight"],
                                          p[f"{base}.input.bias"], p[f"{base}.recurrent.bias"])
                h[layer], c[layer] = new[0][0], new[1][0]
                x = h[layer]
            look = torch.softmax(states[i] @ p["decoder.attention.key.weight"].T @ x, 0)
            fed = torch.tanh(p["decoder.readout.weight"] @ torch.cat([x, look @ states[i]]) + p["decoder.readout.bias"])
            logits.append(p["output.weight"] @ fed + p["output.bias"])
            looks.append(look)
    return states, torch.stack(logits), looks


def loss_of(logits):
    expected = torch.tensor([word for target in TARGETS for word in target + [END]])
    return F.cross_entropy(logits, expected, reduction="sum", label_smoothing=SMOOTHING)


tensors, made = {}, {}
for case, shapes, model in (("bahdanau", bahdanau_shapes(), bahdanau), ("luong", luong_shapes(), luong)):
    p = made[case] = parameters(shapes)
    states, logits, looks = model(p)
    loss = loss_of(logits)
    loss.backward()
    for name, value in p.items():
        tensors[f"{case}/weights/{name}"] = value
    tensors[f"{case}/states"] = torch.cat(states)
    tensors[f"{case}/logits"] = logits
    tensors[f"{case}/attention"] = torch.cat(looks)
    tensors[f"{case}/loss"] = loss.reshape(1)
    for name, value in p.items():
        tensors[f"{case}/gradient/{name}"] = value.grad
golden_file.save("recurrent_models.safetensors", "torch_recurrent_models.py", tensors)

for case, model in (("bahdanau", bahdanau), ("luong", luong)):
    p = {name: value.detach().clone().requires_grad_() for name, value in made[case].items()}
    optimizer = torch.optim.Adam(p.values(), lr=0.01, betas=(0.9, 0.98), eps=1e-8)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = loss_of(model(p)[1]) / sum(len(target) + 1 for target in TARGETS)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    print(case, ", ".join(f"{loss:.6f}" for loss in losses))
