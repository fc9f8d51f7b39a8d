using System.Globalization;
using Sequor.Batching;

namespace Sequor.Checkpoints;

/// <summary>
/// The rows of a text file of word vectors, plain or gzip: a word and its numbers between single spaces or tabs, after a header
/// <c>rows columns</c> (word2vec) or none (GloVe). Numbers are counted from the line's end, because words of some files hold spaces.
/// </summary>
internal sealed class WordVectorFile : IDisposable
{
    private const int LineLimitBytes = 1 << 22;

    // Words with spaces make lines look wider; among so many lines, one word has none.
    private const int LinesLookedAt = 100;

    private readonly LineReader _lines;
    private readonly Queue<(long Line, string Text)> _ahead = new();
    private readonly long _promisedRows = -1;
    private long _rows;

    /// <summary>Opens a file and finds out how wide its vectors are.</summary>
    /// <exception cref="CorpusException">The file is missing, unreadable, empty or not UTF-8.</exception>
    internal WordVectorFile(string path)
    {
        _lines = new LineReader(path, LineLimitBytes, "file of word vectors");
        try
        {
            while (_ahead.Count < LinesLookedAt && ReadLine() is { } line)
                _ahead.Enqueue(line);
            if (_ahead.TryPeek(out (long Line, string Text) first) && TryHeader(first.Text, out long rows, out int columns))
            {
                _promisedRows = rows;
                _ahead.Dequeue();
                Width = columns;
            }
            else
            {
                Width = _ahead.Count == 0 ? 0 : _ahead.Min(line => Separators(line.Text));
            }

            if (Width < 1)
                throw Fault(Math.Max(1, _lines.Line), "there are no word vectors: a word and its numbers were expected on every line");
        }
        catch
        {
            _lines.Dispose();
            throw;
        }
    }

    /// <summary>Numbers of each vector.</summary>
    internal int Width { get; }

    /// <summary>Reads the next word; its numbers are left unread until they are asked for.</summary>
    /// <param name="word">The word, spaces within it included.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="CorpusException">A line has too few columns, or the file ends before its header says.</exception>
    internal bool Read(out WordVectorRow word)
    {
        word = default;
        (long Line, string Text)? next = _ahead.TryDequeue(out (long Line, string Text) queued) ? queued : ReadLine();
        if (next is not var (line, text))
        {
            return _rows < _promisedRows
                ? throw Fault(_lines.Line, $"the file ends after {_rows} vectors, but its first line promises {_promisedRows}: it may be cut short; fetch it again")
                : false;
        }

        _rows++;
        int end = text.Length;
        for (int i = 0; i < Width && end > 0; i++)
            end = text.AsSpan(0, end).LastIndexOfAny(' ', '\t');
        if (end <= 0)
            throw Fault(line, $"{Separators(text) + 1} columns were found where a word and {Width} numbers are expected, as on the other lines");
        word = new WordVectorRow(this, line, text, end);
        return true;
    }

    public void Dispose() => _lines.Dispose();

    internal CorpusException Fault(long line, string problem) => new(
        string.Create(CultureInfo.InvariantCulture, $"Line {line} of the word vectors '{_lines.Path}': {problem}."), _lines.Path, line);

    private static int Separators(string text) => text.AsSpan().Count(' ') + text.AsSpan().Count('\t');

    private static bool TryHeader(string text, out long rows, out int columns)
    {
        (rows, columns) = (-1, 0);
        return text.Split([' ', '\t']) is [var first, var second]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out rows)
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out columns);
    }

    /// <summary>The next line, without the space that word2vec leaves at its end; blank lines are passed over.</summary>
    private (long Line, string Text)? ReadLine()
    {
        while (_lines.Read(out string text) is var kind && kind != LineKind.End)
        {
            if (kind == LineKind.Overlong)
                throw Fault(_lines.Line, $"the line is longer than {LineLimitBytes} bytes, which no vector is");
            text = text.TrimEnd(' ', '\t');
            if (text.Length > 0)
                return (_lines.Line, text);
        }

        return null;
    }
}

/// <summary>A word of a file of vectors, and where its numbers begin.</summary>
internal readonly struct WordVectorRow(WordVectorFile file, long line, string text, int end)
{
    /// <summary>The word.</summary>
    internal string Word => text[..end];

    /// <summary>Reads the numbers.</summary>
    /// <param name="room">[Width]</param>
    /// <exception cref="CorpusException">A column is not a finite number.</exception>
    internal void CopyTo(Span<float> room)
    {
        ReadOnlySpan<char> rest = text.AsSpan(end + 1);
        for (int column = 0; column < room.Length; column++)
        {
            int separator = rest.IndexOfAny(' ', '\t');
            ReadOnlySpan<char> number = separator < 0 ? rest : rest[..separator];
            if (!float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out room[column]) || !float.IsFinite(room[column]))
                throw file.Fault(line, string.Create(CultureInfo.InvariantCulture, $"number {column + 1} of '{Word}' is '{number}', which is no finite number"));
            rest = separator < 0 ? [] : rest[(separator + 1)..];
        }
    }
}
