using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>
    /// Scores of every position of each row's source sentence by a layer of tanh units: e[r, j] = vᵀ tanh(q[r] + k[j] + U f[r, j])
    /// (Bahdanau et al. 2015, A.1.2). Luong's concat, v tanh(W [h; s]), is this with the two halves of W as the projections of query and keys; the
    /// normed form is this with <see cref="WeightNorm"/> of v and a bias in the query's projection.
    /// </summary>
    /// <param name="keys">[M, A], all source positions projected, where this is [R, A], the query of each row projected.</param>
    /// <param name="vector">v, [A].</param>
    /// <param name="readers">Which source sentence each row reads, R rows.</param>
    /// <param name="features">f, what each row knows of each position: [R, L, F]; [R, L] for one number, such as the weights given so far (Tu et al. 2016)
    /// or the <see cref="LocationFeatures"/> of the weights given last (Chorowski et al. 2015). Or none.</param>
    /// <param name="featureWeights">U, [A, F]; or none.</param>
    /// <returns>[R, L], 0 behind each row's sentence.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor AdditiveScores(Tensor keys, Tensor vector, SourceReaders readers, Tensor features = default, Tensor featureWeights = default)
    {
        const string Operation = "AdditiveScores";
        ArgumentNullException.ThrowIfNull(readers);
        int units = Shape.Width;
        ShapeErrors.CheckRows(Operation, "the queries", Shape, readers.Count);
        ShapeErrors.CheckRows(Operation, "the keys", keys.Shape, readers.Source.Rows);
        ShapeErrors.CheckWidth(Operation, "the keys", keys.Shape, units);
        ShapeErrors.CheckSame($"{Operation}'s vector", vector.Shape, [units]);
        CheckFeatures(Operation, readers, units, features, featureWeights);
        Tensor result = Op.Result([readers.Count, readers.Columns], out bool recorded, this, keys, vector, features, featureWeights);
        Kernels.AdditiveScores(readers.Plan(1), Terms(this, keys, vector, features, featureWeights), result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = AdditiveScoresBackward,
                Unread = TapeValues.Output,
                Output = result,
                A = this,
                B = keys,
                C = vector,
                D = features,
                E = featureWeights,
                Details = readers,
            });
        }

        return result;
    }

    /// <summary>g · v / ‖v‖ (Salimans and Kingma 2016): the vector of normed additive attention.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="gain">g, [1], where this is v, [A].</param>
    /// <returns>[A]</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor WeightNorm(Step step, Tensor gain)
    {
        ArgumentNullException.ThrowIfNull(step);
        ShapeErrors.CheckSame("WeightNorm's gain", gain.Shape, [1]);
        ShapeErrors.CheckRank("WeightNorm", "the vector", Shape, 1);

        // ‖v‖ is the root mean square times √A.
        Tensor roots = step.Filled(1 / MathF.Sqrt(Shape.Width), [1, Shape.Width]);
        return step.Use(this).RmsNorm(step.Use(gain).Reshape([1, 1]).MatMul(roots).Reshape(Shape), epsilon: 1e-30f);
    }

    private static void AdditiveScoresBackward(in TapeEntry entry, Gradients gradients)
    {
        AdditiveTerms terms = Terms(entry.A, entry.B, entry.C, entry.D, entry.E);
        AdditiveTerms slopes = new(
            AddedTo(entry.A, gradients), AddedTo(entry.B, gradients), AddedTo(entry.C, gradients), AddedTo(entry.D, gradients),
            AddedTo(entry.E, gradients), terms.Units, terms.FeatureCount);
        entry.Output.Kernels.AdditiveScoresBackward(PlanOf(entry, 1), terms, gradients.Of(entry.Output), slopes);
    }

    private static AdditiveTerms Terms(Tensor queries, Tensor keys, Tensor vector, Tensor features, Tensor featureWeights) =>
        features.IsNone
            ? new AdditiveTerms(queries.Storage, keys.Storage, vector.Storage, default, default, queries.Shape.Width, 0)
            : new AdditiveTerms(
                queries.Storage, keys.Storage, vector.Storage, features.Storage, featureWeights.Storage, queries.Shape.Width, featureWeights.Shape.Width);

    private static void CheckFeatures(string operation, SourceReaders readers, int units, Tensor features, Tensor featureWeights)
    {
        if (features.IsNone != featureWeights.IsNone)
        {
            throw new ArgumentException($"{operation} was given features without their weights, or weights without features: both are needed, or neither.", nameof(features));
        }

        if (!features.IsNone)
        {
            ShapeErrors.CheckRows(operation, "the weights of the features", featureWeights.Shape, units);
            int count = featureWeights.Shape.Width;
            ShapeErrors.CheckSame(operation, "features", features.Shape, features.Shape.Rank == 2 && count == 1
                ? [readers.Count, readers.Columns]
                : [readers.Count, readers.Columns, count]);
        }
    }
}
