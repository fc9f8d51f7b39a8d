namespace Sequor.Text.Training;

/// <summary>All ways to spell one text with the pieces of a model, as edges between the places of the text.</summary>
internal sealed class UnigramLattice(UnigramPieces pieces)
{
    private readonly record struct Edge(int Begin, int End, int Piece, double LogProbability);

    // Edges in the order of their beginnings; those of place b are _edges[_firstEdge[b].._firstEdge[b + 1]].
    private readonly List<Edge> _edges = [];
    private readonly List<int> _firstEdge = [];
    private double[] _forward = new double[64];
    private double[] _backward = new double[64];
    private double[] _peak = new double[64];
    private int[] _bestEdge = new int[64];
    private int _length;

    /// <summary>Lays out the edges of a text.</summary>
    /// <param name="text">1 code point or more.</param>
    /// <param name="withoutWhole">Whether the piece that spells the whole text is left out.</param>
    public void SetText(ReadOnlySpan<int> text, bool withoutWhole = false)
    {
        _length = text.Length;
        _edges.Clear();
        _firstEdge.Clear();
        for (int begin = 0; begin < text.Length; begin++)
        {
            _firstEdge.Add(_edges.Count);
            bool hasCharacter = AddPieces(text, begin, withoutWhole ? text.Length : int.MaxValue);
            if (!hasCharacter)
                _edges.Add(new Edge(begin, begin + 1, PieceTrie.None, pieces.Unknown));
        }
        _firstEdge.Add(_edges.Count);

        if (_forward.Length <= _length)
        {
            int size = 2 * (_length + 1);
            (_forward, _backward, _peak, _bestEdge) = (new double[size], new double[size], new double[size], new int[size]);
        }
    }

    /// <summary>Adds to every piece how often it is expected in the text, under all spellings by their probability.</summary>
    /// <param name="count">How often the corpus holds the text.</param>
    /// <param name="expected">One sum for each piece.</param>
    /// <returns>Natural logarithm of the text's probability.</returns>
    public double AddExpected(double count, double[] expected)
    {
        RunForward();
        RunBackward();
        double total = _forward[_length];
        foreach (Edge edge in _edges)
        {
            if (edge.Piece != PieceTrie.None)
                expected[edge.Piece] += count * Math.Exp(_forward[edge.Begin] + edge.LogProbability + _backward[edge.End] - total);
        }
        return total;
    }

    /// <summary>Finds the most probable spelling.</summary>
    /// <param name="path">Receives its pieces from last to first; <see cref="PieceTrie.None"/> for an unknown character.</param>
    /// <returns>Natural logarithm of its probability; negative infinity where the text cannot be spelt.</returns>
    public double BestPath(List<int> path)
    {
        path.Clear();
        _forward.AsSpan(0, _length + 1).Fill(double.NegativeInfinity);
        _forward[0] = 0;
        for (int index = 0; index < _edges.Count; index++)
        {
            Edge edge = _edges[index];
            double reached = _forward[edge.Begin] + edge.LogProbability;
            if (reached > _forward[edge.End])
            {
                _forward[edge.End] = reached;
                _bestEdge[edge.End] = index;
            }
        }
        for (int place = _length; place > 0 && !double.IsNegativeInfinity(_forward[_length]); place = _edges[_bestEdge[place]].Begin)
            path.Add(_edges[_bestEdge[place]].Piece);
        return _forward[_length];
    }

    private bool AddPieces(ReadOnlySpan<int> text, int begin, int tooLong)
    {
        bool hasCharacter = false;
        int node = 0;
        for (int end = begin + 1; end <= text.Length; end++)
        {
            node = pieces.Trie.Follow(node, text[end - 1]);
            if (node == PieceTrie.None)
                break;
            int piece = pieces.Trie.PieceAt(node);
            if (piece == PieceTrie.None || end - begin >= tooLong)
                continue;
            hasCharacter |= end == begin + 1;
            _edges.Add(new Edge(begin, end, piece, pieces[piece].LogProbability));
        }
        return hasCharacter;
    }

    // Sums of probabilities as logarithms: the largest term is taken out first, so that long texts do not vanish.
    private void RunForward()
    {
        _peak.AsSpan(0, _length + 1).Fill(double.NegativeInfinity);
        _forward.AsSpan(0, _length + 1).Clear();
        _peak[0] = 0;
        _forward[0] = 1;
        for (int begin = 0; begin < _length; begin++)
        {
            Settle(begin);
            for (int index = _firstEdge[begin]; index < _firstEdge[begin + 1]; index++)
                Collect(_edges[index].End, _forward[begin] + _edges[index].LogProbability);
        }
        Settle(_length);
    }

    private void Settle(int place) => _forward[place] = _peak[place] + Math.Log(_forward[place]);

    // Terms arrive one by one; a new peak rescales the sum of the terms before it.
    private void Collect(int place, double term)
    {
        if (term <= _peak[place])
        {
            _forward[place] += Math.Exp(term - _peak[place]);
            return;
        }
        _forward[place] = (_forward[place] * Math.Exp(_peak[place] - term)) + 1;
        _peak[place] = term;
    }

    private void RunBackward()
    {
        _backward[_length] = 0;
        for (int begin = _length - 1; begin >= 0; begin--)
        {
            double peak = double.NegativeInfinity;
            for (int index = _firstEdge[begin]; index < _firstEdge[begin + 1]; index++)
                peak = Math.Max(peak, _edges[index].LogProbability + _backward[_edges[index].End]);
            double sum = 0;
            for (int index = _firstEdge[begin]; index < _firstEdge[begin + 1]; index++)
                sum += Math.Exp(_edges[index].LogProbability + _backward[_edges[index].End] - peak);
            _backward[begin] = peak + Math.Log(sum);
        }
    }
}
