using Sequor.Text;

namespace Sequor.LanguageModels;

/// <summary>A text as numbers of words: sentences end to end, each between the word that begins it and the one that ends it.</summary>
internal sealed class TrainingText
{
    private int[] _ids = new int[1 << 12];
    private int _length;

    private TrainingText(Vocabulary words, int padding) => (Words, Padding) = (words, padding);

    internal Vocabulary Words { get; private set; }

    /// <summary>The word that is never text; -1 where there is none.</summary>
    internal int Padding { get; }

    internal long Sentences { get; private set; }

    internal long Unknown { get; private set; }

    /// <summary>Words without those that begin and end sentences.</summary>
    internal long Length => _length - (2 * Sentences);

    internal int[] Ids => _ids.AsSpan(0, _length).ToArray();

    /// <summary>Cuts lines at spaces and tabs; words too rare become unknown.</summary>
    internal static TrainingText OfWords(IEnumerable<string> lines, int minimumCount)
    {
        List<string> names = [SpecialTokens.Unknown, SpecialTokens.Begin, SpecialTokens.End];
        List<int> counts = [0, 0, 0];
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> found = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        // A text that spells a special name does not mean it.
        foreach (string name in names)
            ids.Add(name, 0);
        TrainingText text = new(new Vocabulary(names), padding: -1);
        foreach (string line in lines)
        {
            int before = text._length;
            foreach (Range range in line.AsSpan().SplitAny(' ', '\t'))
            {
                ReadOnlySpan<char> word = line.AsSpan(range);
                if (word.IsEmpty)
                    continue;
                if (!found.TryGetValue(word, out int id))
                {
                    id = names.Count;
                    ids.Add(word.ToString(), id);
                    names.Add(word.ToString());
                    counts.Add(0);
                }

                counts[id]++;
                text.AddWord(id, before);
            }

            text.EndSentence(before);
        }

        text.Keep(names, counts, minimumCount);
        return text;
    }

    /// <summary>Cuts lines into pieces of a vocabulary.</summary>
    internal static TrainingText OfPieces(IEnumerable<string> lines, Tokenizer tokenizer)
    {
        Vocabulary pieces = tokenizer.Vocabulary;
        TrainingText text = new(PieceSpelling.Words(pieces), pieces.PadId);
        int unknown = text.Words.UnknownId;
        foreach (string line in lines)
        {
            int before = text._length;
            foreach (int id in tokenizer.Encode(line))
                text.AddWord(id < 0 || id == pieces.BeginId || id == pieces.EndId || id == pieces.PadId ? unknown : id, before);
            text.EndSentence(before);
        }

        text.Unknown = text._ids.AsSpan(0, text._length).Count(unknown);
        return text;
    }

    private void AddWord(int id, int sentence)
    {
        if (_length == sentence)
            Add(Words.BeginId);
        Add(id);
    }

    private void EndSentence(int sentence)
    {
        if (_length == sentence)
            return;
        Add(Words.EndId);
        Sentences++;
    }

    private void Add(int id)
    {
        if (_length == _ids.Length)
            Array.Resize(ref _ids, checked(_length * 2));
        _ids[_length++] = id;
    }

    /// <summary>Renumbers the words, so that those too rare are unknown.</summary>
    private void Keep(List<string> names, List<int> counts, int minimumCount)
    {
        int special = Words.Size;
        int[] renumbered = new int[names.Count];
        List<string> kept = [.. Words.Pieces];
        for (int id = 0; id < renumbered.Length; id++)
        {
            if (id >= special && counts[id] >= minimumCount)
            {
                renumbered[id] = kept.Count;
                kept.Add(names[id]);
            }
            else
            {
                renumbered[id] = id < special ? id : Words.UnknownId;
            }
        }

        for (int place = 0; place < _length; place++)
            _ids[place] = renumbered[_ids[place]];
        Unknown = _ids.AsSpan(0, _length).Count(Words.UnknownId);
        Words = new Vocabulary(kept);
    }
}
