using Sequor.Cli.Quickstart;

namespace Sequor.Cli.Tests.Quickstart;

public class QuickstartFilesTests
{
    [Fact]
    public void The_pairs_lie_in_the_program_line_by_line_and_no_dev_sentence_is_trained_on()
    {
        using Folder folder = new();
        QuickstartFiles.Unpack(folder.Path);
        string[] trainSource = File.ReadAllLines(folder["train.en"]);
        string[] trainTarget = File.ReadAllLines(folder["train.de"]);
        string[] devSource = File.ReadAllLines(folder["dev.en"]);
        string[] devTarget = File.ReadAllLines(folder["dev.de"]);

        Assert.Equal(trainSource.Length, trainTarget.Length);
        Assert.True(trainSource.Length > 50_000);
        Assert.Equal((500, 500), (devSource.Length, devTarget.Length));
        Assert.Empty(devSource.Intersect(trainSource, StringComparer.Ordinal));
        Assert.Empty(devTarget.Intersect(trainTarget, StringComparer.Ordinal));
    }
}
