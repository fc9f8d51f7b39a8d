using Sequor.Alignments;

namespace Sequor.Decoding;

/// <summary>What text becomes before it is cut into pieces, and how much is decoded at once.</summary>
public sealed record GeneratorOptions
{
    /// <summary>Whether sources are lower-cased, as they were in training. Default false.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Whether sources are brought to normalisation form C, as they were in training. Default false.</summary>
    public bool NormalizeNfc { get; init; }

    /// <summary>Text put before every source, parted by a space; empty for none. Default empty.</summary>
    public string SourcePrefix { get; init; } = "";

    /// <summary>Source pieces decoded at once, 1 or more; it changes speed and memory, never an output. Default 4,096.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>Sentences decoded at once, 1 or more; likewise. Default 64.</summary>
    public int BatchSentences { get; init; } = 64;

    /// <summary>Sessions that decode side by side, each on a thread of its own, 1 or more; they share the weights. It changes speed and memory, never an output:
    /// many sentences decode faster in as many sessions as there are processors, each without helping threads
    /// (<see cref="Tensors.Cpu.WorkerPool.Threads"/> 1), than in one session with all of them. Default 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Whether an unknown piece is replaced by the source piece that it looked at most, in the source's own spelling. Default false.</summary>
    public bool ReplaceUnknown { get; init; }

    /// <summary>
    /// With <see cref="ReplaceUnknown"/>: a lexical table whose best translation of the source word that was looked at replaces the unknown piece; words that
    /// it does not have are copied as without it. A table of pieces must be of the model's own. Default null.
    /// </summary>
    public LexicalTable? Lexicon { get; init; }

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (BatchTokens < 1)
        {
            faults.Add($"{BatchTokens} source pieces are to be decoded at once; there must be 1 or more.");
        }

        if (BatchSentences < 1)
        {
            faults.Add($"{BatchSentences} sentences are to be decoded at once; there must be 1 or more.");
        }

        if (Workers is < 1 or > Tensors.Cpu.WorkerPool.MaximumThreads)
        {
            faults.Add($"{Workers} sessions are to decode side by side; there must be 1 to {Tensors.Cpu.WorkerPool.MaximumThreads}.");
        }

        return faults;
    }
}
