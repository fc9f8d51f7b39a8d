using System.Text;
using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class AtomicWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_made_and_replaced_and_nothing_else_remains()
    {
        AtomicFile.WriteLine(_folder["last"], "one");
        AtomicFile.WriteLine(_folder["last"], "two");

        Assert.Equal("two\n", File.ReadAllText(_folder["last"]));
        Assert.Equal([_folder["last"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_file_that_cannot_be_written_at_any_step_keeps_its_old_content()
    {
        AtomicFile.WriteLine(_folder["last"], "old");
        int steps = 0;
        for (bool done = false; !done; steps++)
        {
            done = Succeeds(() => AtomicFile.WriteLine(_folder["last"], "new", new FailingFileSystem(steps)),
                $"Writing {_folder["last"]} failed: No space left on device. What was there before is unchanged.");
            Assert.Equal(done ? "new\n" : "old\n", File.ReadAllText(_folder["last"]));
            Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
        }
        Assert.Equal(5, steps);
    }

    [Fact]
    public void A_fault_of_the_content_itself_passes_through_and_leaves_no_trace()
    {
        Assert.Throws<ArithmeticException>(() => AtomicFile.Write(_folder["a"], _ => throw new ArithmeticException()));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_directory_appears_whole_with_the_hash_of_each_file()
    {
        using var directory = new AtomicDirectory(_folder["model"]);
        directory.WriteFile("a.txt", stream => stream.Write("abc"u8));

        Assert.False(Directory.Exists(_folder["model"]));
        directory.Commit();

        Assert.Equal("abc", File.ReadAllText(Path.Combine(_folder["model"], "a.txt")));
        // sha256sum of the three bytes "abc": FIPS 180-4, example 1.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", directory.Hashes["a.txt"]);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_directory_that_is_not_committed_leaves_no_trace()
    {
        using (var directory = new AtomicDirectory(_folder["model"]))
        {
            directory.WriteFile("a.txt", stream => stream.Write("abc"u8));
            Assert.Throws<ArgumentException>(() => directory.WriteFile("../b.txt", _ => { }));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_directory_that_cannot_be_replaced_at_any_step_is_the_old_one_after_clearing_up(bool killed)
    {
        WriteDirectory("old", Disk.Instance);
        int failures = 0;
        for (bool done = false; !done; failures++)
        {
            done = Succeeds(() => WriteDirectory("new", new FailingFileSystem(failures, killed)), "");
            Assert.True(killed || Directory.Exists(_folder["model"]));
            TemporaryNames.ClearLeftovers(_folder.Path, Disk.Instance);
            Assert.Equal(done ? "new" : "old", File.ReadAllText(Path.Combine(_folder["model"], "a.txt")));
            Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
        }
        Assert.Equal(7, failures);
    }

    [Fact]
    public void Leftovers_of_a_living_process_and_files_of_other_names_are_left_alone()
    {
        string parent = _folder[$".a.{Environment.ProcessId}-1.sequor-partial"];
        string living = _folder[".b.1-1.sequor-partial"];
        string dead = _folder[".c.2147483647-1.sequor-partial"];
        string[] all = [parent, living, dead, _folder[".hidden"], _folder["d.sequor-partial"]];
        Array.ForEach(all, path => File.WriteAllText(path, ""));

        IReadOnlyList<string> done = TemporaryNames.ClearLeftovers(_folder.Path, Disk.Instance);

        Assert.Equal([_folder[".hidden"], living, _folder["d.sequor-partial"]],
            Directory.GetFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal).OrderBy(path => path.EndsWith("d.sequor-partial", StringComparison.Ordinal) ? 2 : path == living ? 1 : 0));
        Assert.Equal(2, done.Count);
        Assert.Contains($"Removed {dead}, which a killed run left unfinished.", done);
    }

    [Fact]
    public void Flushing_a_directory_works_and_one_that_is_gone_is_no_fault()
    {
        DirectoryFlush.Run(_folder.Path);
        DirectoryFlush.Run(_folder["nowhere"]);
    }

    private static bool Succeeds(Action action, string expectedMessage)
    {
        try
        {
            action();
            return true;
        }
        catch (IOException fault)
        {
            Assert.StartsWith(expectedMessage, fault.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private void WriteDirectory(string content, IFileSystem files)
    {
        using var directory = new AtomicDirectory(_folder["model"], files);
        directory.WriteFile("a.txt", stream => stream.Write(Encoding.UTF8.GetBytes(content)));
        directory.Commit();
    }
}
