namespace Sequor.Training.Logs;

/// <summary>One line of a log file and where it lies.</summary>
/// <param name="Number">The line's number, counted from 1.</param>
/// <param name="Start">Offset of its first byte in the file.</param>
/// <param name="Text">Its bytes without the line end; valid until the next line is asked for.</param>
/// <param name="IsTerminated">Whether the line ended in a line feed; only the last one of a file may not.</param>
internal readonly record struct LogLine(int Number, long Start, ReadOnlyMemory<byte> Text, bool IsTerminated)
{
    /// <summary>Reads the lines of a file of any size through one buffer.</summary>
    /// <param name="stream">The file, at its beginning.</param>
    /// <returns>Its lines in order; an unterminated rest comes last.</returns>
    public static IEnumerable<LogLine> ReadAll(Stream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        (int filled, int number, long offset) = (0, 0, 0L);
        while (stream.Read(buffer.AsSpan(filled)) is var read && read > 0)
        {
            filled += read;
            int start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is var length && length >= 0)
            {
                yield return new LogLine(++number, offset + start, buffer.AsMemory(start, length), IsTerminated: true);
                start += length + 1;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            (filled, offset) = (filled - start, offset + start);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }
        }

        if (filled > 0)
        {
            yield return new LogLine(number + 1, offset, buffer.AsMemory(0, filled), IsTerminated: false);
        }
    }
}
