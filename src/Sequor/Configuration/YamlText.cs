using System.Globalization;
using System.Text;

namespace Sequor.Configuration;

/// <summary>Writes text so that every reader of YAML reads it back as the same text.</summary>
internal static class YamlText
{
    private static readonly string[] _otherMeanings =
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", ".nan"];

    /// <summary>The text plain where that is safe, otherwise in double quotes.</summary>
    public static string Quote(string text) => IsPlain(text) ? text : Quoted(text);

    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '.')
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '/' or '-')
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && text.TrimEnd('.').Length > 0
        && !_otherMeanings.Contains(text.ToLowerInvariant(), StringComparer.Ordinal);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                // Control characters, the separators that some readers fold, and the byte order mark have no safe plain form.
                < 0x20 or (>= 0x7F and < 0xA0) or 0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => rune.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }
}
