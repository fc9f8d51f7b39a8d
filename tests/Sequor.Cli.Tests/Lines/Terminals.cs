namespace Sequor.Cli.Tests.Lines;

/// <summary>Terminals for tests of what reads and writes.</summary>
internal static class Terminals
{
    public static Terminal None => Typing(Stream.Null);

    public static Terminal Typing(Stream input) => new() { Input = input, Output = Stream.Null, Errors = TextWriter.Null };
}
