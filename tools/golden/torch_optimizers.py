"""Golden numbers for the optimisers: tests/golden/optimizers.safetensors. Run with: /usr/bin/python3 tools/golden/torch_optimizers.py

Two weights, eight updates with gradients and learning rates that change; NAME/STEP/a and NAME/STEP/b are the weights after each update.
"""
import torch

import golden_file

random = golden_file.Random(2)
STEPS = 8
RATES = [0.01 * factor for factor in (1, 2, 3, 4, 3, 2, 1, 0.5)]
start = {"a": random.normal(5, 7), "b": random.normal(9)}

# One row of gradients stays at zero for a while, one gets very large and one very small: accumulators must cope with all of them.
gradients = [{"a": random.normal(5, 7, deviation=0.5), "b": random.normal(9, deviation=2)} for _ in range(STEPS)]
for step in range(3):
    gradients[step]["a"][0] = 0
for step in range(STEPS):
    gradients[step]["a"][1] = (gradients[step]["a"][1] * 1024).float().double()
    gradients[step]["a"][2] = (gradients[step]["a"][2] / 1024).float().double()

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=1),
    "sgd.momentum": lambda p: torch.optim.SGD(p, lr=1, momentum=0.9),
    "sgd.decay": lambda p: torch.optim.SGD(p, lr=1, momentum=0.9, weight_decay=0.1),
    "adam": lambda p: torch.optim.Adam(p, lr=1, betas=(0.9, 0.98), eps=1e-8),
    "adam.decay": lambda p: torch.optim.Adam(p, lr=1, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.1),
    "adamw": lambda p: torch.optim.AdamW(p, lr=1, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.1),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=1, eps=1e-10),
    "adagrad.decay": lambda p: torch.optim.Adagrad(p, lr=1, eps=1e-10, weight_decay=0.1),
}

tensors = {f"start/{name}": value for name, value in start.items()}
tensors["rates"] = torch.tensor(RATES)
for step in range(STEPS):
    for name, value in gradients[step].items():
        tensors[f"gradient/{step}/{name}"] = value
rates = torch.tensor(RATES, dtype=torch.float32).double().tolist()
for name, make in OPTIMIZERS.items():
    weights = {key: value.clone().requires_grad_(True) for key, value in start.items()}
    optimizer = make(list(weights.values()))
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = rates[step]
        for key, weight in weights.items():
            weight.grad = gradients[step][key].clone()
        optimizer.step()
        for key, weight in weights.items():
            tensors[f"{name}/{step}/{key}"] = weight.detach().clone()

golden_file.save("optimizers.safetensors", "torch_optimizers.py", tensors)
