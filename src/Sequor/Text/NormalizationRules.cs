using System.Collections.Concurrent;
using Google.Protobuf;
using Sequor.Text.Protobuf;
using Sequor.Text.Unicode;

namespace Sequor.Text;

/// <summary>
/// The normalisation rules that SentencePiece knows by name, compiled from the tables we carry (Unicode 14.0.0).
/// <c>identity</c> changes nothing; <c>nfkc</c> is normal form KC; <c>nmt_nfkc</c> also drops control characters, makes
/// spaces of what looks like one and leaves the full-width tilde; <c>_cf</c> folds case behind that.
/// </summary>
public static class NormalizationRules
{
    private static readonly ConcurrentDictionary<string, ByteString> _compiled = new(StringComparer.Ordinal);

    /// <summary>The names of the rules.</summary>
    public static IReadOnlyList<string> Names { get; } = ["identity", "nfkc", "nmt_nfkc", "nfkc_cf", "nmt_nfkc_cf"];

    /// <summary>The rule as a model file holds it; compiled on first use (under a second) and kept.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The bytes of a <c>precompiled_charsmap</c>; empty for <c>identity</c>.</returns>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public static ReadOnlyMemory<byte> Compile(string name) => Compiled(name).Memory;

    /// <summary>The settings of a normaliser with this rule; spaces are treated as SentencePiece does by default.</summary>
    internal static NormalizerSpec Spec(string name) => new() { Name = name, PrecompiledCharsmap = Compiled(name) };

    /// <summary>What a rule replaces by what.</summary>
    internal static IReadOnlyDictionary<string, string> Replacements(string name)
    {
        bool folds = name.EndsWith("_cf", StringComparison.Ordinal);
        ReplacementTable table = name == "identity" ? new ReplacementTable() : ReplacementTable.Nfkc();
        if (name.StartsWith("nmt_", StringComparison.Ordinal))
        {
            AddTranslationRules(table);
        }

        if (folds)
        {
            table.FoldCase();
        }

        return table.Reduced();
    }

    private static ByteString Compiled(string name) => Names.Contains(name)
        ? _compiled.GetOrAdd(name, static rule => UnsafeByteOperations.UnsafeWrap(CharacterMapBuilder.Compile(Replacements(rule))))
        : throw new ArgumentException($"There is no normalisation rule '{name}'; the rules are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>What SentencePiece's map <c>nmt_nfkc</c> holds beyond its map <c>nfkc</c> (version 0.1.97).</summary>
    private static void AddTranslationRules(ReplacementTable table)
    {
        ReadOnlySpan<char> spaces =
        [
            '\t', '\n', '\f', '\r', '\u1680', '\u200B', '\u200C', '\u200E', '\u200F', '\u2028', '\u2029', '\u2581', '\uFEFF', '\uFFFD',
        ];
        foreach (char space in spaces)
        {
            table[space.ToString()] = " ";
        }

        for (char control = '\u0001'; control <= '\u009F'; control++)
        {
            if (control is <= '\u0008' or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F' or '\u008F' or '\u009F')
            {
                table[control.ToString()] = "";
            }
        }

        // Japanese uses the full-width and the half-width tilde for different things.
        table.Remove("\uFF5E");
    }
}
