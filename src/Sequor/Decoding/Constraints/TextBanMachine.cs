using System.Buffers;
using System.Text;

namespace Sequor.Decoding.Constraints;

/// <summary>
/// Keeps texts from being written, whatever pieces would spell them. Where a text ends in a letter or a digit it is meant only where a word ends; a piece that ends with
/// it counts as such an end, so that no word is lengthened to slip through. Where every piece is one character it is the next one that counts.
/// </summary>
internal sealed class TextBanMachine : ConstraintMachine
{
    private const int Boundary = -1;

    private readonly PieceTexts _texts;
    private readonly SymbolTrie _runs = new();
    private readonly HashSet<int> _completeNodes = [];
    private readonly Lock _turn = new();
    private readonly Dictionary<Place, int> _states = [];
    private readonly List<Place> _places = [];
    private readonly List<int[]?> _banned = [];
    private readonly byte[] _bytes;

    /// <summary>Makes the machine.</summary>
    /// <param name="banned">The texts, and which of the sentence's constraints each belongs to.</param>
    /// <param name="texts">What the pieces spell.</param>
    internal TextBanMachine(IEnumerable<(string Text, int Constraint)> banned, PieceTexts texts)
    {
        _texts = texts;
        foreach ((string text, int constraint) in banned)
        {
            Add(text, constraint);
        }

        _runs.Finish();
        _bytes = new byte[4 + texts.LongestBytes];
        Start = StateOf(new Place(SymbolTrie.Root, false, 0, 0, texts.Start));
    }

    internal override int Start { get; }

    internal override int Next(int state, int previous, int id)
    {
        lock (_turn)
        {
            Place place = _places[state];
            Read(ref place, id);
            return StateOf(place);
        }
    }

    internal override bool MayEnd(int state)
    {
        lock (_turn)
        {
            return !_runs.IsEnd(_runs.Read(_places[state].Node, Boundary));
        }
    }

    internal override void Ban(int state, int room, Span<float> logProbabilities)
    {
        int[] banned;
        lock (_turn)
        {
            int list = (2 * state) + (room > 1 ? 0 : 1);
            banned = _banned[list] ??= BannedAt(_places[state], isWordOver: room <= 1 || !_texts.SpellsSingleLetters);
        }

        foreach (int id in banned)
        {
            logProbabilities[id] = float.NegativeInfinity;
        }
    }

    internal override void Report(ReadOnlySpan<int> ids, int state, Span<bool> met)
    {
        lock (_turn)
        {
            Place place = _places[Start];
            foreach (int id in ids)
            {
                Read(ref place, id, met);
            }

            Tell(_runs.Read(place.Node, Boundary), met);
        }
    }

    private void Add(string text, int constraint)
    {
        List<int> symbols = [];
        bool isInWord = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!(isInWord && PieceTexts.IsInWord(rune)))
            {
                symbols.Add(Boundary);
            }

            symbols.Add(rune.Value);
            isInWord = PieceTexts.IsInWord(rune);
        }

        int[] path = _runs.Add([.. symbols, .. isInWord ? (int[])[Boundary] : []], constraint);
        if (isInWord)
        {
            _completeNodes.Add(path[^2]);
        }
    }

    private int StateOf(in Place place)
    {
        if (!_states.TryGetValue(place, out int state))
        {
            state = _places.Count;
            _states.Add(place, state);
            _places.Add(place);
            _banned.AddRange([null, null]);
        }

        return state;
    }

    /// <param name="place">Where the text stands.</param>
    /// <param name="isWordOver">Whether a word that stands complete behind a piece is taken to end there.</param>
    private int[] BannedAt(Place place, bool isWordOver)
    {
        var banned = new List<int>();
        for (int id = 0; id < _texts.Count; id++)
        {
            Place behind = place;
            if (Read(ref behind, id) || (isWordOver && IsComplete(behind.Node)))
            {
                banned.Add(id);
            }
        }

        return [.. banned];
    }

    private bool IsComplete(int node)
    {
        for (; node != SymbolTrie.Root; node = _runs.Shorter(node))
        {
            if (_completeNodes.Contains(node))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a piece, and tells whether a banned text stands in it or ends in it.</summary>
    private bool Read(ref Place place, int id, Span<bool> met = default)
    {
        if (_texts.IsUnknown(id))
        {
            place = new Place(SymbolTrie.Root, false, 0, 0, _texts.Next(id, place.Text));
            return false;
        }

        ReadOnlySpan<byte> added = _texts.Bytes(id, place.Text);
        for (int i = 0; i < place.PendingCount; i++)
        {
            _bytes[i] = (byte)(place.Pending >> (8 * i));
        }

        added.CopyTo(_bytes.AsSpan(place.PendingCount));
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, place.PendingCount + added.Length);
        (int node, bool isInWord, bool hit) = (place.Node, place.IsInWord, false);
        while (!bytes.IsEmpty && Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) is var status && status != OperationStatus.NeedMoreData)
        {
            bytes = bytes[consumed..];
            if (!(isInWord && PieceTexts.IsInWord(rune)))
            {
                node = _runs.Read(node, Boundary);
                hit |= Tell(node, met);
            }

            node = _runs.Read(node, rune.Value);
            hit |= Tell(node, met);
            isInWord = PieceTexts.IsInWord(rune);
        }

        uint pending = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            pending |= (uint)bytes[i] << (8 * i);
        }

        place = new Place(node, isInWord, pending, bytes.Length, _texts.Next(id, place.Text));
        return hit;
    }

    private bool Tell(int node, Span<bool> met)
    {
        bool any = false;
        for (; node != SymbolTrie.Root; node = _runs.Shorter(node))
        {
            foreach (int constraint in _runs.Ends(node))
            {
                any = true;
                if (!met.IsEmpty)
                {
                    met[constraint] = false;
                }
            }
        }

        return any;
    }

    /// <summary>Where a text stands: the run it is in, whether it ends in a word, the bytes of a character that is not whole yet, and what comes of the next space.</summary>
    private readonly record struct Place(int Node, bool IsInWord, uint Pending, int PendingCount, TextPlace Text);
}
