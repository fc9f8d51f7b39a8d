"""The tables: what is varied, and what is written down of each training."""

SPEED = ("target tokens/s", "GFLOP per token", "GFLOP/s", "peak memory, MB", "of it one update, MB")


def speed_of(told):
    tokens = told["target_tokens"] / told["updates"]
    return [f"{told['target_tokens_per_s']:,.0f}", f"{told['gflop_per_update'] / tokens:.4f}", f"{told['gflops']:,.0f}",
            f"{told['peak_rss_mb']:,.0f}", f"{told['arena_bytes'] / (1 << 20):,.0f}"]


def kept(told):
    return {name: told[name] for name in ("target_tokens_per_s", "gflop_per_update", "gflops", "peak_rss_mb", "arena_bytes", "threads", "parameters", "target_tokens",
                                          "updates", "process_seconds", "process_peak_mb")}


def threads(program):
    configuration = program.configuration(program.corpus(30_000))
    for count in (1, 2):
        told = program.train(configuration, threads=count)
        yield [str(count), *speed_of(told)], kept(told)


def lengths(program):
    """Sentences of exactly so many pieces on both sides, in batches of the same number of tokens."""
    for length in (10, 30, 100, 300, 1000):
        corpus = program.corpus(400_000 // length, length, exact=True)
        configuration = program.configuration(corpus, model=["max_positions: 2048"], data=["filters:", "  max_length: 2000"])
        told = program.train(configuration)
        yield [f"{length:,}", *speed_of(told)], {"length": length, **kept(told)}


def widths(program):
    """Heads of 32 columns, feed-forward blocks twice as wide as the model; half the usual batch."""
    corpus = program.corpus(30_000)
    for width in (64, 128, 256, 512, 1024):
        configuration = program.configuration(
            corpus, model=[f"width: {width}", f"feed_forward_width: {2 * width}", f"heads: {width // 32}"], training=["batch_tokens: 2048"])
        told = program.train(configuration, updates=min(program.options.updates, 6))
        yield [f"{width:,}", f"{told['parameters'] / 1e6:.1f} M", *speed_of(told)], {"width": width, **kept(told)}


def vocabularies(program):
    corpus = program.corpus(60_000, words=120_000)
    for size in (1_000, 10_000, 30_000, 100_000):
        configuration = program.configuration(corpus, vocabulary=["kind: word", f"size: {size}"])
        told = program.train(configuration, updates=min(program.options.updates, 6))
        yield [f"{size:,}", f"{told['parameters'] / 1e6:.1f} M", *speed_of(told)], {"vocabulary": size, **kept(told)}


def corpora(program):
    """A byte-pair vocabulary learnt from the text, then two updates. Seconds and memory are those of the whole process."""
    lines = 10_000
    while lines <= program.options.largest_corpus:
        corpus = program.corpus(lines)
        for streaming in ("never", "always"):
            configuration = program.configuration(corpus, vocabulary=["kind: bpe", "size: 8000"], data=[f"streaming: {streaming}"])
            told = program.train(configuration, updates=2, warm_up=0)
            yield [f"{lines:,}", "files" if streaming == "always" else "memory", f"{told['process_seconds']:.1f}",
                   f"{1e6 * told['process_seconds'] / lines:,.1f}", f"{told['process_peak_mb']:,.0f}"], {"lines": lines, "streaming": streaming, **kept(told)}
        if lines > 1_000_000:
            for path in corpus:
                path.unlink()
        lines *= 10


TABLES = {
    "threads": ("Threads", ("threads", *SPEED), threads),
    "length": ("Sentence length, 4,096 tokens a batch", ("pieces", *SPEED), lengths),
    "width": ("Width, 2,048 tokens a batch", ("width", "parameters", *SPEED), widths),
    "vocabulary": ("Vocabulary", ("pieces", "parameters", *SPEED), vocabularies),
    "corpus": ("Corpus, from start to the end of the second update", ("lines", "pairs are in", "seconds", "µs a line", "peak memory, MB"), corpora),
}
