using System.Text;

namespace Sequor.Text.Training;

/// <summary>Cuts given pieces out of text, so that training never learns a part of them.</summary>
internal sealed class SymbolCutter
{
    private readonly Dictionary<char, string[]> _byFirst;
    private readonly System.Buffers.SearchValues<char> _firsts;

    public SymbolCutter(IEnumerable<string> symbols)
    {
        _byFirst = symbols.GroupBy(symbol => symbol[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(symbol => symbol.Length).ToArray());
        _firsts = System.Buffers.SearchValues.Create([.. _byFirst.Keys]);
    }

    /// <summary>Puts <see cref="PieceRules.SymbolGap"/> where a symbol stood; where several fit, the longest is cut.</summary>
    public string Cut(string text)
    {
        int candidate = text.AsSpan().IndexOfAny(_firsts);
        if (candidate < 0)
            return text;

        StringBuilder kept = new(text.Length);
        int position = 0;
        while (candidate >= 0)
        {
            kept.Append(text, position, candidate - position);
            int length = LengthAt(text, candidate);
            kept.Append(length > 0 ? PieceRules.SymbolGap : text[candidate]);
            position = candidate + Math.Max(length, 1);
            int offset = text.AsSpan(position).IndexOfAny(_firsts);
            candidate = offset < 0 ? -1 : position + offset;
        }
        return kept.Append(text, position, text.Length - position).ToString();
    }

    private int LengthAt(string text, int position)
    {
        foreach (string symbol in _byFirst[text[position]])
        {
            if (string.CompareOrdinal(text, position, symbol, 0, symbol.Length) == 0)
                return symbol.Length;
        }
        return 0;
    }
}
