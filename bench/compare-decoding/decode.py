"""Decodes sources that `sequor bench decode --write-sources` wrote with a random model of one of the shapes, and prints one JSON line."""

import argparse
import json
import multiprocessing
import resource
import statistics
import time

import torch

PAD, BEGIN = 0, 1
TYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", required=True, help="a sentence of ids a line, as JSON")
    parser.add_argument("--shape", required=True, choices=("base", "small", "tiny", "gru"))
    parser.add_argument("--type", default="float32", choices=sorted(TYPES))
    parser.add_argument("--batch", type=int, default=32, help="sentences at once")
    parser.add_argument("--beam", type=int, default=1, help="1 is greedy")
    parser.add_argument("--force-length", type=int, default=30, help="pieces written for each sentence")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="processes side by side, each with --threads")
    parser.add_argument("--warm-up", type=int, default=1, help="batches before the clock starts, the longest")
    parser.add_argument("--repeat", type=int, default=3, help="how often all sentences are decoded")
    parser.add_argument("--most-seconds", type=float, default=10, help="no further repetition begins after these")
    parser.add_argument("--attention", default="sdpa", choices=("sdpa", "eager"))
    parser.add_argument("--cache", default="dynamic", choices=("dynamic", "static"))
    return parser.parse_args()


def batches_of(path, size):
    """Sentences sorted by their lengths, longest first, and padded: ids [B, S] and lengths [B]."""
    with open(path, encoding="utf-8") as lines:
        sentences = sorted((json.loads(line) for line in lines), key=len, reverse=True)
    for start in range(0, len(sentences), size):
        batch = sentences[start : start + size]
        ids = [sentence + [PAD] * (len(batch[0]) - len(sentence)) for sentence in batch]
        yield torch.tensor(ids), torch.tensor([len(sentence) for sentence in batch])


def build(options):
    """A model and its search: ids [B, S] and lengths [B] become the best pieces [B, T]."""
    torch.manual_seed(1)
    if options.shape == "gru":
        import gru
        return gru.build(options, TYPES[options.type], BEGIN)
    import transformer
    return transformer.build(options, TYPES[options.type], PAD, BEGIN)


def warm_up(options, search, batches):
    for ids, lengths in batches[: options.warm_up]:
        written = search(ids, lengths)
        if written.shape != (len(lengths), options.force_length):
            raise SystemExit(f"{len(lengths)} sentences of {options.force_length} pieces were wanted, but {tuple(written.shape)} came.")


def measured(options, work):
    """The seconds of each repetition."""
    seconds = []
    while len(seconds) < options.repeat and (not seconds or sum(seconds) < options.most_seconds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def alone(options, batches):
    model, search = build(options)
    warm_up(options, search, batches)

    def work():
        for ids, lengths in batches:
            search(ids, lengths)

    return measured(options, work), parameters_of(model), resident()


def worker(options, batches, place, pipe):
    torch.set_num_threads(options.threads)
    with torch.inference_mode():
        model, search = build(options)
        warm_up(options, search, batches)
        pipe.send(parameters_of(model))
        while pipe.recv():
            for ids, lengths in batches[place :: options.workers]:
                search(ids, lengths)
            pipe.send(resident())


def side_by_side(options, batches):
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for place in range(options.workers):
        pipe, end = context.Pipe()
        processes.append(context.Process(target=worker, args=(options, batches, place, end)))
        processes[-1].start()
        pipes.append(pipe)
    parameters = [pipe.recv() for pipe in pipes][0]
    memory = []

    def work():
        for pipe in pipes:
            pipe.send(True)
        memory.append(sum(pipe.recv() for pipe in pipes))

    seconds = measured(options, work)
    for pipe, process in zip(pipes, processes):
        pipe.send(False)
        process.join()
    return seconds, parameters, max(memory)


def parameters_of(model):
    """Weights that are learnt: `transformers` counts its table of sinusoids too."""
    return sum(parameter.numel() for name, parameter in model.named_parameters() if "embed_positions" not in name)


def resident():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    batches = list(batches_of(options.sources, options.batch))
    with torch.inference_mode():
        seconds, parameters, memory = (alone if options.workers == 1 else side_by_side)(options, batches)
    sentences = sum(len(lengths) for _, lengths in batches)
    tokens = sentences * options.force_length
    print(json.dumps({
        "program": f"PyTorch {torch.__version__}", "shape": options.shape, "type": options.type, "threads": options.threads * options.workers,
        "workers": options.workers, "batch": options.batch, "beam": options.beam, "sentences": sentences, "target_tokens": tokens,
        "target_tokens_per_s": tokens / statistics.median(seconds), "seconds": seconds, "parameters": parameters, "peak_rss_mb": memory,
    }))


if __name__ == "__main__":
    main()
