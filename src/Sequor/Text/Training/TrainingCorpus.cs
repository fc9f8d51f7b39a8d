using System.Runtime.InteropServices;
using System.Text;

namespace Sequor.Text.Training;

/// <summary>A corpus boiled down to its distinct words, so that memory grows with the language and not with the text.</summary>
internal sealed class TrainingCorpus
{
    private readonly Dictionary<string, long> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _wordsBySpan;
    private readonly SubwordTrainingOptions _options;
    private readonly SymbolCutter _symbols;
    private readonly Func<string, string> _normalise;
    private readonly bool _splitsWords;

    /// <summary>An empty corpus, ready to read.</summary>
    /// <param name="options">Which lines count and whether words are split.</param>
    /// <param name="normalise">Line to normalised line, spaces written as U+2581.</param>
    /// <param name="givenPieces">Texts that are cut out before words are counted.</param>
    public TrainingCorpus(SubwordTrainingOptions options, Func<string, string> normalise, IEnumerable<string> givenPieces)
    {
        _options = options;
        _normalise = normalise;
        _splitsWords = options.SplitByWhitespace || options.Algorithm == SubwordAlgorithm.Word;
        _symbols = new SymbolCutter(givenPieces);
        _wordsBySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Distinct words, or distinct lines where words are not split, in the order of their code points.</summary>
    public IReadOnlyList<CountedText> Words { get; private set; } = [];

    /// <summary>Lines that were counted.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines left out because they are longer than <see cref="SubwordTrainingOptions.MaxLineBytes"/>.</summary>
    public long LinesTooLong { get; private set; }

    /// <summary>Reads the whole corpus once.</summary>
    public void Read(IEnumerable<string> lines, CancellationToken cancellation)
    {
        IEnumerable<string> usable = lines.Where(IsUsable);
        if (_options.InputSentenceLimit > 0)
            usable = LineSample.Draw(usable, _options.InputSentenceLimit, _options.Seed);

        foreach (string line in usable)
        {
            cancellation.ThrowIfCancellationRequested();
            Count(_symbols.Cut(_normalise(WithoutLoneSurrogates(line))));
        }

        Words = [.. _words.Select(entry => new CountedText(entry.Key, entry.Value)).OrderBy(word => word.Text, CodePointOrder)];
        _words.Clear();
    }

    private static Comparer<string> CodePointOrder { get; } = Comparer<string>.Create(CodePoints.Compare);

    private bool IsUsable(string line)
    {
        if (line.Length == 0 || line.Contains(PieceRules.UnknownCharacter, StringComparison.Ordinal))
            return false;
        bool tooLong = line.Length * 3L > _options.MaxLineBytes && Encoding.UTF8.GetByteCount(line) > _options.MaxLineBytes;
        if (tooLong)
            LinesTooLong++;
        return !tooLong;
    }

    private void Count(string text)
    {
        if (text.Length == 0)
            return;
        Lines++;
        ReadOnlySpan<char> rest = text;
        while (_splitsWords && rest.Length > 1)
        {
            int nextSpace = rest[1..].IndexOf(PieceRules.Space) + 1;
            if (nextSpace == 0)
                break;
            Add(rest[..nextSpace]);
            rest = rest[nextSpace..];
        }
        Add(rest);
    }

    private void Add(ReadOnlySpan<char> word) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_wordsBySpan, word, out _)++;

    private static string WithoutLoneSurrogates(string line)
    {
        foreach (char unit in line)
        {
            if (char.IsSurrogate(unit))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line));
        }
        return line;
    }
}
