using System.Globalization;
using System.Text.Json;
using Sequor.Server.Settings;

namespace Sequor.Server.Keys;

/// <summary>The file in which keys are kept: JSON, replaced as a whole, readable by its owner alone.</summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly JsonWriterOptions _indented = new() { Indented = true };

    /// <summary>Reads the keys.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It holds something else; the message names the file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static IReadOnlyList<ApiKey> Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            ApiKey[] keys = [.. document.RootElement.GetProperty("keys").EnumerateArray().Select(Key)];
            return keys.CountBy(key => key.Id).FirstOrDefault(same => same.Value > 1) is { Key: { } id } ? throw new FormatException($"The id {id} stands in it twice.") : keys;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is no key file, or a damaged one: {fault.Message} Keep what 'sequor keys' writes as it is.", fault);
        }
    }

    /// <summary>Changes the keys: reads them, and puts the changed ones in place of them, all or nothing, whatever others do at the same time.</summary>
    /// <param name="path">The file; a new one is made where there is none.</param>
    /// <param name="change">The keys as they are to be.</param>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    internal static void Change(string path, Func<IReadOnlyList<ApiKey>, IReadOnlyList<ApiKey>> change)
    {
        // Two administrators at once: the second waits, as its change would lose the first's.
        using FileStream turn = TakeTurn(path + ".lock");
        IReadOnlyList<ApiKey> keys = change(File.Exists(path) ? Read(path) : []);
        string temporary = $"{path}.{Environment.ProcessId}.new";
        using (FileStream stream = new(temporary, Options(FileMode.Create, FileAccess.Write)))
        {
            Write(stream, keys);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Whether others than the owner can read or change the file.</summary>
    /// <param name="path">The file.</param>
    internal static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    private static FileStream TakeTurn(string path)
    {
        const int attempts = 100;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, Options(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            }
            catch (IOException fault) when (attempt < attempts && fault is not (DirectoryNotFoundException or FileNotFoundException))
            {
                Thread.Sleep(50);
            }
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        FileStreamOptions options = new() { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private static ApiKey Key(JsonElement element)
    {
        string Text(string name) => element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
        RequestRate? rate = null;
        if (element.TryGetProperty("rate", out JsonElement given))
        {
            rate = RequestRate.TryParse(given.GetString() ?? "", out RequestRate read) ? read : throw new FormatException($"'{given}' is no rate.");
        }

        return new ApiKey(
            Text("name"), Text("id"), Hexadecimal(Text("salt")), Hexadecimal(Text("sha256")),
            DateTimeOffset.Parse(Text("created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), rate);
    }

    private static string Hexadecimal(string text) => Convert.FromHexString(text).Length > 0 ? text : throw new FormatException("A hash is empty.");

    private static void Write(Stream stream, IReadOnlyList<ApiKey> keys)
    {
        using Utf8JsonWriter writer = new(stream, _indented);
        writer.WriteStartObject();
        writer.WriteStartArray("keys");
        foreach (ApiKey key in keys)
        {
            writer.WriteStartObject();
            writer.WriteString("name", key.Name);
            writer.WriteString("id", key.Id);
            writer.WriteString("salt", key.Salt);
            writer.WriteString("sha256", key.Hash);
            writer.WriteString("created", key.Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            if (key.Rate is { } rate)
            {
                writer.WriteString("rate", rate.ToString());
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
