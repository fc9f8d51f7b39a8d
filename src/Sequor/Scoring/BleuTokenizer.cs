namespace Sequor.Scoring;

/// <summary>How BLEU cuts a line into words. Each does what sacreBLEU's tokenizer of the same name does.</summary>
public enum BleuTokenizer
{
    /// <summary><c>13a</c>: mteval-v13a, WMT's standard for European languages. The default.</summary>
    Mteval13A,

    /// <summary><c>intl</c>: mteval-v14 with <c>--international-tokenization</c>; cuts at Unicode punctuation and symbols.</summary>
    International,

    /// <summary><c>zh</c>: each Chinese character is a word, the rest as <c>13a</c>.</summary>
    Chinese,

    /// <summary><c>char</c>: each code point is a word; spaces vanish.</summary>
    Character,

    /// <summary><c>none</c>: words are what white space separates; for text that is tokenised already.</summary>
    None,
}

/// <summary>Names of BLEU's tokenizers, and the cutting itself.</summary>
public static class BleuTokenizers
{
    private static readonly string[] _names = ["13a", "intl", "zh", "char", "none"];

    /// <summary>The names that <see cref="Parse"/> knows: <c>13a, intl, zh, char, none</c>.</summary>
    public static IReadOnlyList<string> Names => _names;

    /// <summary>The tokenizer of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException">No tokenizer has this name.</exception>
    public static BleuTokenizer Parse(string name)
    {
        int place = Array.IndexOf(_names, name);
        return place >= 0
            ? (BleuTokenizer)place
            : throw new ArgumentException($"Unknown BLEU tokenizer '{name}'. It must be one of {string.Join(", ", _names)}.", nameof(name));
    }

    /// <summary>The name of a tokenizer, as options and signatures write it.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <returns>One of <see cref="Names"/>.</returns>
    public static string Name(this BleuTokenizer tokenizer) => _names[(int)tokenizer];

    /// <summary>Cuts a line into words.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="line">The line; white space at its end does not matter.</param>
    /// <returns>The words, none of them empty.</returns>
    public static IReadOnlyList<string> Split(this BleuTokenizer tokenizer, string line) => Words(tokenizer, line);

    internal static List<string> Words(BleuTokenizer tokenizer, string line)
    {
        string trimmed = Whitespace.TrimEnd(line);
        return tokenizer switch
        {
            BleuTokenizer.Mteval13A => Mteval13AWords.Of(trimmed),
            BleuTokenizer.International => InternationalWords.Of(trimmed),
            BleuTokenizer.Chinese => ChineseWords.Of(trimmed),
            BleuTokenizer.Character => CodePoints.Words(CodePoints.Surround(CodePoints.Of(trimmed), _ => true)),
            _ => Whitespace.Split(trimmed),
        };
    }
}
