using System.Globalization;
using Sequor.Decoding;
using Sequor.Text;

namespace Sequor.Server.Generation;

/// <summary>Tells what became of a text in the words of the API.</summary>
/// <param name="request">What is to be told.</param>
/// <param name="target">Joins the pieces of outputs.</param>
internal sealed class OutputOf(GenerateRequest request, Tokenizer target)
{
    /// <summary>The output of a text.</summary>
    /// <param name="passage">The text with what became of it.</param>
    /// <param name="index">Its place among the texts.</param>
    internal GeneratedOutput Passage(GeneratedPassage passage, int index)
    {
        IReadOnlyList<OutputHypothesis> hypotheses = [.. Enumerable.Range(0, passage.Hypotheses).Select(rank => Hypothesis(passage, rank))];
        IReadOnlyList<GeneratedHypothesis> best = [.. passage.Outputs.Where(output => output.Hypotheses.Count > 0).Select(output => output.Hypotheses[0])];
        bool tellsAttention = request.Attention || request.Alignments;
        return new GeneratedOutput
        {
            Index = index,
            Text = hypotheses.Count > 0 ? hypotheses[0].Text : string.Concat(passage.Hypothesis(0).Select(part => part.Text)),
            Score = hypotheses.Count > 0 ? hypotheses[0].Score : 0,
            StoppedBy = best.Any(one => one.Hypothesis.StoppedBy == StopReason.MaximumLength) ? "max_length" : "eos",
            SourceWasCut = passage.Outputs.Any(output => output.SourceWasCut),
            Hypotheses = hypotheses,
            SourceTokens = tellsAttention ? [.. passage.Outputs.SelectMany(output => output.SourcePieces)] : null,
            Alignment = request.Alignments ? Alignment(passage) : null,
            Attention = request.Attention ? Attention(passage) : null,
            Glossary = request.Glossary is null ? null : [.. best.SelectMany(one => RequestedGlossary.Report(one.Hypothesis))],
            Sentences = [.. passage.Parts.Zip(passage.Hypothesis(0)).Where(pair => pair.First.Part.IsSentence)
                .Select(pair => new SentenceSpans([pair.First.Part.Start, pair.First.Part.Length], [pair.Second.Start, pair.Second.Text.Length]))],
        };
    }

    private OutputHypothesis Hypothesis(GeneratedPassage passage, int rank)
    {
        IReadOnlyList<(int Start, string Text, GeneratedHypothesis? Hypothesis)> parts = [.. passage.Hypothesis(rank)];
        IReadOnlyList<Hypothesis> sentences = [.. parts.Select(part => part.Hypothesis?.Hypothesis).OfType<Hypothesis>()];
        double pieces = sentences.Sum(one => one.TokenLogProbabilities.Length);
        return new OutputHypothesis(
            string.Concat(parts.Select(part => part.Text)),
            sentences.Count == 1 ? sentences[0].Score : sentences.Sum(one => one.Score * one.TokenLogProbabilities.Length) / pieces,
            sentences.Sum(one => one.LogProbability))
        {
            Tokens = request.Tokens ? [.. parts.SelectMany(part => part.Hypothesis is { } said ? Tokens(said, part.Start) : [])] : null,
        };
    }

    private IEnumerable<OutputToken> Tokens(GeneratedHypothesis said, int start)
    {
        int[] ids = said.Hypothesis.Ids;
        (int Start, int Length)[] spans = TokenSpans.Of(ids, said.Text, target);
        return ids.Select((id, i) => new OutputToken(target.Vocabulary[id], said.Hypothesis.TokenLogProbabilities[i], start + spans[i].Start, spans[i].Length));
    }

    private static string Alignment(GeneratedPassage passage)
    {
        List<string> links = [];
        (int source, int target) = (0, 0);
        foreach (GeneratedText output in passage.Outputs.Where(output => output.Hypotheses.Count > 0))
        {
            int[] looked = Decoding.Alignment.Hard(output.Hypotheses[0].Hypothesis);
            links.AddRange(looked.Select((from, to) => string.Create(CultureInfo.InvariantCulture, $"{source + from}-{target + to}")));
            source += output.SourcePieces.Count;
            target += looked.Length;
        }

        return string.Join(' ', links);
    }

    // No sentence looks at another: beside its own columns a row has zeros.
    private static List<float[]> Attention(GeneratedPassage passage)
    {
        int width = passage.Outputs.Sum(output => output.SourcePieces.Count);
        List<float[]> rows = [];
        int source = 0;
        foreach (GeneratedText output in passage.Outputs)
        {
            foreach (float[] weights in output.Hypotheses.Count > 0 ? output.Hypotheses[0].Hypothesis.Attention : [])
            {
                float[] row = new float[width];
                weights.CopyTo(row, source);
                rows.Add(row);
            }

            source += output.SourcePieces.Count;
        }

        return rows;
    }
}
