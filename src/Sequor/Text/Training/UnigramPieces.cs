namespace Sequor.Text.Training;

/// <summary>A unigram language model under training: pieces, the logarithms of their probabilities, and a trie to find them.</summary>
internal sealed class UnigramPieces
{
    // An unknown character costs ten nats more than the rarest piece, as in SentencePiece.
    private const double UnknownPenalty = 10;

    private readonly (string Piece, double LogProbability)[] _pieces;

    public UnigramPieces((string Piece, double LogProbability)[] pieces)
    {
        _pieces = pieces;
        Trie = new PieceTrie(pieces.Select(entry => entry.Piece));
        Lowest = pieces.Length == 0 ? 0 : pieces.Min(entry => entry.LogProbability);
    }

    /// <summary>How many pieces there are.</summary>
    public int Count => _pieces.Length;

    /// <summary>Finds the pieces that begin at a place of a text.</summary>
    public PieceTrie Trie { get; }

    /// <summary>The lowest logarithm of a probability.</summary>
    public double Lowest { get; }

    /// <summary>What a character costs that no piece spells.</summary>
    public double Unknown => Lowest - UnknownPenalty;

    /// <summary>A piece and the natural logarithm of its probability.</summary>
    public (string Piece, double LogProbability) this[int piece] => _pieces[piece];

    /// <summary>The code points of a piece.</summary>
    public int[] CodePointsOf(int piece) => CodePoints.Of(_pieces[piece].Piece);
}
