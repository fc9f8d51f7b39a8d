"""Trains one of the models on batches that Sequor wrote, and prints one JSON line with speed, memory and losses."""

import argparse
import json
import resource
import statistics
import time

import torch

import batches
from lstm_plain import Lstm
from lstm_tuned import TunedLstm
from optimizer import Updates
from sizes import SIZES
from transformer_plain import Transformer
from transformer_tuned import TunedTransformer

MODELS = {
    ("transformer", "plain"): Transformer, ("transformer", "tuned"): TunedTransformer, ("lstm", "plain"): Lstm, ("lstm", "tuned"): TunedLstm,
}


def build(name, variant, vocabulary):
    size = SIZES[name]
    return MODELS[size.kind, variant](size, vocabulary)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", required=True, help="the file that `sequor bench train --write-batches` wrote")
    parser.add_argument("--model", required=True, choices=sorted(SIZES))
    variant = parser.add_mutually_exclusive_group(required=True)
    variant.add_argument("--plain", dest="variant", action="store_const", const="plain")
    variant.add_argument("--tuned", dest="variant", action="store_const", const="tuned")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--warm-up", type=int, default=10, help="updates before the clock starts, on the first batches, which come again afterwards")
    parser.add_argument("--updates", type=int, help="updates that are measured; default: as many as there are batches")
    parser.add_argument("--losses", action="store_true", help="print the mean loss of every update too")
    return parser.parse_args()


def update(model, updates, batch):
    """Learns from a batch; returns its mean loss."""
    updates.clear()
    loss = model.loss(batch) / batch.tokens
    loss.backward()
    updates.apply()
    return float(loss)


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    vocabulary, all_batches = batches.read(options.batches)
    model = build(options.model, options.variant, vocabulary).train()
    parameters = sum(parameter.numel() for parameter in model.parameters())
    updates = Updates(model, flat=options.variant == "tuned")
    measured = all_batches[: options.updates]
    for batch in measured[: options.warm_up]:
        update(model, updates, batch)

    losses, seconds = [], []
    for batch in measured:
        start = time.perf_counter()
        losses.append(update(model, updates, batch))
        seconds.append(time.perf_counter() - start)

    tokens = sum(batch.tokens for batch in measured)
    report = {
        "program": f"PyTorch {torch.__version__}", "variant": options.variant, "model": options.model, "threads": options.threads,
        "updates": len(measured), "targetTokens": tokens, "seconds": sum(seconds),
        "tokensPerSecond": statistics.median(batch.tokens / time for batch, time in zip(measured, seconds)), "peakBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "parameters": parameters, "firstLoss": losses[0], "lastLoss": losses[-1],
    }
    if options.losses:
        report["losses"] = losses
    print(json.dumps(report))


if __name__ == "__main__":
    main()
