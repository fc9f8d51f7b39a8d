namespace Sequor.Scoring;

/// <summary>
/// Which hypothesis word METEOR matches with which reference word. Stage by stage, each free hypothesis word, from the last to the first, takes the last free
/// reference word that fits it; NLTK does the same.
/// </summary>
internal sealed class MeteorAlignment
{
    private const int _free = -1;
    private readonly int[] _partners;
    private readonly bool[] _taken;

    internal MeteorAlignment(IReadOnlyList<string> hypothesis, IReadOnlyList<string> reference, MeteorOptions options)
    {
        _partners = new int[hypothesis.Count];
        Array.Fill(_partners, _free);
        _taken = new bool[reference.Count];
        MatchEqual(hypothesis, reference);
        if (options.Stem)
            MatchEqual([.. hypothesis.Select(PorterStemmer.Stem)], [.. reference.Select(PorterStemmer.Stem)]);
        if (options.Synonyms is { } wordNet)
            MatchSynonyms(hypothesis, reference, wordNet);
    }

    internal int Matches => _partners.Count(partner => partner != _free);

    /// <summary>Runs of matched words that stand together, in the same order, on both sides.</summary>
    internal int Chunks
    {
        get
        {
            var chunks = 0;
            for (var place = 0; place < _partners.Length; place++)
            {
                bool continues = place > 0 && _partners[place - 1] != _free && _partners[place] == _partners[place - 1] + 1;
                chunks += _partners[place] != _free && !continues ? 1 : 0;
            }

            return chunks;
        }
    }

    private void MatchEqual(IReadOnlyList<string> hypothesis, IReadOnlyList<string> reference)
    {
        for (int place = hypothesis.Count - 1; place >= 0; place--)
            Match(place, reference, word => string.Equals(word, hypothesis[place], StringComparison.Ordinal));
    }

    private void MatchSynonyms(IReadOnlyList<string> hypothesis, IReadOnlyList<string> reference, WordNet wordNet)
    {
        for (int place = hypothesis.Count - 1; place >= 0; place--)
        {
            if (_partners[place] == _free)
                Match(place, reference, wordNet.Synonyms(hypothesis[place]).Contains);
        }
    }

    private void Match(int place, IReadOnlyList<string> reference, Func<string, bool> fits)
    {
        for (int partner = reference.Count - 1; partner >= 0 && _partners[place] == _free; partner--)
        {
            if (_taken[partner] || !fits(reference[partner]))
                continue;
            _partners[place] = partner;
            _taken[partner] = true;
        }
    }
}
