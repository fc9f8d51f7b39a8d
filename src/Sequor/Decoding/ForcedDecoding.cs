using Sequor.Batching;
using Sequor.Decoding.Predictors;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>How probable a given output is.</summary>
/// <param name="TokenLogProbabilities">log p of each piece and of the end sign, in nats, with the weighted log-probabilities of language models.</param>
/// <param name="OfModels">The same of the translation models alone.</param>
/// <param name="OfLanguageModels">The same of each language model alone, unweighted; none where there is no language model.</param>
public sealed record ForcedScores(float[] TokenLogProbabilities, float[] OfModels, IReadOnlyList<float[]> OfLanguageModels);

/// <summary>Asks models how probable given outputs are.</summary>
public sealed class ForcedDecoding
{
    // As many rows of logits as lie in the caches; all rows of a batch would be as large as the largest training batch.
    private const int RowsAtOnce = 64;

    private readonly Ensemble _ensemble;
    private readonly Mixture? _mixture;

    /// <summary>Asks one model.</summary>
    /// <param name="model">Any encoder–decoder.</param>
    public ForcedDecoding(EncoderDecoder model)
        : this(Ensemble.Of(model))
    {
    }

    /// <summary>Asks several models, or a model with language models.</summary>
    /// <param name="ensemble">What predicts.</param>
    /// <exception cref="ArgumentException">Its parts do not fit together.</exception>
    public ForcedDecoding(Ensemble ensemble)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ensemble.ThrowIfInvalid();
        _ensemble = ensemble;
        _mixture = ensemble.Models.Count > 1 ? new Mixture(ensemble) : null;
    }

    /// <summary>Scores outputs in one pass over whole sentences; the same bits as writing them piece by piece.</summary>
    /// <param name="step">A session's step, not open.</param>
    /// <param name="batch">Source and target sentences.</param>
    /// <returns>For each sentence log p of each piece and of its end sign, in nats.</returns>
    public IReadOnlyList<float[]> TokenLogProbabilities(Step step, TrainingBatch batch) => [.. Score(step, batch).Select(scores => scores.TokenLogProbabilities)];

    /// <summary>Scores outputs in one pass over whole sentences and tells the parts of the scores; the same bits as writing them piece by piece.</summary>
    /// <param name="step">A session's step, not open.</param>
    /// <param name="batch">Source and target sentences.</param>
    public IReadOnlyList<ForcedScores> Score(Step step, TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        var models = new float[batch.TargetTokens];
        var languages = new float[_ensemble.LanguageModels.Count][];
        using (step.Begin(StepOptions.Inference))
        {
            Tensor[] states = [.. _ensemble.Models.Select(model => model.Decode(step, batch.TargetInput, model.Encode(step, batch.Source)))];
            ForEachChunk(batch, (first, count) => ScoreModels(states, batch.TargetOutput, first, models.AsSpan(first, count)));
        }

        for (int i = 0; i < languages.Length; i++)
        {
            languages[i] = Score(step, batch, _ensemble.LanguageModels[i]);
        }

        return [.. Enumerable.Range(0, batch.Count).Select(i => ScoresOf(models, languages, batch.TargetInput.Starts[i], batch.TargetInput.Lengths[i]))];
    }

    /// <summary>How much each head of each layer of the decoder looks at each source position where an output is written; of several models those of the first.</summary>
    /// <param name="step">A session's step, not open.</param>
    /// <param name="pair">One source sentence and one target sentence.</param>
    /// <returns>For each layer that looks at the source, lowest first, [H][T][S]: its heads, their target positions, the end sign's last, and how much each of these
    /// looked at each source piece, the end sign last. None where the model has no attention.</returns>
    /// <exception cref="ArgumentException">There is not one pair.</exception>
    public IReadOnlyList<float[][][]> Attention(Step step, TrainingBatch pair)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(pair);
        if (pair.Count != 1)
        {
            throw new ArgumentException($"Attention is told of one pair, but {pair.Count} were given.", nameof(pair));
        }

        EncoderDecoder model = _ensemble.Models[0];
        var trace = new PassTrace { WantsHeads = true };
        using (step.Begin(StepOptions.Inference))
        {
            model.Decode(step, pair.TargetInput, model.Encode(step, pair.Source), trace);
            return [.. trace.Heads.Select(weights => ByHead(weights, pair.Source.LongestLength))];
        }
    }

    private static float[][][] ByHead(Tensor weights, int columns)
    {
        float[] all = weights.ToArray();
        int heads = weights.Shape.Width / columns;
        return [.. Enumerable.Range(0, heads).Select(head => (float[][])[.. Enumerable.Range(0, weights.Shape.Rows).Select(
            row => all.AsSpan(((row * heads) + head) * columns, columns).ToArray())])];
    }

    private static void ForEachChunk(TrainingBatch batch, Action<int, int> score)
    {
        for (int first = 0; first < batch.TargetTokens; first += RowsAtOnce)
        {
            score(first, Math.Min(RowsAtOnce, batch.TargetTokens - first));
        }
    }

    private static Tensor LogProbabilities(EncoderDecoder model, Tensor states, int first, int count)
    {
        Tensor logits = model.Project(states.RowRange(first, count));
        Tensor logProbabilities = logits.LogSoftmax();
        logits.Discard();
        return logProbabilities;
    }

    /// <summary>Takes one number out of each row.</summary>
    private static void Pick(Tensor rows, ReadOnlySpan<int> ids, Span<float> picked)
    {
        for (int row = 0; row < picked.Length; row++)
        {
            rows.CopyTo(((long)row * rows.Shape.Width) + ids[row], picked.Slice(row, 1));
        }
    }

    private static float[] Score(Step step, TrainingBatch batch, FusedLanguageModel language)
    {
        var scores = new float[batch.TargetTokens];
        if (language.Model is { } model)
        {
            using (step.Begin(StepOptions.Inference))
            {
                SequenceBatch empty = SequenceBatch.From([.. Enumerable.Repeat<int[]>([language.SourceEndId], batch.Count)]);
                Tensor states = model.Decode(step, batch.TargetInput, model.Encode(step, empty));
                ForEachChunk(batch, (first, count) =>
                {
                    Tensor rows = LogProbabilities(model, states, first, count);
                    Pick(rows, batch.TargetOutput.AsSpan(first, count), scores.AsSpan(first, count));
                    rows.Discard();
                });
            }

            return scores;
        }

        for (int i = 0; i < batch.Count; i++)
        {
            var state = language.Ngrams!.Start;
            for (int row = batch.TargetInput.Starts[i]; row < batch.TargetInput.Starts[i] + batch.TargetInput.Lengths[i]; row++)
            {
                scores[row] = language.Ngrams.Score(state, batch.TargetOutput[row], out state);
            }
        }

        return scores;
    }

    private void ScoreModels(Tensor[] states, int[] ids, int first, Span<float> scores)
    {
        ReadOnlySpan<int> wanted = ids.AsSpan(first, scores.Length);
        Tensor[] rows = new Tensor[states.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = LogProbabilities(_ensemble.Models[i], states[i], first, scores.Length);
        }

        if (_mixture is null)
        {
            Pick(rows[0], wanted, scores);
            rows[0].Discard();
            return;
        }

        var parts = new float[rows.Length][];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = new float[scores.Length];
            Pick(rows[i], wanted, parts[i]);
        }

        Tensor mixed = _mixture.Mix(rows);
        Pick(mixed, wanted, scores);
        mixed.Discard();
        for (int row = 0; _mixture.GivesProbabilities && row < scores.Length; row++)
        {
            scores[row] = _mixture.Log(scores[row], [.. parts.Select(part => part[row])]);
        }
    }

    private ForcedScores ScoresOf(float[] models, float[][] languages, int first, int count)
    {
        float[] sums = models.AsSpan(first, count).ToArray();
        for (int i = 0; i < languages.Length; i++)
        {
            for (int t = 0; t < count; t++)
            {
                float weighed = languages[i][first + t] * _ensemble.LanguageModels[i].Weight;
                sums[t] += weighed;
            }
        }

        return new ForcedScores(sums, models.AsSpan(first, count).ToArray(), [.. languages.Select(scores => scores.AsSpan(first, count).ToArray())]);
    }
}
