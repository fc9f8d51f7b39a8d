using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sequor.Decoding;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Text;

namespace Sequor.Server.Generation;

/// <summary>Tells what became of a text in the words of the API.</summary>
/// <param name="request">What is to be told.</param>
/// <param name="target">Joins the pieces of outputs.</param>
internal sealed class OutputOf(GenerateRequest request, Tokenizer target)
{
    // Some 40 MB of JSON. The weights of a text grow with its square: a few pages of it would fill the memory.
    internal const long MostWeights = 4_000_000;

    private long _weights;

    /// <summary>The output of a text.</summary>
    /// <param name="passage">The text with what became of it.</param>
    /// <param name="index">Its place among the texts.</param>
    internal GeneratedOutput Passage(PassageTranslation passage, int index)
    {
        IReadOnlyList<OutputHypothesis> hypotheses = [.. Enumerable.Range(0, passage.Alternatives).Select(rank => Hypothesis(passage, rank))];
        bool wasStopped = passage.Sentences.Any(sentence => At(sentence, 0)?.Hypothesis.StoppedBy == StopReason.MaximumLength);
        return new GeneratedOutput
        {
            Index = index,
            Text = passage.Text,
            Score = hypotheses.Count > 0 ? hypotheses[0].Score : 0,
            StoppedBy = wasStopped ? "max_length" : "eos",
            SourceWasCut = passage.SourceWasCut,
            Hypotheses = hypotheses,
            SourceTokens = request.Attention || request.Alignments ? [.. passage.Sentences.SelectMany(sentence => sentence.Output.SourcePieces)] : null,
            Alignment = request.Alignments ? Alignment(passage) : null,
            Attention = request.Attention ? Attention(passage) : null,
            Glossary = request.Glossary is null ? null
                : [.. passage.Sentences.SelectMany(sentence => sentence.Terms).Select(term => new GlossaryTerm(term.Term, term.Translations[0], term.IsMet))],
            Sentences = [.. passage.Sentences.Select(sentence => new SentenceSpans([sentence.SourceStart, sentence.SourceLength], [sentence.TargetStart, sentence.TargetLength]))],
        };
    }

    private static GeneratedHypothesis? At(SentenceTranslation sentence, int rank) =>
        sentence.Output.Hypotheses is { Count: > 0 and var count } hypotheses ? hypotheses[Math.Min(rank, count - 1)] : null;

    private OutputHypothesis Hypothesis(PassageTranslation passage, int rank)
    {
        IReadOnlyList<GeneratedHypothesis> sentences = [.. passage.Sentences.Select(sentence => At(sentence, rank)).OfType<GeneratedHypothesis>()];
        double pieces = sentences.Sum(one => one.Hypothesis.TokenLogProbabilities.Length);
        double score = sentences.Count == 1 ? sentences[0].Hypothesis.Score : sentences.Sum(one => one.Hypothesis.Score * one.Hypothesis.TokenLogProbabilities.Length) / pieces;
        return new OutputHypothesis(passage.TextOf(rank), score, sentences.Sum(one => one.Hypothesis.LogProbability))
        {
            Tokens = request.Tokens ? [.. Tokens(passage, rank)] : null,
        };
    }

    // What stands between sentences is the same at every rank.
    private IEnumerable<OutputToken> Tokens(PassageTranslation passage, int rank)
    {
        (int start, int bestEnd) = (0, 0);
        foreach (SentenceTranslation sentence in passage.Sentences)
        {
            start += sentence.TargetStart - bestEnd;
            bestEnd = sentence.TargetStart + sentence.TargetLength;
            if (At(sentence, rank) is { } said)
            {
                foreach (OutputToken token in Tokens(said, start))
                {
                    yield return token;
                }

                start += said.Text.Length;
            }
        }
    }

    private IEnumerable<OutputToken> Tokens(GeneratedHypothesis said, int start)
    {
        int[] ids = said.Hypothesis.Ids;
        (int Start, int Length)[] spans = TokenSpans.Of(ids, said.Text, target);
        return ids.Select((id, i) => new OutputToken(target.Vocabulary[id], said.Hypothesis.TokenLogProbabilities[i], start + spans[i].Start, spans[i].Length));
    }

    private static string Alignment(PassageTranslation passage)
    {
        List<string> links = [];
        (int source, int target) = (0, 0);
        foreach (SentenceTranslation sentence in passage.Sentences)
        {
            int[] looked = At(sentence, 0) is { } best ? Decoding.Alignment.Hard(best.Hypothesis) : [];
            links.AddRange(looked.Select((from, to) => string.Create(CultureInfo.InvariantCulture, $"{source + from}-{target + to}")));
            source += sentence.Output.SourcePieces.Count;
            target += looked.Length;
        }

        return string.Join(' ', links);
    }

    // No sentence looks at another: beside its own columns a row has zeros.
    private List<float[]> Attention(PassageTranslation passage)
    {
        int width = passage.Sentences.Sum(sentence => sentence.Output.SourcePieces.Count);
        _weights += (long)width * passage.Sentences.Sum(sentence => At(sentence, 0)?.Hypothesis.Attention.Count ?? 0);
        if (_weights > MostWeights)
        {
            throw new RequestFaultException(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
                $"'attention' would be more than {MostWeights:N0} weights, as it has a row for each target piece and in it every source piece of the text. Send shorter texts, or leave it out."));
        }

        List<float[]> rows = [];
        int source = 0;
        foreach (SentenceTranslation sentence in passage.Sentences)
        {
            foreach (float[] weights in At(sentence, 0)?.Hypothesis.Attention ?? [])
            {
                float[] row = new float[width];
                weights.CopyTo(row, source);
                rows.Add(row);
            }

            source += sentence.Output.SourcePieces.Count;
        }

        return rows;
    }
}
