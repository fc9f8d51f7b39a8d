using System.Buffers;
using System.Text;
using Sequor.Text.Protobuf;

namespace Sequor.Text;

/// <summary>
/// Normalises text the way a SentencePiece model asks for: its own character map (the longest entry first), spaces
/// dropped or kept, a space put before the text, spaces written as U+2581, user-defined symbols left alone.
/// </summary>
public sealed class TextNormalizer
{
    private readonly CharacterMap? _map;
    private readonly SymbolMatcher _protected;
    private readonly SearchValues<byte> _plain;
    private readonly bool _addDummyPrefix;
    private readonly bool _removeExtraWhitespaces;
    private readonly bool _escapeWhitespaces;
    private readonly bool _treatWhitespaceAsSuffix;

    /// <summary>The normaliser of a model.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ModelFormatException">The model's character map is damaged.</exception>
    public TextNormalizer(SentencePieceModel model)
        : this(model.Proto.NormalizerOrDefault, model.TreatWhitespaceAsSuffix, UserDefined(model), model.Name)
    {
    }

    /// <summary>A normaliser by its settings in a model file.</summary>
    /// <param name="spec">The settings.</param>
    /// <param name="treatWhitespaceAsSuffix">Whether the added space goes behind the text.</param>
    /// <param name="userDefined">Symbols that are left as they are.</param>
    /// <param name="name">The model's name in a fault.</param>
    internal TextNormalizer(NormalizerSpec spec, bool treatWhitespaceAsSuffix, IReadOnlyCollection<string> userDefined, string name)
    {
        _map = CharacterMap.Read(spec.PrecompiledCharsmap.Span, name);
        _protected = new SymbolMatcher([.. userDefined.Select(Encoding.UTF8.GetBytes)]);
        _plain = SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(value => (byte)value).Where(IsPlain)]);
        _addDummyPrefix = spec.AddDummyPrefix;
        _removeExtraWhitespaces = spec.RemoveExtraWhitespaces;
        _escapeWhitespaces = spec.EscapeWhitespaces;
        _treatWhitespaceAsSuffix = treatWhitespaceAsSuffix;
    }

    /// <summary>The symbols that this normaliser leaves alone and that segmentation keeps whole.</summary>
    internal SymbolMatcher Protected => _protected;

    /// <summary>The normalised text, as the model's pieces are cut from it.</summary>
    /// <param name="text">Any text; a lone surrogate counts as U+FFFD.</param>
    public string Normalize(string text)
    {
        var output = new ByteBuffer();
        Normalize(Encoding.UTF8.GetBytes(text), output);
        return Encoding.UTF8.GetString(output.Written);
    }

    /// <summary>Appends the normalised text to an empty buffer.</summary>
    internal void Normalize(ReadOnlySpan<byte> input, ByteBuffer output)
    {
        if (_removeExtraWhitespaces)
        {
            input = SkipSpaces(input);
        }

        if (input.IsEmpty)
        {
            return;
        }

        if (_addDummyPrefix && !_treatWhitespaceAsSuffix)
        {
            AppendSpace(output);
        }

        bool afterSpace = _removeExtraWhitespaces;
        while (!input.IsEmpty)
        {
            int plain = PlainLength(input);
            if (plain > 0)
            {
                output.Append(input[..plain]);
                input = input[plain..];
                afterSpace = false;
                continue;
            }

            int consumed = Next(input, out ReadOnlySpan<byte> replacement);
            input = input[consumed..];
            replacement = afterSpace ? replacement.TrimStart((byte)' ') : replacement;
            Append(output, replacement);
            if (!replacement.IsEmpty)
            {
                afterSpace = _removeExtraWhitespaces && replacement[^1] == ' ';
            }
        }

        if (_removeExtraWhitespaces)
        {
            ReadOnlySpan<byte> space = _escapeWhitespaces ? Utf8.Space : " "u8;
            while (output.Written.EndsWith(space))
            {
                output.Shorten(space.Length);
            }
        }

        if (_addDummyPrefix && _treatWhitespaceAsSuffix)
        {
            AppendSpace(output);
        }
    }

    private static string[] UserDefined(SentencePieceModel model) =>
        [.. model.Pieces.Where(piece => piece.Type == PieceType.UserDefined).Select(piece => piece.Text)];

    private ReadOnlySpan<byte> SkipSpaces(ReadOnlySpan<byte> input)
    {
        while (!input.IsEmpty)
        {
            int consumed = Next(input, out ReadOnlySpan<byte> replacement);
            if (!replacement.SequenceEqual(" "u8))
            {
                break;
            }

            input = input[consumed..];
        }

        return input;
    }

    /// <summary>
    /// Whether an ASCII character stays as it is before any other one: nearly all of a text in Latin letters does, and
    /// is copied in runs.
    /// </summary>
    private bool IsPlain(byte character) =>
        character != ' ' && !_protected.MayBeginWith(character) && (_map is null || !_map.MayReplace(character));

    /// <summary>How many bytes from the beginning are plain; the last one before a mark may belong to it.</summary>
    private int PlainLength(ReadOnlySpan<byte> input)
    {
        int end = input.IndexOfAnyExcept(_plain);
        return end < 0 ? input.Length : input[end] < 0x80 ? end : end - 1;
    }

    /// <summary>What the text's beginning is replaced by, and how many bytes of it that takes.</summary>
    private int Next(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> replacement)
    {
        int symbol = _protected.Match(input);
        if (symbol > 0)
        {
            replacement = input[..symbol];
            return symbol;
        }

        if (_map is not null && _map.Replace(input, out replacement) is int length and > 0)
        {
            return length;
        }

        bool valid = Rune.DecodeFromUtf8(input, out _, out int consumed) == OperationStatus.Done;
        replacement = valid ? input[..consumed] : Utf8.Replacement;
        return valid ? consumed : 1;
    }

    private void Append(ByteBuffer output, ReadOnlySpan<byte> text)
    {
        while (_escapeWhitespaces && text.IndexOf((byte)' ') is int space and >= 0)
        {
            output.Append(text[..space]);
            output.Append(Utf8.Space);
            text = text[(space + 1)..];
        }

        output.Append(text);
    }

    private void AppendSpace(ByteBuffer output) => output.Append(_escapeWhitespaces ? Utf8.Space : " "u8);
}
