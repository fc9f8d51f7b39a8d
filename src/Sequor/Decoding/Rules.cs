using System.Numerics.Tensors;
using Sequor.Decoding.Predictors;
using Sequor.Decoding.Constraints;

namespace Sequor.Decoding;

/// <summary>What a sentence asks of its output.</summary>
/// <param name="Minimum">The fewest pieces.</param>
/// <param name="Maximum">The most pieces.</param>
/// <param name="Prefix">Pieces that the output must begin with; empty for none.</param>
/// <param name="Constraints">What it must keep to; null for nothing.</param>
internal sealed record SentenceRules(int Minimum, int Maximum, int[] Prefix, SentenceConstraints? Constraints = null);

/// <summary>
/// Changes what may come next: bans, penalties and prefixes. Where only a few pieces are banned, a search asks <see cref="IsBanned"/> about the best ones; where
/// that is not enough (<see cref="NeedRows"/>), it has whole rows changed.
/// </summary>
internal sealed class Rules
{
    private readonly SearchOptions _options;
    private readonly SpecialIds _special;
    private readonly HashSet<int> _never;
    private readonly HashSet<int> _seen = [];
    private int[] _buffer = new int[64];

    internal Rules(SearchOptions options, SpecialIds special)
    {
        (_options, _special) = (options, special);
        _never = [special.Begin, .. options.BannedIds];
        if (special.Pad >= 0)
        {
            _never.Add(special.Pad);
        }

        NeedsAttention = options.RecordAttention || options is BeamSearchOptions { CoveragePenalty: > 0 };
    }

    /// <summary>Whether logits must be changed before they become probabilities.</summary>
    internal bool ChangesLogits => _options.RepetitionPenalty != 1;

    /// <summary>Whether attention to the source is recorded.</summary>
    internal bool NeedsAttention { get; }

    /// <summary>The most pieces that <see cref="IsBanned"/> can be true of.</summary>
    internal int MostBans => _never.Count + 1;

    /// <summary>Room for the pieces of a hypothesis, this many or more.</summary>
    internal Span<int> Buffer(int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new int[2 * length];
        }

        return _buffer;
    }

    /// <summary>Whether the next piece can only be chosen from whole rows.</summary>
    /// <param name="length">Pieces written.</param>
    /// <param name="sentence">What the sentence asks for.</param>
    internal bool NeedRows(int length, SentenceRules sentence) =>
        length < sentence.Prefix.Length || ChangesLogits || _options.NoRepeatNgram > 0 || sentence.Constraints is not null;

    /// <summary>Whether a piece may not come next, where <see cref="NeedRows"/> is false.</summary>
    internal bool IsBanned(int id, int length, SentenceRules sentence) =>
        (id == _special.End && length < sentence.Minimum) || _never.Contains(id);

    /// <summary>The first of the best pieces that may come next, where <see cref="NeedRows"/> is false. Where none may, which can only be where they are all there
    /// are, the end may.</summary>
    /// <param name="best">The best pieces.</param>
    /// <param name="length">Pieces written.</param>
    /// <param name="sentence">What the sentence asks for.</param>
    /// <param name="isEndAlone">Whether nothing but the end is left.</param>
    /// <returns>Its place among the best.</returns>
    /// <exception cref="ModelFormatException">Nothing can follow, not even the end.</exception>
    internal int FirstAllowed(BestPieces best, int length, SentenceRules sentence, out bool isEndAlone)
    {
        isEndAlone = false;
        for (int i = 0; i < best.Ids.Length; i++)
        {
            if (!IsBanned(best.Ids[i], length, sentence) && !float.IsNegativeInfinity(best.LogProbabilities[i]))
            {
                return i;
            }
        }

        int end = best.Ids.IndexOf(_special.End);
        CheckNumber(end < 0 ? float.NegativeInfinity : best.LogProbabilities[end], length);
        isEndAlone = true;
        return end;
    }

    /// <summary>Makes pieces that were written already less probable.</summary>
    /// <param name="logits">[V]</param>
    /// <param name="written">What the hypothesis has written.</param>
    internal void Penalize(Span<float> logits, ReadOnlySpan<int> written)
    {
        _seen.Clear();
        foreach (int id in written)
        {
            if (_seen.Add(id))
            {
                ref float logit = ref logits[id];
                logit = logit > 0 ? logit / _options.RepetitionPenalty : logit * _options.RepetitionPenalty;
            }
        }
    }

    /// <summary>Gives what may not come next a log-probability of minus infinity. Where nothing else may come, the end may: an output that cannot go on ends.</summary>
    /// <param name="logProbabilities">[V]</param>
    /// <param name="written">What the hypothesis has written.</param>
    /// <param name="sentence">What its sentence asks for.</param>
    /// <param name="tracker">Where the hypothesis stands with the sentence's constraints.</param>
    /// <param name="history">The hypothesis.</param>
    /// <returns>Whether the rules would have left nothing.</returns>
    /// <exception cref="ModelFormatException">The model predicts no numbers, or nothing at all.</exception>
    internal bool Ban(Span<float> logProbabilities, ReadOnlySpan<int> written, SentenceRules sentence, ConstraintTracker tracker, int history)
    {
        float end = logProbabilities[_special.End];
        if (written.Length < sentence.Prefix.Length)
        {
            // A prefix is the caller's will: no other rule stands against it.
            KeepOnly(logProbabilities, sentence.Prefix[written.Length]);
        }
        else
        {
            ApplyBans(logProbabilities, written, sentence);
            if (tracker.IsActive)
            {
                tracker.Ban(history, sentence.Maximum - written.Length, _special.End, logProbabilities);
            }
        }

        float greatest = TensorPrimitives.Max(logProbabilities);
        bool isDeadEnd = float.IsNegativeInfinity(greatest);
        if (isDeadEnd)
        {
            // A model that holds even the end for impossible has it written where a constraint leaves nothing else.
            greatest = logProbabilities[_special.End] = tracker.IsActive ? MathF.Max(end, float.MinValue) : end;
        }

        CheckNumber(greatest, written.Length);
        return isDeadEnd;
    }

    /// <summary>Refuses predictions that are none.</summary>
    /// <param name="greatest">The greatest log-probability of a row.</param>
    /// <param name="length">Pieces written.</param>
    /// <exception cref="ModelFormatException">It is not finite.</exception>
    internal static void CheckNumber(float greatest, int length)
    {
        if (!float.IsFinite(greatest))
        {
            throw new ModelFormatException(
                $"Decoding, piece {length + 1}: the model's predictions are {(float.IsNaN(greatest) ? "not numbers (NaN)" : "that nothing can follow")}. " +
                "Its weights are damaged, or its training diverged.");
        }
    }

    private void ApplyBans(Span<float> logProbabilities, ReadOnlySpan<int> written, SentenceRules sentence)
    {
        foreach (int id in _never)
        {
            logProbabilities[id] = float.NegativeInfinity;
        }

        if (written.Length < sentence.Minimum)
        {
            logProbabilities[_special.End] = float.NegativeInfinity;
        }

        if (_options.NoRepeatNgram > 0 && written.Length >= _options.NoRepeatNgram - 1)
        {
            BanRepeatedNgrams(logProbabilities, written, _options.NoRepeatNgram);
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
