namespace Sequor.Scoring;

/// <summary>
/// Cuts English endings off words (Porter 1980, "An algorithm for suffix stripping"), with the amendments that NLTK makes and rouge-score thereby uses: a few
/// irregular words, "dies" to "die", "enjoy" kept, "fulli" to "ful". Words are lower-case ASCII letters and digits.
/// </summary>
internal static class PorterStemmer
{
    private static readonly Dictionary<string, string> _irregular = new(StringComparer.Ordinal)
    {
        ["sky"] = "sky",
        ["skies"] = "sky",
        ["dying"] = "die",
        ["lying"] = "lie",
        ["tying"] = "tie",
        ["news"] = "news",
        ["innings"] = "inning",
        ["inning"] = "inning",
        ["outings"] = "outing",
        ["outing"] = "outing",
        ["cannings"] = "canning",
        ["canning"] = "canning",
        ["howe"] = "howe",
        ["proceed"] = "proceed",
        ["exceed"] = "exceed",
        ["succeed"] = "succeed",
    };

    // Of each list the first ending that fits decides, whether or not its stem is long enough.
    private static readonly (string Ending, string Replacement)[] _plurals = [("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")];

    private static readonly (string Ending, string Replacement)[] _doubleEndings =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
    ];

    private static readonly (string Ending, string Replacement)[] _adjectiveEndings =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] _lastEndings =
    [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
    ];

    internal static string Stem(string word)
    {
        if (_irregular.TryGetValue(word, out string? regular))
            return regular;
        if (word.Length <= 2)
            return word;
        word = CutParticiple(CutPlural(word));
        word = TurnFinalY(word);
        word = TurnDoubleEnding(word);
        word = Replace(word, _adjectiveEndings);
        return CutFinalL(CutFinalE(CutLastEnding(word)));
    }

    private static string CutPlural(string word)
    {
        if (word.Length == 4 && Ends(word, "ies"))
            return word[..^1];
        (string ending, string replacement) = _plurals.FirstOrDefault(rule => Ends(word, rule.Ending), (Ending: "", Replacement: ""));
        return word[..^ending.Length] + replacement;
    }

    private static string CutParticiple(string word)
    {
        if (Ends(word, "ied"))
            return word.Length == 4 ? word[..^1] : word[..^2];
        if (Ends(word, "eed"))
            return Measure(word.AsSpan()[..^3]) > 0 ? word[..^1] : word;
        foreach (string ending in (ReadOnlySpan<string>)["ed", "ing"])
        {
            if (Ends(word, ending) && HasVowel(word.AsSpan()[..^ending.Length]))
                return MendAfterParticiple(word[..^ending.Length]);
        }

        return word;
    }

    // "conflat" wants its e back, "hopp" loses a p, "fil" was "file".
    private static string MendAfterParticiple(string stem)
    {
        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz"))
            return stem + "e";
        if (stem.Length >= 2 && stem[^1] == stem[^2] && IsConsonant(stem, stem.Length - 1))
            return stem[^1] is 'l' or 's' or 'z' ? stem : stem[..^1];
        return Measure(stem) == 1 && EndsInShortSyllable(stem) ? stem + "e" : stem;
    }

    private static string TurnFinalY(string word) =>
        Ends(word, "y") && word.Length > 2 && IsConsonant(word, word.Length - 2) ? word[..^1] + "i" : word;

    private static string TurnDoubleEnding(string word)
    {
        // "alli" goes before the rest, and its result may end in another of them.
        while (Ends(word, "alli") && Measure(word.AsSpan()[..^4]) > 0)
            word = word[..^2];
        if (Ends(word, "logi") && !_doubleEndings.Any(rule => Ends(word, rule.Ending)))
            return Measure(word.AsSpan()[..^3]) > 0 ? word[..^1] : word;
        return Replace(word, _doubleEndings);
    }

    private static string Replace(string word, (string Ending, string Replacement)[] rules)
    {
        (string ending, string replacement) = rules.FirstOrDefault(rule => Ends(word, rule.Ending), (Ending: "", Replacement: ""));
        return ending.Length > 0 && Measure(word.AsSpan()[..^ending.Length]) > 0 ? word[..^ending.Length] + replacement : word;
    }

    private static string CutLastEnding(string word)
    {
        string ending = _lastEndings.FirstOrDefault(ending => Ends(word, ending), "");
        if (ending.Length == 0)
            return word;
        string stem = word[..^ending.Length];
        bool longEnough = Measure(stem) > 1;
        return longEnough && (ending != "ion" || stem[^1] is 's' or 't') ? stem : word;
    }

    private static string CutFinalE(string word)
    {
        if (!Ends(word, "e"))
            return word;
        string stem = word[..^1];
        int measure = Measure(stem);
        return measure > 1 || (measure == 1 && !EndsInShortSyllable(stem)) ? stem : word;
    }

    private static string CutFinalL(string word) => Ends(word, "ll") && Measure(word.AsSpan()[..^1]) > 1 ? word[..^1] : word;

    private static bool Ends(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);

    // How often a consonant follows a vowel: Porter's m.
    private static int Measure(ReadOnlySpan<char> stem)
    {
        var measure = 0;
        for (var i = 1; i < stem.Length; i++)
            measure += IsConsonant(stem, i) && !IsConsonant(stem, i - 1) ? 1 : 0;
        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<char> stem)
    {
        for (var i = 0; i < stem.Length; i++)
        {
            if (!IsConsonant(stem, i))
                return true;
        }

        return false;
    }

    // Consonant, vowel, consonant other than w, x, y; or NLTK's two letters, vowel and consonant.
    private static bool EndsInShortSyllable(ReadOnlySpan<char> stem)
    {
        if (stem.Length == 2)
            return !IsConsonant(stem, 0) && IsConsonant(stem, 1);
        return stem.Length >= 3
            && IsConsonant(stem, stem.Length - 3)
            && !IsConsonant(stem, stem.Length - 2)
            && IsConsonant(stem, stem.Length - 1)
            && stem[^1] is not ('w' or 'x' or 'y');
    }

    private static bool IsConsonant(ReadOnlySpan<char> word, int place) => word[place] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => place == 0 || !IsConsonant(word, place - 1),
        _ => true,
    };
}
