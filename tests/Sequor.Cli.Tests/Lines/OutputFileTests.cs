namespace Sequor.Cli.Tests.Lines;

public class OutputFileTests
{
    [Theory]
    [InlineData("align", "--source", "TEXT", "--target", "TEXT", "--output", "MISSING")]
    [InlineData("align", "--source", "TEXT", "--target", "TEXT", "--output", "-", "--model", "MISSING")]
    [InlineData("align", "--source", "TEXT", "--target", "TEXT", "--output", "-", "--lexicon", "MISSING")]
    [InlineData("lm", "train", "-i", "TEXT", "-o", "MISSING")]
    public void A_file_in_a_directory_that_is_not_there_is_refused_before_the_work(params string[] arguments)
    {
        using Folder folder = new();
        string text = folder.Write("text", "a b c\n");
        string missing = Path.Combine(folder["nowhere"], "file");
        string[] called = [.. arguments.Select(argument => argument switch { "TEXT" => text, "MISSING" => missing, _ => argument })];
        string verb = called[0] == "lm" ? "lm train" : called[0];

        Assert.Equal(
            $"sequor {verb}: There is no directory {folder["nowhere"]} to write file in. Make it first, or name another.\n",
            Called.With(called).MustFail(1));
    }

    [Fact]
    public void Faults_of_aligning_name_the_options()
    {
        using Folder folder = new();
        string text = folder.Write("text", "a b c\n");
        Assert.StartsWith(
            "sequor align: --iterations is 0, but must be 1 to 1000.\n",
            Called.With("align", "--source", text, "--target", text, "--iterations", "0").MustFail(2), StringComparison.Ordinal);
    }
}
