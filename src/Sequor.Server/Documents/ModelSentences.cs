using Sequor.Decoding;
using Sequor.Extensions;

namespace Sequor.Server.Documents;

/// <summary>Translates the sentences of documents with a model, and tells by its attention what came from where.</summary>
/// <param name="translator">Who translates.</param>
/// <param name="options">What is asked; its search should record attention, or marks go to their places by proportion.</param>
internal sealed class ModelSentences(ITranslator translator, TranslationOptions options)
{
    /// <summary>A link of less weight is none.</summary>
    private const float LeastWeight = 0.02f;

    /// <summary>Translates sentences.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<IReadOnlyList<AlignedTranslation>> TranslateAsync(IReadOnlyList<string> sentences, CancellationToken cancellation)
    {
        IReadOnlyList<PassageTranslation> passages =
            await translator.TranslateAsync(sentences, options with { SplitSentences = false }, cancellation).ConfigureAwait(false);
        return [.. passages.Select(passage => new AlignedTranslation(passage.Text, [.. passage.Sentences.SelectMany(LinksOf)]))];
    }

    private static IEnumerable<SpanLink> LinksOf(SentenceTranslation sentence) =>
        LinksOf(sentence.Output).Select(link => link with { SourceStart = link.SourceStart + sentence.SourceStart, TargetStart = link.TargetStart + sentence.TargetStart });

    /// <summary>For each written piece links to the pieces of the source that it looked at.</summary>
    /// <param name="output">An output with recorded attention; one without has no links.</param>
    internal static IEnumerable<SpanLink> LinksOf(GeneratedText output)
    {
        if (output.Hypotheses.Count == 0 || output.Hypotheses[0].Hypothesis.Attention.Count == 0)
            yield break;
        IReadOnlyList<float[]> attention = output.Hypotheses[0].Hypothesis.Attention;
        (int Start, int Length)[] source = PieceSpans.Of([.. output.SourcePieces.SkipLast(1)], output.Source);
        (int Start, int Length)[] target = PieceSpans.Of(output.Pieces, output.Text);
        int rows = Math.Min(attention.Count, target.Length);
        for (int from = 0; from < source.Length; from++)
        {
            // Articles look at their noun more than at the article they come from, but the noun itself looks at it more still: both sides must agree.
            float all = Enumerable.Range(0, rows).Sum(row => attention[row][from]);
            for (int i = 0; i < rows; i++)
            {
                float weight = attention[i][from] * attention[i][from] / all;
                if (weight >= LeastWeight && source[from].Length > 0 && target[i].Length > 0)
                    yield return new SpanLink(source[from].Start, source[from].Length, target[i].Start, target[i].Length) { Weight = weight };
            }
        }
    }
}
