using System.Globalization;

namespace Sequor.Scoring;

/// <summary>
/// The synonyms of English words from the database files of Princeton WordNet 3 (<c>data.noun</c>, <c>noun.exc</c> and their like; Debian's package
/// <c>wordnet-base</c>). Not part of this library: read from a folder where it is installed.
/// </summary>
public sealed class WordNet
{
    private readonly List<string[]> _synonymSets = [];
    private readonly PartOfSpeech[] _partsOfSpeech;

    private WordNet(PartOfSpeech[] partsOfSpeech) => _partsOfSpeech = partsOfSpeech;

    /// <summary>Where WordNet's database files usually lie; the environment variable <c>WNSEARCHDIR</c> names another folder.</summary>
    public static IReadOnlyList<string> UsualFolders { get; } =
        ["/usr/share/wordnet", "/usr/local/WordNet-3.0/dict", "/usr/share/wordnet-3.0/dict", "/opt/homebrew/opt/wordnet/dict"];

    /// <summary>Looks for installed database files.</summary>
    /// <returns>The first folder that holds them, or null.</returns>
    public static string? FindFolder() =>
        UsualFolders.Prepend(Environment.GetEnvironmentVariable("WNSEARCHDIR") ?? "")
            .FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "data.noun")));

    /// <summary>Reads the database files.</summary>
    /// <param name="folder">A folder with <c>data</c> and <c>exc</c> files for noun, verb, adj and adv.</param>
    /// <returns>The synonyms.</returns>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A line is not in the format of <c>wndb(5)</c>.</exception>
    public static WordNet Load(string folder)
    {
        // The endings are those of WordNet's own lemmatiser, morphy(7).
        var wordNet = new WordNet(
        [
            new("noun", [("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y")]),
            new("verb", [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")]),
            new("adj", [("er", ""), ("est", ""), ("er", "e"), ("est", "e")]),
            new("adv", []),
        ]);
        foreach (PartOfSpeech partOfSpeech in wordNet._partsOfSpeech)
            wordNet.Read(folder, partOfSpeech);
        return wordNet;
    }

    /// <summary>The words that share a meaning with a word, in any part of speech and with its endings cut off.</summary>
    /// <param name="word">A word in lower case.</param>
    /// <returns>Single words in lower case; the word itself only if WordNet has it.</returns>
    public IReadOnlySet<string> Synonyms(string word) => _partsOfSpeech
        .SelectMany(partOfSpeech => partOfSpeech.BaseForms(word).SelectMany(form => partOfSpeech.Meanings[form]))
        .SelectMany(meaning => _synonymSets[meaning])
        .ToHashSet(StringComparer.Ordinal);

    private void Read(string folder, PartOfSpeech partOfSpeech)
    {
        string data = Path.Combine(folder, "data." + partOfSpeech.Name);
        var number = 0;
        foreach (string line in File.ReadLines(data))
        {
            number++;

            // The licence at the top is indented; a data line starts with its offset.
            if (line.StartsWith(' ') || line.Length == 0)
                continue;
            string[] words = WordsOf(line)
                ?? throw new InvalidDataException($"{data}, line {number}: not a data line of WordNet's format wndb(5). Is the file damaged?");

            // A compound is nobody's synonym here, but an irregular form may lead to it: "comics" to comic_strip, and so to "funnies".
            foreach (string word in words)
                partOfSpeech.Add(word, _synonymSets.Count);
            _synonymSets.Add([.. words.Where(word => !word.Contains('_', StringComparison.Ordinal))]);
        }

        foreach (string line in File.ReadLines(Path.Combine(folder, partOfSpeech.Name + ".exc")))
        {
            string[] forms = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (forms.Length > 1)
                partOfSpeech.Irregular[forms[0]] = forms[1..];
        }
    }

    // "offset file type count(hexadecimal) word id word id ..."; an adjective may carry a mark, as in galore(ip).
    private static string[]? WordsOf(string line)
    {
        string[] fields = line.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool fits = int.TryParse(
            fields.ElementAtOrDefault(3), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int count);
        if (!fits || count < 0 || fields.Length < 4 + (2L * count))
            return null;
        return [.. Enumerable.Range(0, count).Select(place => LowerCase.Of(fields[4 + (2 * place)].Split('(')[0]))];
    }

    private sealed class PartOfSpeech(string name, (string Ending, string Replacement)[] endings)
    {
        internal string Name => name;

        internal Dictionary<string, List<int>> Meanings { get; } = new(StringComparer.Ordinal);

        internal Dictionary<string, string[]> Irregular { get; } = new(StringComparer.Ordinal);

        internal void Add(string word, int meaning)
        {
            if (!Meanings.TryGetValue(word, out List<int>? meanings))
                Meanings.Add(word, meanings = []);
            meanings.Add(meaning);
        }

        // Irregular forms decide; else the word and its cut forms; else what cutting the cut forms again gives.
        internal IEnumerable<string> BaseForms(string word)
        {
            if (Irregular.TryGetValue(word, out string[]? regular))
                return Known([word, .. regular]);

            List<string> cut = Cut([word]);
            List<string> known = Known([word, .. cut]);
            while (known.Count == 0 && cut.Count > 0)
            {
                cut = Cut(cut);
                known = Known(cut);
            }

            return known;
        }

        private List<string> Known(List<string> forms) => [.. forms.Where(Meanings.ContainsKey).Distinct()];

        private List<string> Cut(List<string> forms) =>
        [
            .. from form in forms
               from rule in endings
               where form.EndsWith(rule.Ending, StringComparison.Ordinal)
               select form[..^rule.Ending.Length] + rule.Replacement,
        ];
    }
}
