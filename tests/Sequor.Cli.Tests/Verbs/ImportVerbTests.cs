namespace Sequor.Cli.Tests.Verbs;

public sealed class ImportVerbTests
{
    [Fact]
    public void A_file_that_is_not_there_and_one_that_is_no_archive_are_the_inputs_fault()
    {
        using Folder folder = new();
        Assert.Contains("missing.npz", Called.With("import", "missing.npz", "-o", folder["model"]).MustFail(1), StringComparison.Ordinal);

        File.WriteAllText(folder["text.npz"], "no archive");
        string errors = Called.With("import", folder["text.npz"], "-o", folder["model"]).MustFail(1);
        Assert.Contains("is no .npz archive, or it is damaged", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["model"]));
    }

    [Fact]
    public void An_output_must_be_named() => Assert.Contains("--out", Called.With("import", "a.npz").MustFail(2), StringComparison.Ordinal);
}
