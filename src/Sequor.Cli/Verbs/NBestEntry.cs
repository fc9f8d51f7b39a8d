using System.Globalization;
using Sequor.Cli.Faults;

namespace Sequor.Cli.Verbs;

/// <summary>A line of an n-best list: <c>i ||| hypothesis ||| features ||| score</c> as Moses writes it, or <c>i ||| hypothesis ||| score</c>.</summary>
/// <param name="Index">The source line, from 0.</param>
/// <param name="Hypothesis">The output.</param>
/// <param name="Features">The features as they stand; empty for none.</param>
/// <param name="Score">The score; null where there is none.</param>
/// <param name="Rest">What stands behind the score, as alignments may.</param>
internal sealed record NBestEntry(int Index, string Hypothesis, string Features, double? Score, IReadOnlyList<string> Rest)
{
    private const string Bar = "|||";

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="where">What faults call it, such as <c>Line 3 of list</c>.</param>
    /// <exception cref="InputException">It is no line of an n-best list.</exception>
    public static NBestEntry Parse(string line, string where)
    {
        string[] fields = [.. line.Split(Bar).Select(field => field.Trim(' '))];
        if (fields.Length < 2 || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            throw new InputException($"{where} is not of an n-best list: it must read 'i ||| hypothesis ||| features ||| score', where i is a number from 0.");
        string[] others = fields[2..];
        string features = others.Length > 0 && (others[0].Contains('=') || (others.Length > 1 && others[0].Length == 0)) ? others[0] : "";
        if (others.Length > 0 && (features.Length > 0 || others[0].Length == 0))
            others = others[1..];
        if (others.Length == 0)
            return new NBestEntry(index, fields[1], features, null, []);
        return double.TryParse(others[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double score)
            ? new NBestEntry(index, fields[1], features, score, others[1..])
            : throw new InputException($"{where}: the score is '{others[0]}', which is no number.");
    }

    /// <summary>The features by their names; several numbers of one name are <c>name.1</c>, <c>name.2</c> and so on.</summary>
    /// <param name="where">What faults call the line.</param>
    /// <exception cref="InputException">A feature is no number.</exception>
    public Dictionary<string, double> NamedFeatures(string where)
    {
        Dictionary<string, List<double>> lists = new(StringComparer.Ordinal);
        string? name = null;
        foreach (string part in Features.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.EndsWith('='))
                lists[name = part[..^1]] = [];
            else if (name is not null && double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                lists[name].Add(value);
            else
                throw new InputException($"{where}: '{part}' among the features is no number behind a name such as 'lm='.");
        }

        Dictionary<string, double> features = new(StringComparer.Ordinal);
        foreach ((string key, List<double> values) in lists)
        {
            for (int i = 0; i < values.Count; i++)
                features[values.Count == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}.{i + 1}")] = values[i];
        }

        return features;
    }

    /// <summary>The line again.</summary>
    /// <param name="features">Features that come behind those that are there.</param>
    /// <param name="score">The score.</param>
    public string ToLine(string features, double score) => string.Join(
        $" {Bar} ",
        (string[])[
            Index.ToString(CultureInfo.InvariantCulture), Hypothesis, Features.Length == 0 ? features : $"{Features} {features}",
            score.ToString("F6", CultureInfo.InvariantCulture), .. Rest]);
}
