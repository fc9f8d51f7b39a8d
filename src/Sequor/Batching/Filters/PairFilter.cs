using System.Text;

namespace Sequor.Batching;

/// <summary>Judges sentence pairs in the order of the corpora; it remembers pairs to know their duplicates.</summary>
internal sealed class PairFilter(CorpusFilters options)
{
    private readonly FingerprintSet _seen = new(options.RememberedPairs);

    internal bool HasForgotten => options.DropDuplicates && _seen.IsFull;

    /// <summary>Why the text of a pair is dropped; null when it is kept.</summary>
    internal DropReason? Judge(string source, string target)
    {
        if (options.DropEmptySides && (string.IsNullOrWhiteSpace(source) || string.IsNullOrWhiteSpace(target)))
            return DropReason.EmptySide;

        int sourceLength = Characters(source);
        int targetLength = Characters(target);
        if (Math.Min(sourceLength, targetLength) < options.MinCharacters)
            return DropReason.TooFewCharacters;
        if (options.MaxCharacters > 0 && Math.Max(sourceLength, targetLength) > options.MaxCharacters)
            return DropReason.TooManyCharacters;
        if (IsLopsided(sourceLength, targetLength, options.MaxCharacterRatio))
            return DropReason.CharacterRatio;
        if (options.DropIdenticalSides && source == target)
            return DropReason.IdenticalSides;
        if (IsForeign(source, options.SourceScripts) || IsForeign(target, options.TargetScripts))
            return DropReason.Script;
        return options.DropDuplicates && !_seen.Add(FingerprintSet.Of(source, target)) ? DropReason.Duplicate : null;
    }

    /// <summary>Why the text of a target without a source is dropped; null when it is kept.</summary>
    internal DropReason? JudgeTarget(string target)
    {
        if (options.DropEmptySides && string.IsNullOrWhiteSpace(target))
            return DropReason.EmptySide;

        int length = Characters(target);
        if (length < options.MinCharacters)
            return DropReason.TooFewCharacters;
        if (options.MaxCharacters > 0 && length > options.MaxCharacters)
            return DropReason.TooManyCharacters;
        if (IsForeign(target, options.TargetScripts))
            return DropReason.Script;
        return options.DropDuplicates && !_seen.Add(FingerprintSet.Of("", target)) ? DropReason.Duplicate : null;
    }

    /// <summary>Why a pair of these pieces is dropped; null when it is kept.</summary>
    internal static DropReason? JudgeTokens(in NumberedPair pair, int[] source, int[] target, CorpusOptions options) =>
        JudgeTokens(pair.IsTargetOnly ? target.Length : source.Length, target.Length, options);

    /// <summary>Why a pair of these lengths in tokens is dropped; null when it is kept.</summary>
    internal static DropReason? JudgeTokens(int source, int target, CorpusOptions options)
    {
        if (Math.Min(source, target) < options.Filters.MinTokens)
            return DropReason.TooFewTokens;
        if (options.LongSentences == LongSentences.Drop && (options.IsOverlongSource(source) || options.IsOverlongTarget(target)))
            return DropReason.TooManyTokens;
        return IsLopsided(source, target, options.Filters.MaxTokenRatio) ? DropReason.TokenRatio : null;
    }

    internal static int Characters(string text)
    {
        int characters = 0;
        foreach (Rune _ in text.EnumerateRunes())
            characters++;
        return characters;
    }

    private static bool IsLopsided(int first, int second, double maxRatio) =>
        maxRatio > 0 && Math.Max(first, second) > maxRatio * Math.Min(first, second);

    private bool IsForeign(string text, IReadOnlyList<Script> scripts) =>
        scripts.Count > 0 && Scripts.Share(text, scripts) < options.MinScriptShare;
}
