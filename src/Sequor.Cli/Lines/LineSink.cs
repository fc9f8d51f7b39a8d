using System.Text;
using Sequor.Cli.Faults;

namespace Sequor.Cli.Lines;

/// <summary>Where results go: standard output or a file, in UTF-8 without a byte order mark, every line ended by <c>\n</c>.</summary>
internal sealed class LineSink : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly StreamWriter _writer;

    private LineSink(Stream stream, bool ownsStream) =>
        _writer = new StreamWriter(stream, new UTF8Encoding(false), BufferBytes, leaveOpen: !ownsStream) { NewLine = "\n" };

    /// <summary>Opens a file, replacing what it held, or standard output where the path is null or <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="terminal">Whose output is meant.</param>
    /// <param name="input">The file that is read meanwhile, which must be another; null for none.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static LineSink Open(string? path, Terminal terminal, string? input = null)
    {
        if (path is null or "-")
            return new LineSink(terminal.Output, ownsStream: false);
        if (input is not null && Path.GetFullPath(path) == Path.GetFullPath(input))
            throw new InputException($"{path} is both read and written, and would be emptied before it is read. Write to another file.");
        OutputFile.Require(path);
        return new LineSink(new FileStream(path, FileMode.Create, FileAccess.Write), ownsStream: true);
    }

    /// <summary>The same as a writer, for who knows only those.</summary>
    public TextWriter Writer => _writer;

    /// <summary>Adds text as it is.</summary>
    /// <param name="text">The text.</param>
    public void Write(string text) => _writer.Write(text);

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, without its end.</param>
    public void WriteLine(string line) => _writer.WriteLine(line);

    /// <summary>Sends everything on its way, for a reader that waits for it.</summary>
    public void Flush() => _writer.Flush();

    /// <summary>Sends the rest and closes the file; standard output stays open.</summary>
    public void Dispose() => _writer.Dispose();
}
