using System.Numerics.Tensors;

namespace Sequor.Decoding;

/// <summary>What a sentence asks of its output.</summary>
/// <param name="Minimum">The fewest pieces.</param>
/// <param name="Maximum">The most pieces.</param>
/// <param name="Prefix">Pieces that the output must begin with; empty for none.</param>
internal sealed record SentenceRules(int Minimum, int Maximum, int[] Prefix);

/// <summary>Changes what may come next: bans, penalties and prefixes.</summary>
internal sealed class Rules(SearchOptions options, SpecialIds special)
{
    /// <summary>Whether logits must be changed before they become probabilities.</summary>
    internal bool ChangesLogits => options.RepetitionPenalty != 1;

    /// <summary>Makes pieces that were written already less probable.</summary>
    /// <param name="logits">[V]</param>
    /// <param name="written">What the hypothesis has written.</param>
    internal void Penalize(Span<float> logits, Trace? written)
    {
        var done = new HashSet<int>();
        for (Trace? trace = written; trace is not null; trace = trace.Parent)
        {
            if (done.Add(trace.Id))
            {
                ref float logit = ref logits[trace.Id];
                logit = logit > 0 ? logit / options.RepetitionPenalty : logit * options.RepetitionPenalty;
            }
        }
    }

    /// <summary>Gives what may not come next a log-probability of minus infinity. Where nothing else may come, the end may: an output that cannot go on ends.</summary>
    /// <param name="logProbabilities">[V]</param>
    /// <param name="written">What the hypothesis has written.</param>
    /// <param name="sentence">What its sentence asks for.</param>
    /// <exception cref="ModelFormatException">The model predicts no numbers, or nothing at all.</exception>
    internal void Ban(Span<float> logProbabilities, Trace? written, SentenceRules sentence)
    {
        int length = written?.Length ?? 0;
        float end = logProbabilities[special.End];
        if (length < sentence.Prefix.Length)
        {
            // A prefix is the caller's will: no other rule stands against it.
            KeepOnly(logProbabilities, sentence.Prefix[length]);
        }
        else
        {
            ApplyBans(logProbabilities, written, length, sentence);
        }

        float greatest = TensorPrimitives.Max(logProbabilities);
        if (float.IsNegativeInfinity(greatest))
        {
            greatest = logProbabilities[special.End] = end;
        }

        if (!float.IsFinite(greatest))
        {
            throw new ModelFormatException(
                $"Decoding, piece {length + 1}: the model's predictions are {(float.IsNaN(greatest) ? "not numbers (NaN)" : "that nothing can follow")}. " +
                "Its weights are damaged, or its training diverged.");
        }
    }

    private void ApplyBans(Span<float> logProbabilities, Trace? written, int length, SentenceRules sentence)
    {
        logProbabilities[special.Begin] = float.NegativeInfinity;
        if (special.Pad >= 0)
        {
            logProbabilities[special.Pad] = float.NegativeInfinity;
        }

        foreach (int id in options.BannedIds)
        {
            logProbabilities[id] = float.NegativeInfinity;
        }

        if (length < sentence.Minimum)
        {
            logProbabilities[special.End] = float.NegativeInfinity;
        }

        if (options.NoRepeatNgram > 0 && length >= options.NoRepeatNgram - 1)
        {
            BanRepeatedNgrams(logProbabilities, Trace.Ids(written), options.NoRepeatNgram);
        }
    }

    private static void KeepOnly(Span<float> logProbabilities, int id)
    {
        // Even what the model holds for impossible is written when the caller wills it.
        float kept = MathF.Max(logProbabilities[id], float.MinValue);
        logProbabilities.Fill(float.NegativeInfinity);
        logProbabilities[id] = kept;
    }

    /// <summary>Bans whatever would complete a run of n pieces that was written before.</summary>
    private static void BanRepeatedNgrams(Span<float> logProbabilities, ReadOnlySpan<int> written, int n)
    {
        ReadOnlySpan<int> ending = written[(written.Length - n + 1)..];
        for (int start = 0; start + n <= written.Length; start++)
        {
            if (written.Slice(start, n - 1).SequenceEqual(ending))
            {
                logProbabilities[written[start + n - 1]] = float.NegativeInfinity;
            }
        }
    }
}

/// <summary>The ids of the signs that are not text.</summary>
/// <param name="Begin">Begins every output.</param>
/// <param name="End">Ends it.</param>
/// <param name="Pad">Never written; -1 when the vocabulary has none.</param>
public readonly record struct SpecialIds(int Begin, int End, int Pad = -1);
