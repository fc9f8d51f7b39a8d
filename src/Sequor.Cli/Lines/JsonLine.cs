using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sequor.Cli.Lines;

/// <summary>One JSON value on one line.</summary>
internal static class JsonLine
{
    // Output is for programs and for people's eyes, not for HTML: umlauts stay umlauts.
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a value into a line, without a line end.</summary>
    /// <param name="write">Writes one value.</param>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, _options))
            write(writer);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
