using System.Globalization;
using Markdig;
using Markdig.Syntax;

namespace Sequor.Server.Documents.Markdown;

/// <summary>
/// Watches over one reading of Markdown. The parser knows neither cancellation nor a limit of its work, and some text that nobody writes takes it time that grows with the square of its
/// length; parsers of our own among its parsers ask here at every line and every mark.
/// </summary>
/// <param name="length">How many characters the document has.</param>
/// <param name="time">The clock.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class MarkdownReading(int length, TimeProvider time, CancellationToken cancellation) : MarkdownParserContext
{
    /// <summary>Searches for the end of a mark that may find nothing before the following ones look no further than <see cref="ShortSight"/>.</summary>
    private const int MostVainSearches = 32;

    /// <summary>Characters: as much as most addresses have.</summary>
    private const int ShortSight = 512;

    /// <summary>Lines that the parser takes out again, and searches for among all that it has.</summary>
    private const int MostTakenOut = 20_000;

    private static readonly TimeSpan _least = TimeSpan.FromSeconds(5);

    // Twenty times what text that people write takes.
    private static readonly TimeSpan _perMillionCharacters = TimeSpan.FromSeconds(10);

    // Between two looks the process may have been suspended, which is not the document's doing.
    private static readonly TimeSpan _longestStep = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _limit = _least + (_perMillionCharacters * (length / 1e6));

    private TimeSpan _spent;

    private long _last = time.GetTimestamp();

    private int _vainSearches;

    private int _takenOut;

    private (Block? Paragraph, int Count) _addresses;

    /// <summary>How far ahead the end of a mark may be looked for, in characters.</summary>
    internal int Sight => _vainSearches < MostVainSearches ? int.MaxValue : ShortSight;

    /// <summary>Goes on, or ends the reading.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FormatException">It takes longer than any text does.</exception>
    internal void Look()
    {
        cancellation.ThrowIfCancellationRequested();
        long now = time.GetTimestamp();
        TimeSpan step = time.GetElapsedTime(_last, now);
        _last = now;
        _spent += step < _longestStep ? step : _longestStep;
        if (_spent > _limit)
        {
            throw new FormatException("The Markdown takes far longer to read than text of its length does: it holds marks that never close, many times over. Send it as plain text.");
        }
    }

    /// <summary>Counts a search for the end of a mark that found none.</summary>
    internal void SearchedInVain() => _vainSearches++;

    /// <summary>Counts an address.</summary>
    /// <param name="paragraph">Where it stands.</param>
    /// <returns>How many there were in that paragraph, this one included.</returns>
    internal int AddressesOf(Block paragraph)
    {
        _addresses = (paragraph, _addresses.Paragraph == paragraph ? _addresses.Count + 1 : 1);
        return _addresses.Count;
    }

    /// <summary>Takes note of the lines that may define a link or a footnote; the parser reads runs of them without asking anybody.</summary>
    /// <param name="source">The document.</param>
    /// <exception cref="FormatException">There are more such lines than any text has.</exception>
    internal void Definitions(string source)
    {
        foreach (ReadOnlySpan<char> line in source.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> text = line.TrimStart(" \t>");
            if (text.StartsWith('[') && text.Contains("]:", StringComparison.Ordinal))
                Line(isTakenOut: true);
        }
    }

    /// <summary>Takes note of a line.</summary>
    /// <param name="isTakenOut">Whether it may make a heading of the line before it.</param>
    /// <exception cref="FormatException">There are more such lines than any text has.</exception>
    internal void Line(bool isTakenOut)
    {
        Look();
        _takenOut += isTakenOut ? 1 : 0;
        if (_takenOut > MostTakenOut)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                $"The Markdown has more than {MostTakenOut:N0} definitions of links and footnotes and underlined headings. Cut it into several files, or send it as plain text."));
        }
    }
}
