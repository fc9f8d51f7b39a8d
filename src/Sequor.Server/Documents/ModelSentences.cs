using Sequor.Decoding;
using Sequor.Extensions;

namespace Sequor.Server.Documents;

/// <summary>Translates the sentences of documents with a model, and tells by its attention what came from where.</summary>
/// <param name="translator">Who translates.</param>
/// <param name="options">What is asked; its search should record attention, or marks go to their places by proportion.</param>
internal sealed class ModelSentences(ITranslator translator, TranslationOptions options)
{
    /// <summary>A piece that looked at no piece of the source with more than this came from none.</summary>
    private const float LeastWeight = 0.1f;

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

    /// <summary>For each written piece a link to the piece of the source that it looked at most.</summary>
    /// <param name="output">An output with recorded attention; one without has no links.</param>
    internal static IEnumerable<SpanLink> LinksOf(GeneratedText output)
    {
        if (output.Hypotheses.Count == 0 || output.Hypotheses[0].Hypothesis.Attention.Count == 0)
            yield break;
        Hypothesis best = output.Hypotheses[0].Hypothesis;
        (int Start, int Length)[] source = PieceSpans.Of([.. output.SourcePieces.SkipLast(1)], output.Source);
        (int Start, int Length)[] target = PieceSpans.Of(output.Pieces, output.Text);
        int[] looked = Alignment.Hard(best);
        for (int i = 0; i < Math.Min(looked.Length, target.Length); i++)
        {
            int from = looked[i];
            if (from < source.Length && source[from].Length > 0 && target[i].Length > 0 && best.Attention[i][from] >= LeastWeight)
                yield return new SpanLink(source[from].Start, source[from].Length, target[i].Start, target[i].Length);
        }
    }
}
