using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Attention of a recurrent decoder: every row compares its query with the positions of its source sentence and reads their weighted sum.</summary>
/// <remarks>Weights, of width A, Q (query) and C (source states): additive <c>query.weight</c> [A, Q], <c>query.bias</c> [A] (not of concat), <c>key.weight</c>
/// [A, C], <c>vector</c> [A], of the normed form <c>gain</c> [1], and <c>features.weight</c> [A, F] for coverage, which comes first, and location filters,
/// <c>filters.weight</c> [F, width]; general <c>key.weight</c> [Q, C]; multi-head <c>query</c>, <c>key</c>, <c>value</c>, <c>output</c>; a predicted window
/// <c>window.hidden.weight</c> [A, Q] and <c>window.position.weight</c> [1, A].</remarks>
internal sealed class SourceAttention
{
    private readonly SourceAttentionOptions _options;
    private readonly Linear? _query;
    private readonly Linear? _keys;
    private readonly Linear? _values;
    private readonly Linear? _output;
    private readonly Parameter? _vector;
    private readonly Parameter? _gain;
    private readonly AttentionFeatures? _features;
    private readonly WindowCentre? _centre;

    internal SourceAttention(SourceAttentionOptions options, int queryWidth, int memoryWidth, INamedWeights weights)
    {
        _options = options;
        Initializer drawn = options.Initializer;
        Linear Plain(string name, int from, int to) => Linear.WithoutBias(from, to, weights.In(name), drawn);
        if (options.IsAdditive)
        {
            _query = options.Score == AttentionScore.Concat
                ? Plain("query", queryWidth, options.Width)
                : new Linear(queryWidth, options.Width, weights.In("query"), drawn);
            _keys = Plain("key", memoryWidth, options.Width);
            _vector = weights.Get("vector", [options.Width], Initializer.Uniform(1 / MathF.Sqrt(options.Width)));
            _gain = options.Score == AttentionScore.NormedAdditive ? weights.Get("gain", [1], Initializer.Ones) : null;
            _features = AttentionFeatures.From(options, weights);
        }
        else if (options.Score == AttentionScore.General)
        {
            _keys = Plain("key", memoryWidth, queryWidth);
        }
        else if (options.Score == AttentionScore.MultiHead)
        {
            _query = new Linear(queryWidth, options.Width, weights.In("query"), drawn);
            _keys = new Linear(memoryWidth, options.Width, weights.In("key"), drawn);
            _values = new Linear(memoryWidth, options.Width, weights.In("value"), drawn);
            _output = new Linear(options.Width, options.Width, weights.In("output"), drawn);
        }

        _centre = options.Window == AttentionWindow.Global ? null : new WindowCentre(options, queryWidth, weights.In("window"));
    }

    /// <summary>What is worked out once for all steps.</summary>
    /// <param name="states">[M, C]; what the encoder made.</param>
    internal SourceMemory Prepare(Tensor states) => new(_keys?.Forward(states) ?? states, _values?.Forward(states) ?? states);

    /// <summary>Looks at the source.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="query">[R, Q]; the decoder's states.</param>
    /// <param name="memory">What was prepared.</param>
    /// <param name="readers">Which sentence each row reads.</param>
    /// <param name="positions">The number of each row's target position, [R].</param>
    /// <param name="trail">What was looked at before.</param>
    internal Glimpse Look(Step step, Tensor query, SourceMemory memory, SourceReaders readers, ReadOnlySpan<int> positions, AttentionTrail trail)
    {
        Tensor scores = Scores(step, query, memory, readers, trail);
        Tensor weights = _centre is null ? scores.SoftmaxOverSource(readers) : _centre.Weights(step, scores, query, readers, positions);
        Tensor context = weights.WeightedSum(memory.Values, readers);
        return new Glimpse(_output?.Forward(context) ?? context, weights, _options.RemembersWeights ? trail.With(weights) : default);
    }

    private Tensor Scores(Step step, Tensor query, SourceMemory memory, SourceReaders readers, AttentionTrail trail)
    {
        switch (_options.Score)
        {
            case AttentionScore.Dot or AttentionScore.General:
                return query.DotScores(memory.Keys, readers);
            case AttentionScore.ScaledDot:
                return query.DotScores(memory.Keys, readers, 1, 1 / MathF.Sqrt(query.Shape.Width));
            case AttentionScore.MultiHead:
                return _query!.Forward(query).DotScores(memory.Keys, readers, _options.Heads, 1 / MathF.Sqrt(_options.Width / _options.Heads));
            default:
                Tensor vector = _gain is null ? _vector! : _vector!.Value.WeightNorm(step, _gain);
                (Tensor features, Tensor weights) = _features?.Of(trail, query.Shape.Rows, readers) ?? default;
                return _query!.Forward(query).AdditiveScores(memory.Keys, vector, readers, features, weights);
        }
    }
}

/// <summary>What attention works out of the source once for all steps.</summary>
/// <param name="Keys">What queries are compared with, [M, A].</param>
/// <param name="Values">What is read, [M, C].</param>
internal readonly record struct SourceMemory(Tensor Keys, Tensor Values);

/// <summary>What rows looked at before.</summary>
/// <param name="Last">The last weights, [R, L], or none before the first step.</param>
/// <param name="Seen">The sum of all weights so far, [R, L], or none.</param>
internal readonly record struct AttentionTrail(Tensor Last, Tensor Seen)
{
    /// <summary>After one more look, of as many rows or fewer.</summary>
    internal AttentionTrail With(Tensor weights) => new(weights, Seen.IsNone ? weights : Seen.RowRange(0, weights.Shape.Rows).Add(weights));

    /// <summary>The first rows.</summary>
    internal AttentionTrail First(int rows) => Last.IsNone ? this : new(Last.RowRange(0, rows), Seen.RowRange(0, rows));

    /// <summary>The same without a way back.</summary>
    internal AttentionTrail Detach() => Last.IsNone ? this : new(Last.Detach(), Seen.Detach());
}

/// <summary>One look at the source.</summary>
/// <param name="Context">What was read, [R, C].</param>
/// <param name="Weights">How much each position was looked at, [R · H, L].</param>
/// <param name="Trail">What was looked at, this included.</param>
internal readonly record struct Glimpse(Tensor Context, Tensor Weights, AttentionTrail Trail);
