using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;

namespace Sequor.Cli.Verbs;

/// <summary>The option <c>--shard K/N</c>: one of N equal shares of a file's lines, so that N calls, on as many machines, do what one would.</summary>
internal sealed class ShardOption
{
    private const int WindowLines = 1000;

    private readonly Option<string?> _shard = new("--shard")
    {
        HelpName = "K/N",
        Description = "Work on the K-th of N shares of the input's lines, 1 to N. The outputs of all shares, one after the other, are the output of the whole.",
    };

    /// <summary>Gives the option to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb) => verb.Options.Add(_shard);

    /// <summary>The lines to work on.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="input">The input; null or <c>-</c> for standard input, which cannot be shared.</param>
    /// <param name="terminal">Whose files are meant.</param>
    /// <exception cref="UsageException">The share is none, or the input is no file.</exception>
    public Shard Of(ParseResult given, string? input, Terminal terminal)
    {
        if (given.GetValue(_shard) is not { } text)
            return Shard.Whole;
        if (text.Split('/') is not [string first, string second] || !TryNumber(first, out int part) || !TryNumber(second, out int parts) || part > parts)
            throw new UsageException($"--shard is '{text}', but must be K/N with K from 1 to N, such as 2/8.");
        if (input is null or "-")
            throw new UsageException("--shard needs --input FILE: every share counts the lines of the whole, and standard input can be read only once.");
        using LineSource source = LineSource.Open(input, terminal);
        long lines = source.Rest().LongCount();
        return new Shard((long)((Int128)lines * (part - 1) / parts), part == parts ? long.MaxValue : (long)((Int128)lines * part / parts));
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    /// <summary>Some of a file's lines that stand together.</summary>
    /// <param name="First">Lines before them.</param>
    /// <param name="End">Lines before the first behind them; the greatest number for the file's end.</param>
    internal readonly record struct Shard(long First, long End)
    {
        /// <summary>All lines.</summary>
        public static Shard Whole => new(0, long.MaxValue);

        /// <summary>Whether they go on to the file's end.</summary>
        public bool ReachesEnd => End == long.MaxValue;

        /// <summary>Passes over the lines before them, here and in the files that go with the input line by line.</summary>
        /// <param name="source">The input.</param>
        /// <param name="requests">What goes with it.</param>
        public void Skip(LineSource source, LineRequests requests)
        {
            while (source.Line < First && source.ReadWindow((int)Math.Min(WindowLines, First - source.Line)) is { Count: > 0 } window)
                requests.For(window, source.Name, source.Line);
        }

        /// <summary>The next of them; none at their end.</summary>
        /// <param name="source">The input.</param>
        /// <param name="most">The most lines, 1 or more.</param>
        public IReadOnlyList<string> ReadWindow(LineSource source, int most) =>
            source.Line >= End ? [] : source.ReadWindow((int)Math.Min(most, End - source.Line));
    }
}
