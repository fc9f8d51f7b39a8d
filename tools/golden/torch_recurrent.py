"""Golden numbers for recurrent layers: tests/golden/recurrent.safetensors. Run with: /usr/bin/python3 tools/golden/torch_recurrent.py

PyTorch's own RNN, GRU and LSTM over packed sequences of different lengths, bidirectional, two layers, with initial states. Each case has the inputs x0
(rows of all sentences, end to end), x1 (initial hidden states), for the LSTM x2 (initial cell states), and then weight_ih, weight_hh, bias_ih and bias_hh of
every layer and direction; the result y (outputs, then final hidden states, then final cell states, all as rows of the hidden width), the weights w of the
sum that is differentiated, and the gradients g0, g1, ... of that sum.
"""
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

import golden_file

random = golden_file.Random(2)
tensors = {}
LENGTHS = [3, 1, 6, 4, 3]
INPUT, HIDDEN, LAYERS = 5, 7, 2


def run(module, x, states):
    padded = pad_sequence(torch.split(x, LENGTHS))
    packed = pack_padded_sequence(padded, LENGTHS, enforce_sorted=False)
    states = tuple(state.reshape(2 * LAYERS, len(LENGTHS), HIDDEN) for state in states)
    output, final = module(packed, states if len(states) == 2 else states[0])
    padded, _ = pad_packed_sequence(output)
    rows = torch.cat([padded[:length, i] for i, length in enumerate(LENGTHS)])
    final = final if isinstance(final, tuple) else (final,)
    return torch.cat([part.reshape(-1, HIDDEN) for part in (rows, *final)])


def case(name, module, states):
    module = module.double()
    inputs = [random.normal(sum(LENGTHS), INPUT)]
    inputs += [random.normal(2 * LAYERS * len(LENGTHS), HIDDEN, deviation=0.5) for _ in range(states)]
    inputs = [value.requires_grad_(True) for value in inputs]
    for parameter in module.parameters():
        parameter.data.copy_(random.normal(*parameter.shape, deviation=0.4))
        inputs.append(parameter)
    y = run(module, inputs[0], inputs[1:1 + states])
    w = random.normal(*y.shape)
    (y * w).sum().backward()
    for i, value in enumerate(inputs):
        tensors[f"{name}/x{i}"] = value
        tensors[f"{name}/g{i}"] = value.grad
    tensors[f"{name}/y"] = y
    tensors[f"{name}/w"] = w
    tensors[f"{name}/lengths"] = LENGTHS


SIZES = {"input_size": INPUT, "hidden_size": HIDDEN, "num_layers": LAYERS, "bidirectional": True}
case("Tanh", torch.nn.RNN(nonlinearity="tanh", **SIZES), 1)
case("Relu", torch.nn.RNN(nonlinearity="relu", **SIZES), 1)
case("Gru", torch.nn.GRU(**SIZES), 1)
case("Lstm", torch.nn.LSTM(**SIZES), 2)
golden_file.save("recurrent.safetensors", "torch_recurrent.py", tensors)
