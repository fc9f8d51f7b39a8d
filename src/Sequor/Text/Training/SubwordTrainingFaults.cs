using System.Globalization;

namespace Sequor.Text.Training;

/// <summary>Finds everything that is wrong with a set of training options, in sentences.</summary>
internal static class SubwordTrainingFaults
{
    public static IReadOnlyList<string> Of(SubwordTrainingOptions options)
    {
        List<string> faults = [];
        if (!Enum.IsDefined(options.Algorithm))
            faults.Add($"Algorithm is {options.Algorithm}, which is no way to cut text; use Unigram, Bpe, Word or Character.");
        if (!NormalizationRules.Names.Contains(options.NormalizationRule, StringComparer.Ordinal))
            faults.Add($"NormalizationRule is \"{options.NormalizationRule}\"; it must be one of {string.Join(", ", NormalizationRules.Names)}.");
        InRange(faults, nameof(options.VocabularySize), options.VocabularySize, 1, 10_000_000);
        InRange(faults, nameof(options.MaxPieceLength), options.MaxPieceLength, 1, 512);
        InRange(faults, nameof(options.MaxLineBytes), options.MaxLineBytes, 10, 1_073_741_824);
        InRange(faults, nameof(options.InputSentenceLimit), options.InputSentenceLimit, 0, int.MaxValue);
        InRange(faults, nameof(options.SeedPieces), options.SeedPieces, 1_000, 5_000_000);
        InRange(faults, nameof(options.SubIterations), options.SubIterations, 1, 10);
        InRange(faults, nameof(options.CharacterCoverage), options.CharacterCoverage, 0.98f, 1f);
        InRange(faults, nameof(options.ShrinkingFactor), options.ShrinkingFactor, 0.5f, 0.95f);
        SpecialIds(faults, options);
        Symbols(faults, options);
        return faults;
    }

    private static void SpecialIds(List<string> faults, SubwordTrainingOptions options)
    {
        (string Name, int Id)[] ids =
        [
            (nameof(options.UnknownId), options.UnknownId), (nameof(options.BeginId), options.BeginId),
            (nameof(options.EndId), options.EndId), (nameof(options.PadId), options.PadId),
        ];
        foreach ((string name, int id) in ids)
        {
            int lowest = name == nameof(options.UnknownId) ? 0 : -1;
            InRange(faults, name, id, lowest, Math.Max(lowest, options.VocabularySize - 1));
        }
        foreach (IGrouping<int, string> same in ids.Where(entry => entry.Id >= 0).GroupBy(entry => entry.Id, entry => entry.Name))
        {
            if (same.Count() > 1)
                faults.Add(Invariant($"{string.Join(" and ", same)} are all {same.Key}; every special piece needs an id of its own."));
        }
    }

    private static void Symbols(List<string> faults, SubwordTrainingOptions options)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string symbol in options.ControlSymbols.Concat(options.UserDefinedSymbols))
        {
            if (string.IsNullOrEmpty(symbol))
                faults.Add("ControlSymbols and UserDefinedSymbols must not hold an empty symbol.");
            else if (symbol == SpecialTokens.Unknown)
                faults.Add($"\"{SpecialTokens.Unknown}\" is the unknown piece and cannot be a control or user-defined symbol.");
            else if (symbol.Contains('\0', StringComparison.Ordinal))
                faults.Add("A control or user-defined symbol must not hold the character U+0000.");
            else if (!seen.Add(symbol))
                faults.Add($"The symbol \"{symbol}\" is defined twice; ControlSymbols and UserDefinedSymbols may name it once.");
            else if (options.ByteFallback && MetaPieces.IsBytePiece(symbol))
                faults.Add($"The symbol \"{symbol}\" is also a byte piece; rename it or set ByteFallback to false.");
        }
    }

    private static void InRange(List<string> faults, string name, int value, int lowest, int highest)
    {
        if (value < lowest || value > highest)
            faults.Add(Invariant($"{name} is {value}; it must lie between {lowest} and {highest}."));
    }

    private static void InRange(List<string> faults, string name, float value, float lowest, float highest)
    {
        if (!(value >= lowest && value <= highest))
            faults.Add(Invariant($"{name} is {value}; it must lie between {lowest} and {highest}."));
    }

    private static string Invariant(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
