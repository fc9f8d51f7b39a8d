using System.Globalization;
using Sequor.Batching;

namespace Sequor.LanguageModels;

/// <summary>
/// Reads back-off models in ARPA form, line by line. Comments may stand before <c>\data\</c>; words are parted by spaces or tabs; n-grams
/// come in any order; a back-off weight that is missing is one. Words without a unigram, counts that are wrong and numbers that are
/// none are faults, named with their lines.
/// </summary>
internal sealed class ArpaReader : IDisposable
{
    private const int LineLimitBytes = 1 << 20;

    private readonly LineReader _lines;
    private readonly List<long> _promised = [];

    private ArpaReader(string path) => _lines = new LineReader(path, LineLimitBytes, "language model");

    /// <summary>Reads a file.</summary>
    internal static NgramModel Read(string path)
    {
        using ArpaReader reader = new(path);
        return reader.ReadAll();
    }

    public void Dispose() => _lines.Dispose();

    private NgramModel ReadAll()
    {
        string line = ReadHeader();
        ArpaLevels levels = new(_promised.Count);
        for (int order = 1; order <= _promised.Count; order++)
        {
            if (line != Section(order))
                throw Fault($"'{line}' stands where {Section(order)} is expected{(line.StartsWith('\\') ? "" : ": the header promises fewer n-grams than there are")}");
            levels.Begin(order, _lines.Line + 1);
            for (long number = 0; number < _promised[order - 1]; number++)
                ReadNgram(levels, order, number);
            if (levels.Close(order) is var (at, problem))
                throw Fault(problem, at);
            line = NextLine();
        }

        return line == "\\end\\"
            ? levels.Model()
            : throw Fault($"'{line}' stands where \\end\\ is expected: the header promises fewer n-grams than there are");
    }

    /// <summary>Reads how many n-grams there are; the line behind that is given back.</summary>
    private string ReadHeader()
    {
        string line = Next();
        while (line.Trim(' ', '\t') != "\\data\\")
        {
            if (line.StartsWith("iARPA", StringComparison.Ordinal) || line.StartsWith("qARPA", StringComparison.Ordinal))
                throw Fault("this is a form of IRSTLM's own; turn it into plain ARPA with 'compile-lm --text=yes'");
            line = Next();
        }

        while ((line = NextLine()).StartsWith("ngram ", StringComparison.Ordinal) || line.StartsWith("ngram\t", StringComparison.Ordinal))
        {
            string[] sides = line["ngram".Length..].Split('=');
            if (sides.Length != 2
                || !int.TryParse(sides[0].Trim(' ', '\t'), NumberStyles.None, CultureInfo.InvariantCulture, out int order)
                || !long.TryParse(sides[1].Trim(' ', '\t'), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
                || order != _promised.Count + 1)
                throw Fault($"'{line}' does not say how many n-grams of order {_promised.Count + 1} there are: 'ngram {_promised.Count + 1}=COUNT' is expected");
            _promised.Add(count);
        }

        if (_promised.Count is 0 or > NgramTrie.MostOrders)
            throw Fault($"the model has n-grams of {_promised.Count} orders; 1 to {NgramTrie.MostOrders} can be read");
        return line;
    }

    private void ReadNgram(ArpaLevels levels, int order, long number)
    {
        LineKind kind = _lines.Read(out string line);
        ReadOnlySpan<char> rest = line.AsSpan().Trim(" \t");
        if (kind == LineKind.End || rest.IsEmpty || (rest[0] == '\\' && rest.EndsWith("-grams:")) || rest is "\\end\\")
            throw Fault($"{Section(order)} ends after {number} n-grams, but the header promises {_promised[order - 1]}. Was the file cut short?");
        double logProb = Number(Field(ref rest), "a log-probability");
        if (logProb > 0)
            throw Fault($"the log-probability {logProb.ToString(CultureInfo.InvariantCulture)} is above 0: no probability is more than 1");
        for (int place = 0; place < order; place++)
        {
            ReadOnlySpan<char> word = Field(ref rest);
            if (word.IsEmpty)
                throw Fault($"{place} words stand behind the log-probability, but {order} are expected under {Section(order)}");
            if (!levels.Take(order, place, word))
                throw Fault($"'{word}' has no unigram");
        }

        ReadOnlySpan<char> backOff = Field(ref rest);
        if (!rest.IsEmpty || (order == _promised.Count && !backOff.IsEmpty && Number(backOff, "nothing, or a back-off weight,") != 0))
            throw Fault($"'{(rest.IsEmpty ? backOff : rest)}' stands behind the {order} words and weights expected under {Section(order)}");
        if (levels.Add(order, logProb, backOff.IsEmpty ? 0 : Number(backOff, "a back-off weight")) is { } problem)
            throw Fault(problem);
    }

    private double Number(ReadOnlySpan<char> field, string what) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number) && number < double.PositiveInfinity
            ? number
            : throw Fault($"'{field}' stands where {what} is expected, a number to the base of ten");

    private static ReadOnlySpan<char> Field(ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAny(' ', '\t');
        ReadOnlySpan<char> field = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[end..].TrimStart(" \t");
        return field;
    }

    private static string Section(int order) => string.Create(CultureInfo.InvariantCulture, $"\\{order}-grams:");

    /// <summary>The next line that is not blank, without spaces around it.</summary>
    private string NextLine()
    {
        string line;
        do
            line = Next().Trim(' ', '\t');
        while (line.Length == 0);
        return line;
    }

    private string Next() => _lines.Read(out string line) switch
    {
        LineKind.End when _promised.Count == 0 => throw Fault("the file ends without a line \\data\\: it is no model in ARPA form"),
        LineKind.End => throw Fault("the file ends before its line \\end\\. It may be cut short; fetch it again"),
        LineKind.Overlong => throw Fault("the line is longer than any n-gram: it is no model in ARPA form"),
        _ => line,
    };

    private ModelFormatException Fault(string problem, long? line = null) => new(string.Create(
        CultureInfo.InvariantCulture, $"Line {line ?? Math.Max(1, _lines.Line)} of the language model '{_lines.Path}': {problem}."));
}
