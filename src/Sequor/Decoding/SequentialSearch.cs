using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>Writes each output on its own, one chosen piece after the other.</summary>
public abstract class SequentialSearch : ISearch
{
    private readonly EncoderDecoder _model;
    private readonly SpecialIds _special;
    private readonly SearchOptions _options;

    private protected SequentialSearch(EncoderDecoder model, SpecialIds special, SearchOptions options) =>
        (_model, _special, _options) = (model, special, options);

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<Hypothesis>> Search(
        Step step, SequenceBatch source, IReadOnlyList<int[]>? prefixes = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        _options.ThrowIfInvalid();
        var rules = new Rules(_options, _special);
        SentenceRules[] sentences = [.. SearchSetup.RulesFor(source, _options, _model, prefixes)];
        using var rows = new HypothesisRows(_model, step, source, rules, _options.RecordAttention);

        // One row for each output: sentence by sentence, sample by sample.
        List<Output> live = [.. Enumerable.Range(0, source.Count).SelectMany(
            sentence => Enumerable.Range(0, _options.NBest).Select(sample => new Output(sentence, sample, null)))];
        rows.Reorder([.. live.Select(output => output.Sentence)]);
        var finished = new List<Hypothesis>[source.Count];
        while (live.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Trace?[] written = [.. live.Select(output => output.Written)];
            rows.Advance([.. written.Select(trace => trace?.Id ?? _special.Begin)], written);
            live = Grow(live, rows, rules, sentences, source, finished, out List<int> parents);
            rows.Reorder([.. parents]);
        }

        return [.. finished.Select(outputs => outputs.OrderByDescending(output => output.Score).ToList())];
    }

    /// <summary>Chooses the next piece of one output.</summary>
    /// <param name="logProbabilities">[V]; free to be changed.</param>
    /// <param name="sentenceNumber">The caller's number of the sentence.</param>
    /// <param name="sample">Which of the sentence's outputs, from 0.</param>
    /// <param name="position">Which piece, from 0.</param>
    private protected abstract int Choose(Span<float> logProbabilities, long sentenceNumber, int sample, int position);

    private List<Output> Grow(
        List<Output> outputs, HypothesisRows rows, Rules rules, SentenceRules[] sentences, SequenceBatch source,
        List<Hypothesis>[] finished, out List<int> parents)
    {
        parents = [];
        var live = new List<Output>(outputs.Count);
        for (int row = 0; row < outputs.Count; row++)
        {
            Output output = outputs[row];
            Span<float> logProbabilities = rows.Row(row);
            rules.Ban(logProbabilities, output.Written, sentences[output.Sentence]);
            int position = output.Written?.Length ?? 0;
            float[] asPredicted = logProbabilities.ToArray();
            int id = Choose(logProbabilities, source.SentenceNumbers[output.Sentence], output.Sample, position);
            var trace = new Trace(output.Written, id, asPredicted[id], rows.Attention?[row]);
            if (id == _special.End || trace.Length == sentences[output.Sentence].Maximum)
            {
                StopReason reason = id == _special.End ? StopReason.EndOfSentence : StopReason.MaximumLength;
                (finished[output.Sentence] ??= []).Add(Trace.Finish(trace, trace.Total, reason));
                continue;
            }

            live.Add(output with { Written = trace });
            parents.Add(row);
        }

        return live;
    }

    private sealed record Output(int Sentence, int Sample, Trace? Written);
}
