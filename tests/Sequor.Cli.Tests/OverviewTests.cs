namespace Sequor.Cli.Tests;

public sealed class OverviewTests
{
    [Fact]
    public void Without_a_verb_the_program_introduces_itself()
    {
        string output = Called.With().MustSucceed();

        Assert.StartsWith($"sequor {Overview.Version}: ", output, StringComparison.Ordinal);
        Assert.All(CommandLine.Verbs(), verb => Assert.Contains($"\n  {verb.Name} ", output, StringComparison.Ordinal));
        Assert.Equal(output, Called.With("--help").MustSucceed());
        Assert.Equal(output, Called.With("help").MustSucceed());
    }

    [Fact]
    public void The_version_is_the_assemblys() => Assert.Equal(
        $"sequor {typeof(CommandLine).Assembly.GetName().Version!.ToString(3)}\n", Called.With("--version").MustSucceed());

    [Fact]
    public void Every_verb_has_a_short_line_and_a_help_with_a_call_to_copy() => Assert.All(CommandLine.Verbs(), verb =>
    {
        string help = Called.With(verb.Name, "--help").MustSucceed();

        Assert.InRange(verb.Description!.Length, 20, 90);
        Assert.EndsWith(".", verb.Description, StringComparison.Ordinal);
        Assert.Contains($"Usage: sequor {verb.Name}", help, StringComparison.Ordinal);
        Assert.All(verb.Examples, example => Assert.Contains($"sequor {verb.Name}", example, StringComparison.Ordinal));
        Assert.NotEmpty(verb.Examples);
        Assert.All(verb.Options, option => Assert.Contains(option.Name, help, StringComparison.Ordinal));
        Assert.All(verb.Options, option => Assert.EndsWith(".", option.Description, StringComparison.Ordinal));
        Assert.All(help.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
    });

    [Fact]
    public void The_help_of_detokenize_reads_like_this() => Assert.Equal(
        """
        Join pieces into text again.

        Usage: sequor detokenize [options]

        Options:
          -m, --model FILE                A SentencePiece model, codes of subword-nmt, a vocabulary of
                                          'sequor vocab', or a model directory. Needed.
          --target                        Of a model directory with two vocabularies, the target's. Default:
                                          the source's.
          -i, --input FILE                Text to read. Default: standard input.
          -o, --output FILE               Where results go. Default: standard output.
          --ids                           The pieces are given as numbers.
          -h, -?, --help                  Show this help.
          --verbose                       Show the stack trace of a fault.

        Example:
          sequor detokenize --model joint.model < out.pieces > out.de

        """, Called.With("detokenize", "--help").MustSucceed());

    [Theory]
    [InlineData("tokenise", "There is no verb 'tokenise'. Did you mean 'tokenize'?")]
    [InlineData("frobnicate", "sequor: There is no verb 'frobnicate'.\n'sequor --help' shows how it is used.\n")]
    [InlineData("--jsn", "There is no option '--jsn'.")]
    public void An_unknown_verb_is_answered_with_the_nearest(string verb, string sentence) =>
        Assert.Contains(sentence, Called.With(verb).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void The_documentation_has_a_section_for_every_verb()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Sequor.slnx")))
            root = root.Parent;
        Assert.SkipWhen(root is null, "The test runs outside the repository.");
        string text = File.ReadAllText(Path.Combine(root.FullName, "docs", "cli.md"));

        Assert.All(CommandLine.Verbs(), verb => Assert.Contains($"\n## {verb.Name}\n", text, StringComparison.Ordinal));
        Assert.All(CommandLine.Verbs(), verb => Assert.Contains($"sequor {verb.Name}", text, StringComparison.Ordinal));
    }
}
