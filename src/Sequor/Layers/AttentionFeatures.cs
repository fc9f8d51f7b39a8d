using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>What additive attention knows of each source position besides its state: how much it was looked at (coverage, Tu et al. 2016), and filters over where
/// the last look went (location-aware attention, Chorowski et al. 2015).</summary>
internal sealed class AttentionFeatures
{
    private readonly Parameter _weight;
    private readonly Parameter? _filters;
    private readonly bool _coverage;

    private AttentionFeatures(SourceAttentionOptions options, INamedWeights weights)
    {
        _coverage = options.Coverage;
        int count = (options.Coverage ? 1 : 0) + options.LocationFilters;
        _weight = weights.In("features").Get("weight", [options.Width, count], options.Initializer);
        _filters = options.LocationFilters > 0
            ? weights.In("filters").Get("weight", [options.LocationFilters, options.LocationWidth], options.Initializer)
            : null;
    }

    /// <summary>The features that the options ask for; null for none.</summary>
    internal static AttentionFeatures? From(SourceAttentionOptions options, INamedWeights weights) =>
        options.Coverage || options.LocationFilters > 0 ? new AttentionFeatures(options, weights) : null;

    /// <summary>The features [R, L, F] and their weights [A, F]; neither before anything was looked at, when all features are 0.</summary>
    internal (Tensor Features, Tensor Weights) Of(AttentionTrail trail, int rows, SourceReaders readers)
    {
        if (trail.Last.IsNone)
        {
            return default;
        }

        if (_filters is null)
        {
            return (trail.Seen.Reshape([rows, readers.Columns, 1]), _weight);
        }

        Tensor filtered = trail.Last.LocationFeatures(_filters, readers);
        Tensor features = _coverage ? trail.Seen.Reshape([rows, readers.Columns, 1]).Concatenate(filtered) : filtered;
        return (features.Reshape([rows, readers.Columns, _weight.Shape.Width]), _weight);
    }
}
