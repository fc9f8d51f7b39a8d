using Sequor.Server.Keys;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Keys;

public sealed class KeyFileTests : IDisposable
{
    private static readonly DateTimeOffset _day = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-keys-").FullName;

    private string Path => System.IO.Path.Combine(_directory, "keys.json");

    [Fact]
    public void A_file_holds_what_recognises_a_key_and_nothing_that_makes_it()
    {
        (ApiKey kept, string key) = ApiKey.Make("alice", _day, new RequestRate(60, TimeSpan.FromMinutes(1)));
        KeyFile.Change(Path, keys => [.. keys, kept]);
        ApiKey read = Assert.Single(KeyFile.Read(Path));

        Assert.Equal(kept, read);
        Assert.True(read.Matches(key));
        Assert.False(read.Matches(key[..^1] + (key[^1] == 'A' ? 'B' : 'A')));
        Assert.Equal(read.Id, ApiKey.IdOf(key));
        Assert.DoesNotContain(key[^43..], File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.Matches("^sq_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$", key);
    }

    [Fact]
    public void Only_its_owner_reads_it_also_after_a_change()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There are no modes of files.");
            return;
        }

        KeyFile.Change(Path, keys => [ApiKey.Make("alice", _day, null).Kept]);
        KeyFile.Change(Path, keys => [.. keys, ApiKey.Make("bob", _day, null).Kept]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.False(KeyFile.IsOpenToOthers(Path));
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.True(KeyFile.IsOpenToOthers(Path));
    }

    [Fact]
    public async Task Changes_at_the_same_time_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => KeyFile.Change(Path, keys => [.. keys, ApiKey.Make($"user-{i}", _day, null).Kept]))));

        Assert.Equal(8, KeyFile.Read(Path).Count);
        Assert.Equal(["keys.json", "keys.json.lock"], Directory.GetFiles(_directory).Select(System.IO.Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"keys":[{"name":"a"}]}""")]
    [InlineData("""{"keys":[{"name":"a","id":"b","salt":"zz","sha256":"00","created":"2026-11-20T00:00:00Z"}]}""")]
    [InlineData("""{"keys":[{"name":"a","id":"b","salt":"00","sha256":"00","created":"then"}]}""")]
    [InlineData("""{"keys":[{"name":"a","id":"b","salt":"00","sha256":"00","created":"2026-11-20T00:00:00Z"},{"name":"c","id":"b","salt":"00","sha256":"00","created":"2026-11-20T00:00:00Z"}]}""")]
    public void A_damaged_file_is_refused_by_its_name(string text)
    {
        File.WriteAllText(Path, text);

        Assert.StartsWith($"{Path} is no key file, or a damaged one: ", Assert.Throws<InvalidDataException>(() => KeyFile.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_fails_leaves_the_file_as_it_was()
    {
        KeyFile.Change(Path, keys => [ApiKey.Make("alice", _day, null).Kept]);
        string before = File.ReadAllText(Path);

        Assert.Throws<InvalidOperationException>(() => KeyFile.Change(Path, keys => throw new InvalidOperationException("no")));
        Assert.Equal(before, File.ReadAllText(Path));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
