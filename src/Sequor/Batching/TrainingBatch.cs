namespace Sequor.Batching;

/// <summary>
/// Sentence pairs to learn from. The source is <c>x &lt;/s&gt;</c>, the target input <c>&lt;s&gt; y</c> and the
/// target output <c>y &lt;/s&gt;</c>: at each row the decoder reads what stands before the token it must predict.
/// </summary>
public sealed class TrainingBatch
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="source">Source sentences, each closed by its end token.</param>
    /// <param name="targetInput">Target sentences, each opened by the begin token.</param>
    /// <param name="targetOutput">[targetInput.Rows] The same sentences without the begin token, closed by the end token.</param>
    /// <param name="next">Where the sequence goes on after this batch.</param>
    /// <param name="epoch">The epoch this batch belongs to, from 0.</param>
    /// <param name="guide">Where target pieces should look; null where no pair of the batch has an alignment.</param>
    /// <exception cref="ArgumentException">The parts differ in sentences or rows.</exception>
    public TrainingBatch(SequenceBatch source, SequenceBatch targetInput, int[] targetOutput, DataPosition? next = null, long epoch = 0, AttentionGuide? guide = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(targetInput);
        ArgumentNullException.ThrowIfNull(targetOutput);
        if (source.Count != targetInput.Count)
            throw new ArgumentException($"The source has {source.Count} sentences and the target {targetInput.Count}; a batch needs pairs.", nameof(targetInput));
        if (targetInput.Rows != targetOutput.Length)
            throw new ArgumentException($"The target input has {targetInput.Rows} rows and the target output {targetOutput.Length}; each input row predicts one output.", nameof(targetOutput));
        if (guide is not null && guide.Rows != targetOutput.Length)
            throw new ArgumentException($"The guide has {guide.Rows} rows and the target output {targetOutput.Length}; each output has one row.", nameof(guide));
        Guide = guide;
        (Source, TargetInput, TargetOutput) = (source, targetInput, targetOutput);
        (Next, Epoch) = (next ?? DataPosition.Start, epoch);
    }

    /// <summary>Source sentences, each <c>x &lt;/s&gt;</c>.</summary>
    public SequenceBatch Source { get; }

    /// <summary>Target sentences as the decoder reads them, each <c>&lt;s&gt; y</c>.</summary>
    public SequenceBatch TargetInput { get; }

    /// <summary>[TargetInput.Rows] What the decoder must predict, each sentence <c>y &lt;/s&gt;</c>, with the starts and lengths of <see cref="TargetInput"/>.</summary>
    public int[] TargetOutput { get; }

    /// <summary>Where target pieces should look; null where no pair of the batch has an alignment.</summary>
    public AttentionGuide? Guide { get; }

    /// <summary>How many sentence pairs.</summary>
    public int Count => Source.Count;

    /// <summary>Target tokens to predict, end tokens included: what a summed loss is divided by.</summary>
    public int TargetTokens => TargetOutput.Length;

    /// <summary>Source tokens, end tokens included.</summary>
    public int SourceTokens => Source.Rows;

    /// <summary>The epoch this batch belongs to, from 0.</summary>
    public long Epoch { get; }

    /// <summary>Where the sequence goes on after this batch: what a checkpoint saves once the batch is learnt.</summary>
    public DataPosition Next { get; }

    /// <summary>The same pairs with other inputs of the decoder.</summary>
    /// <param name="targetInput">As many sentences and rows as before.</param>
    /// <exception cref="ArgumentException">The sentences or rows differ.</exception>
    public TrainingBatch With(SequenceBatch targetInput) => new(Source, targetInput, TargetOutput, Next, Epoch, Guide);
}
