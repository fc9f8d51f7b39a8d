namespace Sequor.Text;

/// <summary>Finds the user-defined symbols, which are cut out of any text whole.</summary>
internal sealed class SymbolMatcher
{
    private readonly DoubleArray? _trie;

    /// <summary>A matcher for the given symbols, UTF-8.</summary>
    public SymbolMatcher(IReadOnlyCollection<byte[]> symbols) =>
        _trie = symbols.Count == 0 ? null : DoubleArrayBuilder.Build([.. symbols.Select((symbol, i) => (symbol, i))]);

    /// <summary>Whether any symbol begins with this byte.</summary>
    public bool MayBeginWith(byte first) => _trie is not null && _trie.HasPath([first]);

    /// <summary>The length of the longest symbol that the text begins with, 0 when there is none.</summary>
    public int Match(ReadOnlySpan<byte> text) => _trie is null ? 0 : _trie.LongestPrefix(text, out _);
}
