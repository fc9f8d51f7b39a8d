using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>Keeps the best few hypotheses of every sentence and lets them grow piece by piece until enough of them have ended.</summary>
/// <param name="model">Any encoder–decoder.</param>
/// <param name="special">The ids of begin, end and padding.</param>
/// <param name="options">Beam size, normalisation, limits and rules.</param>
public sealed class BeamSearch(EncoderDecoder model, SpecialIds special, BeamSearchOptions options) : ISearch
{
    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<Hypothesis>> Search(
        Step step, SequenceBatch source, IReadOnlyList<int[]>? prefixes = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options.ThrowIfInvalid();
        var rules = new Rules(options, special);
        Beam[] beams = [.. SearchSetup.RulesFor(source, options, model, prefixes).Select(sentence => new Beam(options, special, sentence))];
        using var rows = new HypothesisRows(model, step, source, rules, options.RecordAttention || options.CoveragePenalty > 0);
        while (beams.Any(beam => beam.Live.Count > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            Trace?[] written = [.. beams.SelectMany(beam => beam.Live)];
            rows.Advance([.. written.Select(trace => trace?.Id ?? special.Begin)], written);
            int row = 0;
            foreach (Beam beam in beams)
            {
                int count = beam.Live.Count;
                beam.Advance(rows, row, rules);
                row += count;
            }

            rows.Reorder([.. beams.SelectMany(beam => beam.Parents)]);
        }

        return [.. beams.Select(beam => beam.Ranked())];
    }
}
