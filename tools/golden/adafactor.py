"""Golden numbers for Adafactor: tests/golden/adafactor.safetensors. Run with: /usr/bin/python3 tools/golden/adafactor.py

Algorithms 4 and 5 of Shazeer and Stern 2018, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", written down in float64 as the paper states
them, with sums of rows and columns. Three kinds of weight: a matrix, a vector, and three matrices that a model may keep side by side. The options beyond
the paper's algorithm (first moment of the update, decay of the weights by the step size) follow its section 8 and Tensor2Tensor's definition.
"""
import numpy as np

import golden_file

random = golden_file.Random(3)
STEPS = 8
SHAPES = {"a": (5, 7), "b": (9,), "q": (4, 6), "k": (4, 6), "v": (4, 6)}
start = {name: random.normal(*shape).numpy() for name, shape in SHAPES.items()}
start["k"] *= 2.0 ** -14
gradients = [{name: random.normal(*shape, deviation=0.5).numpy() for name, shape in SHAPES.items()} for _ in range(STEPS)]
for step in range(STEPS):
    gradients[step]["a"][1] *= 1024
    gradients[step]["v"] /= 2.0 ** 20
for step in range(3):
    gradients[step]["a"][0] = 0
    gradients[step]["a"][:, 4] = 0
    gradients[step]["b"][2] = 0
    gradients[step]["q"][:] = 0


def rms(x):
    return np.sqrt(np.mean(x * x))


def train(rates, c=0.8, eps1=1e-30, eps2=1e-3, d=1.0, scale=True, beta1=0.0, decay=0.0):
    weights = {name: value.copy() for name, value in start.items()}
    memory = {}
    for t in range(1, STEPS + 1):
        beta2 = 1 - t ** -c
        for name, g in gradients[t - 1].items():
            x = weights[name]
            alpha = (max(eps2, rms(x)) if scale else 1.0) * rates[t - 1]
            square = g * g + eps1
            if x.ndim == 2:
                n, m = x.shape
                r, column = memory.get(name, (np.zeros((n, 1)), np.zeros((1, m))))
                r = beta2 * r + (1 - beta2) * square @ np.ones((m, 1))
                column = beta2 * column + (1 - beta2) * np.ones((1, n)) @ square
                memory[name] = (r, column)
                v = r @ column / (np.ones((1, n)) @ r)
            else:
                v = memory[name] = beta2 * memory.get(name, 0.0) + (1 - beta2) * square
            u = g / np.sqrt(v)
            u = alpha * u / max(1.0, rms(u) / d)
            if beta1:
                u = memory["m" + name] = beta1 * memory.get("m" + name, 0.0) + (1 - beta1) * u
            weights[name] = x - alpha * decay * x - u
        yield weights


relative = [min(1e-2, 1 / np.sqrt(t)) for t in range(1, STEPS + 1)]
fixed = np.array([0.01 * f for f in (1, 2, 3, 4, 3, 2, 1, 0.5)], dtype=np.float32).astype(float).tolist()
RUNS = {
    "relative": train(relative),
    "fixed": train(fixed, scale=False),
    "moment": train(fixed, beta1=0.9, decay=0.1),
    "tight": train(fixed, c=0.5, eps1=1e-8, eps2=0.05, d=0.25),
}
tensors = {f"start/{name}": value for name, value in start.items()}
tensors["rates"] = np.array(fixed)
for step in range(STEPS):
    for name, value in gradients[step].items():
        tensors[f"gradient/{step}/{name}"] = value
for run, course in RUNS.items():
    for step, weights in enumerate(course):
        for name, value in weights.items():
            tensors[f"{run}/{step}/{name}"] = value.copy()
golden_file.save("adafactor.safetensors", "adafactor.py", tensors)
