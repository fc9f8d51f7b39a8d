using Sequor.Alignments;
using Sequor.Text;

namespace Sequor.Decoding;

/// <summary>
/// Writes outputs with something in the place of their unknown pieces: a lexical table's best translation of the source word that was looked at most, or,
/// where there is none, the source piece in its own spelling.
/// </summary>
/// <param name="source">Cuts sources.</param>
/// <param name="target">Joins outputs.</param>
/// <param name="lexicon">A table of words or of the tokenizers' pieces; null for none.</param>
internal sealed class UnknownWords(Tokenizer source, Tokenizer target, LexicalTable? lexicon)
{
    /// <summary>What SentencePiece writes for a space.</summary>
    private const char SpaceMark = '\u2581';

    /// <summary>The output as text. Pieces of two vocabularies are joined as text: an unknown piece becomes a word of its own.</summary>
    /// <param name="hypothesis">An output with recorded attention.</param>
    /// <param name="text">Its source as it was cut.</param>
    /// <param name="ids">The source's pieces.</param>
    internal string TextOf(Hypothesis hypothesis, string text, int[] ids)
    {
        int unknown = target.Vocabulary.UnknownId;
        int[] looked = Alignment.Hard(hypothesis);
        IReadOnlyList<string> spelled = source.Pieces(text);
        string?[] translated = Translations(text, ids);
        var parts = new List<string>();
        int first = 0;
        for (int i = 0; i <= hypothesis.Ids.Length; i++)
        {
            if (i == hypothesis.Ids.Length || hypothesis.Ids[i] == unknown)
            {
                parts.Add(target.Decode(hypothesis.Ids.AsSpan(first, i - first)));
                parts.Add(i < hypothesis.Ids.Length ? translated[looked[i]] ?? Spelling(ids[looked[i]], spelled[looked[i]]) : "");
                first = i + 1;
            }
        }

        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    /// <summary>For each source piece the table's best translation of its word, or of the piece where the table is of pieces; null for none.</summary>
    private string?[] Translations(string text, int[] ids)
    {
        var translated = new string?[ids.Length];
        if (lexicon is { IsOfPieces: true })
        {
            for (int i = 0; i < ids.Length; i++)
            {
                // The unknown piece stands for many words, so its translations are nobody's.
                ReadOnlySpan<int> targets = ids[i] == source.Vocabulary.UnknownId ? [] : lexicon.Targets(ids[i]);
                translated[i] = targets.IsEmpty || targets[0] == target.Vocabulary.UnknownId ? null : target.Decode(targets[..1]);
            }
        }
        else if (lexicon is not null && PieceWords.Of(source, text, ids) is { } spans)
        {
            string[] words = AlignmentLine.WordsOf(text);
            for (int i = 0; i < ids.Length; i++)
                translated[i] = lexicon.Translate(words[spans[i].First]);
        }

        return translated;
    }

    /// <summary>A source piece as text; one that the source vocabulary does not hold either keeps its own spelling.</summary>
    private string Spelling(int id, string piece) =>
        id == source.Vocabulary.UnknownId ? piece.Replace(SpaceMark, ' ').Trim() : source.Decode([id]);
}
