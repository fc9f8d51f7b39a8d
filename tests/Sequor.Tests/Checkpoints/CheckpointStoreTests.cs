using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_comes_back_as_it_was_saved()
    {
        var store = new CheckpointStore(_folder["checkpoints"], keep: 2);
        string path = store.Save(Samples.Checkpoint(123, average: true), best: true);

        using Checkpoint read = Latest(store);
        Assert.Equal(Path.Combine(_folder["checkpoints"], "update-000123"), path);
        Assert.Equal((path, store.BestPath), (read.Path, path));
        Assert.Equal((123L, 3, 7L, "corpus 0, line 123"), (read.State.Update, read.State.Epoch, read.State.Seed, read.State.DataPosition));
        Assert.Equal("1.25", read.State.Values["early_stopping.best"]);
        Assert.Equal((123f, 123.5f), (Samples.FirstWeight(read.Weights), Samples.FirstWeight(read.MovingAverage!)));
        Assert.Equal(["m"], read.Optimizer.Entries.Select(entry => entry.Name));
        Assert.Equal("update-000123\n", File.ReadAllText(Path.Combine(store.Directory, "last")));
    }

    [Fact]
    public void The_last_few_and_the_best_are_kept_and_the_rest_removed()
    {
        var store = new CheckpointStore(_folder.Path, keep: 2);
        for (int update = 1; update <= 6; update++)
        {
            store.Save(Samples.Checkpoint(update), best: update == 2);
        }

        Assert.Equal(["best", "last", "update-000002", "update-000005", "update-000006"],
            Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_checkpoint_beside_the_rhythm_takes_no_others_place_and_goes_with_the_next_save()
    {
        var store = new CheckpointStore(_folder.Path, keep: 2, every: 10);
        foreach (int update in new[] { 10, 20, 25, 27 })
        {
            store.Save(Samples.Checkpoint(update), best: update == 25);
        }

        Assert.Equal(["update-000010", "update-000020", "update-000025", "update-000027"], store.Paths.Select(Path.GetFileName));
        store.Save(Samples.Checkpoint(30), best: true);
        Assert.Equal(["update-000020", "update-000030"], store.Paths.Select(Path.GetFileName));
        store.Save(Samples.Checkpoint(40));
        Assert.Equal(["update-000020", "update-000030", "update-000040"], store.Paths.Select(Path.GetFileName));
    }

    [Fact]
    public void Updates_beyond_six_digits_are_still_in_order()
    {
        var store = new CheckpointStore(_folder.Path, keep: 5);
        store.Save(Samples.Checkpoint(1_000_000));
        store.Save(Samples.Checkpoint(999_999));

        Assert.Equal(["update-999999", "update-1000000"], store.Paths.Select(Path.GetFileName));
    }

    [Fact]
    public void An_empty_store_has_no_latest_checkpoint() =>
        Assert.Null(new CheckpointStore(_folder["new"], keep: 1).Latest([]));

    [Theory]
    [InlineData("weights.safetensors", "was altered or cut short")]
    [InlineData("optimizer.safetensors", "was altered or cut short")]
    [InlineData("average.safetensors", "was altered or cut short")]
    [InlineData("state.json", "was altered or cut short")]
    [InlineData("checksums.sha256", "")]
    public void A_checkpoint_with_a_file_altered_or_missing_is_passed_over_with_a_sentence(string file, string sentence)
    {
        CheckpointStore store = TwoCheckpoints();
        string path = Path.Combine(_folder.Path, "update-000002", file);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(sentence, FallsBack(store), StringComparison.Ordinal);

        File.Delete(path);
        Assert.Contains($"{file} is missing", FallsBack(store), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("optimizer.safetensors")]
    [InlineData("state.json")]
    [InlineData("checksums.sha256")]
    public void A_file_cut_at_every_hundredth_byte_is_noticed(string file)
    {
        CheckpointStore store = TwoCheckpoints();
        string path = Path.Combine(_folder.Path, "update-000002", file);
        byte[] bytes = File.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length += 100)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Contains(file, FallsBack(store), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void When_no_checkpoint_is_whole_every_one_is_named()
    {
        CheckpointStore store = TwoCheckpoints();
        File.WriteAllText(Path.Combine(store.Paths[0], "state.json"), "{}");
        File.WriteAllText(Path.Combine(store.Paths[1], "state.json"), "{}");

        string message = Assert.Throws<ModelFormatException>(() => store.Latest([])).Message;
        Assert.Contains("update-000001", message, StringComparison.Ordinal);
        Assert.Contains("update-000002", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update-000009", 2)]
    [InlineData("update-000001", 1)]
    [InlineData("../elsewhere", 2)]
    [InlineData("", 2)]
    public void The_pointer_decides_unless_it_points_nowhere(string pointer, int update)
    {
        CheckpointStore store = TwoCheckpoints();
        File.WriteAllText(Path.Combine(_folder.Path, "last"), pointer);

        using Checkpoint? read = store.Latest([]);
        Assert.Equal(update, read!.State.Update);
    }

    [Fact]
    public void Saving_an_update_again_replaces_its_damaged_checkpoint()
    {
        CheckpointStore store = TwoCheckpoints();
        File.Delete(Path.Combine(store.Paths[1], "state.json"));
        store.Save(Samples.Checkpoint(2));

        using Checkpoint read = Latest(store);
        Assert.Equal(2, read.State.Update);
        Assert.Equal(["last", "update-000001", "update-000002"],
            Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_save_that_fails_at_any_step_leaves_the_previous_checkpoint_readable_and_says_so(bool killed)
    {
        new CheckpointStore(_folder.Path, keep: 1).Save(Samples.Checkpoint(1));
        int steps = 1;
        for (bool saved = false; !saved; steps++)
        {
            saved = TrySave(new FailingFileSystem(steps, killed), Samples.Checkpoint(2, average: true));
            var again = new CheckpointStore(_folder.Path, keep: 1);
            using Checkpoint read = Latest(again);
            Assert.Equal(saved ? 2 : 1, read.State.Update);
            Assert.Equal(saved ? 2 : 1, Samples.FirstWeight(read.Weights));
            Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder.Path), path => Path.GetFileName(path).StartsWith('.'));
        }
        Assert.InRange(steps, 30, 100);
    }

    [Fact]
    public void The_first_save_that_fails_says_that_there_is_nothing_earlier()
    {
        var store = new CheckpointStore(_folder.Path, keep: 1, new FailingFileSystem(5));

        string message = Assert.Throws<IOException>(() => store.Save(Samples.Checkpoint(1))).Message;
        Assert.Equal($"Saving checkpoint update-000001 failed. Writing weights.safetensors of {Path.Combine(_folder.Path, "update-000001")} failed: "
            + "No space left on device. There is no earlier checkpoint.", message);
    }

    [Fact]
    public void What_a_killed_run_left_is_named_when_the_store_is_opened()
    {
        string partial = Path.Combine(_folder.Path, ".update-000005.2147483647-1.sequor-partial");
        Directory.CreateDirectory(partial);

        Assert.Equal([$"Removed {partial}, which a killed run left unfinished."], new CheckpointStore(_folder.Path, keep: 1).Leftovers);
        Assert.Empty(new CheckpointStore(_folder.Path, keep: 1).Leftovers);
    }

    private static Checkpoint Latest(CheckpointStore store)
    {
        List<string> warnings = [];
        Checkpoint? read = store.Latest(warnings);
        Assert.Empty(warnings);
        return Assert.IsType<Checkpoint>(read);
    }

    private static string FallsBack(CheckpointStore store)
    {
        List<string> warnings = [];
        using Checkpoint? read = store.Latest(warnings);
        Assert.Equal(1, read!.State.Update);
        string warning = Assert.Single(warnings);
        Assert.EndsWith($"Going on from {read.Path}.", warning, StringComparison.Ordinal);
        return warning;
    }

    private bool TrySave(FailingFileSystem files, CheckpointContents contents)
    {
        try
        {
            new CheckpointStore(_folder.Path, keep: 1, files).Save(contents);
            return true;
        }
        catch (IOException fault)
        {
            Assert.True(files.HasFailed);
            Assert.EndsWith($"The previous checkpoint {Path.Combine(_folder.Path, "update-000001")} is intact.", fault.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private CheckpointStore TwoCheckpoints()
    {
        var store = new CheckpointStore(_folder.Path, keep: 3);
        store.Save(Samples.Checkpoint(1, average: true));
        store.Save(Samples.Checkpoint(2, average: true));
        return store;
    }
}
