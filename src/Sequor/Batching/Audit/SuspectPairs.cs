using System.Globalization;
using System.Text;

namespace Sequor.Batching;

/// <summary>What is suspect about a sentence pair.</summary>
public enum Suspicion
{
    /// <summary>Both sides are the same text.</summary>
    IdenticalSides,

    /// <summary>Each side looks like the language of the other.</summary>
    SwappedLanguages,

    /// <summary>One side is far longer than the other, as this corpus goes.</summary>
    ExtremeRatio,

    /// <summary>A sentence of the dev set occurs in it, on either side, ignoring case and punctuation.</summary>
    DevLeakage,
}

/// <summary>A suspect sentence pair.</summary>
/// <param name="Suspicion">What is suspect.</param>
/// <param name="Pair">The pair, with its corpus and line.</param>
public readonly record struct SuspectPair(Suspicion Suspicion, NumberedPair Pair);

/// <summary>Lists the pairs of a corpus that a person should look at before learning from it.</summary>
public sealed class SuspectPairs
{
    private readonly long[] _counts = new long[Enum.GetValues<Suspicion>().Length];
    private readonly List<SuspectPair> _examples = [];
    private readonly SuspectOptions _options;

    private SuspectPairs(SuspectOptions options) => _options = options;

    /// <summary>Some suspect pairs of each suspicion, the first ones in the order of the corpus.</summary>
    public IReadOnlyList<SuspectPair> Examples => _examples;

    /// <summary>How many pairs are under a suspicion.</summary>
    /// <param name="suspicion">The suspicion.</param>
    public long Count(Suspicion suspicion) => _counts[(int)suspicion];

    /// <summary>Looks through a corpus, twice: what is usual is learnt from the corpus itself.</summary>
    /// <param name="pairs">The pairs; enumerated twice, with the same result.</param>
    /// <param name="dev">The pairs of a dev set; null where there is none.</param>
    /// <param name="options">What is suspect; null takes the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static SuspectPairs Find(IEnumerable<NumberedPair> pairs, IEnumerable<SentencePair>? dev = null, SuspectOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        options ??= new SuspectOptions();
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults));

        UsualPair usual = new(pairs);
        HashSet<ulong> devKeys = [];
        foreach (SentencePair pair in dev ?? [])
        {
            devKeys.Add(SentenceKey.Of(pair.Source));
            devKeys.Add(SentenceKey.Of(pair.Target));
        }

        SuspectPairs suspects = new(options);
        foreach (NumberedPair pair in pairs)
            suspects.Judge(pair, usual, devKeys);
        return suspects;
    }

    /// <summary>Counts and examples as lines of text for a reader.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (Suspicion suspicion in Enum.GetValues<Suspicion>().Where(suspicion => Count(suspicion) > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{InWords(suspicion)}: {Count(suspicion):N0}\n");
            foreach (SuspectPair suspect in _examples.Where(suspect => suspect.Suspicion == suspicion))
                text.Append(CultureInfo.InvariantCulture, $"  corpus {suspect.Pair.Corpus + 1}, line {suspect.Pair.Line}: {suspect.Pair.Source} ||| {suspect.Pair.Target}\n");
        }

        return text.Length == 0 ? "no suspect pairs\n" : text.ToString();
    }

    private void Judge(in NumberedPair pair, UsualPair usual, HashSet<ulong> devKeys)
    {
        bool isIdentical = pair.Source == pair.Target;
        if (isIdentical)
            Suspect(Suspicion.IdenticalSides, pair);
        else if (usual.SwapEvidence(pair) > _options.SwapEvidence)
            Suspect(Suspicion.SwappedLanguages, pair);
        if (usual.IsRatioExtreme(pair, _options))
            Suspect(Suspicion.ExtremeRatio, pair);
        if (devKeys.Count > 0 && (devKeys.Contains(SentenceKey.Of(pair.Source)) || devKeys.Contains(SentenceKey.Of(pair.Target))))
            Suspect(Suspicion.DevLeakage, pair);
    }

    private void Suspect(Suspicion suspicion, in NumberedPair pair)
    {
        if (_counts[(int)suspicion]++ < _options.Examples)
            _examples.Add(new SuspectPair(suspicion, pair));
    }

    private static string InWords(Suspicion suspicion) => suspicion switch
    {
        Suspicion.IdenticalSides => "identical sides",
        Suspicion.SwappedLanguages => "swapped languages",
        Suspicion.ExtremeRatio => "extreme ratio of lengths",
        _ => "sentences of the dev set",
    };
}
