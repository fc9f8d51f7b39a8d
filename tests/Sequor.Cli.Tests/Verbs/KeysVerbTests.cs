using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

public sealed class KeysVerbTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-keys-").FullName;

    private string KeyPath => Path.Combine(_directory, "keys.json");

    [Fact]
    public void A_key_is_printed_once_and_recognised_ever_after()
    {
        Called added = Called.With("keys", "add", "alice", "--key-file", KeyPath, "--rate", "600/min");
        string key = added.MustSucceed().TrimEnd('\n');

        JsonElement kept = JsonDocument.Parse(File.ReadAllText(KeyPath)).RootElement.GetProperty("keys")[0];
        byte[] salted = [.. Convert.FromHexString(kept.GetProperty("salt").GetString()!), .. Encoding.ASCII.GetBytes(key)];
        Assert.Equal(kept.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(salted)));
        Assert.Contains("It is shown only now", added.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(key, File.ReadAllText(KeyPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_listed_by_name_and_revoked()
    {
        Called.With("keys", "add", "bob", "--key-file", KeyPath).MustSucceed();
        Called.With("keys", "add", "alice", "--key-file", KeyPath, "--rate", "5/s").MustSucceed();
        string[] lines = Called.With("keys", "list", "--key-file", KeyPath).MustSucceed().Split('\n');

        Assert.Equal("name   id            made        rate", lines[0]);
        Assert.Matches("^alice  [0-9a-f]{12}  [0-9]{4}-[0-9]{2}-[0-9]{2}  5/s$", lines[1]);
        Assert.Matches("^bob    [0-9a-f]{12}  [0-9]{4}-[0-9]{2}-[0-9]{2}  -$", lines[2]);
        Called.With("keys", "revoke", "bob", "--key-file", KeyPath).MustSucceed();
        Assert.Equal([lines[0], lines[1], ""], Called.With("keys", "list", "--key-file", KeyPath).MustSucceed().Split('\n'));
    }

    [Fact]
    public void What_is_wrong_is_said_in_a_sentence()
    {
        Called.With("keys", "add", "alice", "--key-file", KeyPath).MustSucceed();

        Assert.Contains("There is a key for alice already.", Called.With("keys", "add", "alice", "--key-file", KeyPath).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("has no key for 'alcie'. Did you mean 'alice'?", Called.With("keys", "revoke", "alcie", "--key-file", KeyPath).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("There is no key file", Called.With("keys", "list", "--key-file", KeyPath + "x").MustFail(1), StringComparison.Ordinal);
        Assert.Contains("--rate is 'often'", Called.With("keys", "add", "bob", "--key-file", KeyPath, "--rate", "often").MustFail(2), StringComparison.Ordinal);
        Assert.Contains("its name must have", Called.With("keys", "add", "bob smith", "--key-file", KeyPath).MustFail(2), StringComparison.Ordinal);
        Assert.Contains("--key-file is needed", Called.With("keys", "list").MustFail(2), StringComparison.Ordinal);
        Assert.Contains("add, list, revoke", Called.With("keys").MustFail(2), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
