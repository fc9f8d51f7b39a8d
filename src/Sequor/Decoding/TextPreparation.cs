using Sequor.Text;

namespace Sequor.Decoding;

/// <summary>A source as the model reads it.</summary>
/// <param name="Text">Its text, changed as training text was.</param>
/// <param name="Ids">Its pieces, without the end sign.</param>
/// <param name="WasCut">Whether its end was left out.</param>
internal sealed record SourceText(string Text, int[] Ids, bool WasCut);

/// <summary>What text goes through before a model reads it.</summary>
/// <param name="source">Cuts sources.</param>
/// <param name="options">What training text went through.</param>
/// <param name="longestSequence">The longest sentence that can be read, in pieces, its end sign included.</param>
internal sealed class TextPreparation(Tokenizer source, GeneratorOptions options, int longestSequence)
{
    /// <summary>Cuts a source into pieces; none where it is empty.</summary>
    internal SourceText Prepare(string line)
    {
        string text = Normalize(line);
        int[] ids = source.Encode(text);
        if (ids.Length == 0)
        {
            return new SourceText(text, [], false);
        }

        if (options.SourcePrefix.Length > 0)
        {
            text = $"{options.SourcePrefix} {text}";
            ids = source.Encode(text);
        }

        int room = longestSequence - 1;
        return ids.Length <= room ? new SourceText(text, ids, false) : new SourceText(text, ids[..room], true);
    }

    /// <summary>The steps, in the order, that training text went through.</summary>
    internal string Normalize(string text)
    {
        text = options.NormalizeNfc ? TextTransforms.Nfc(text) : text;
        return options.Lowercase ? TextTransforms.Lowercase(text) : text;
    }
}
