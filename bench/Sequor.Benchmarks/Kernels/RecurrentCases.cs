using Sequor.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks.Kernels;

/// <summary>One time step of 256 sentences, width 256: the cell after its products, and attention to sources of 14 positions.</summary>
internal static class RecurrentCases
{
    private const int Sentences = 256;
    private const int Width = 256;
    private const int Length = 14;

    /// <summary>The cases.</summary>
    internal static IReadOnlyList<KernelCase> All { get; } =
    [
        Cell("lstm step", RecurrentCell.Lstm, 4, backward: false),
        Cell("lstm step, backward", RecurrentCell.Lstm, 4, backward: true),
        Cell("gru step", RecurrentCell.Gru, 3, backward: false),
        Cell("gru step, backward", RecurrentCell.Gru, 3, backward: true),
        Source("additive scores", Sentences * Length * Width, o =>
        {
            (SourcePlan plan, AdditiveTerms terms, Storage<float> scores) = (Plan(o), Terms(o), o.Numbers(Sentences * Length));
            return new(k => k.AdditiveScores(plan, terms, scores));
        }),
        Source("additive scores, backward", Sentences * Length * Width, o =>
        {
            (SourcePlan plan, AdditiveTerms terms, AdditiveTerms gradients, Storage<float> scores) = (Plan(o), Terms(o), Terms(o), o.Numbers(Sentences * Length));
            return new(k => k.AdditiveScoresBackward(plan, terms, scores, gradients));
        }),
        Source("dot scores", Sentences * Length * Width, o =>
        {
            (SourcePlan plan, AdditiveTerms terms, Storage<float> scores) = (Plan(o), Terms(o), o.Numbers(Sentences * Length));
            return new(k => k.SourceDots(plan, terms.Queries, terms.Keys, Width, 1, scores, false));
        }),
        Source("weighted sums of the source", Sentences * Length * Width, o =>
        {
            (SourcePlan plan, AdditiveTerms terms, Storage<float> weights) = (Plan(o), Terms(o), o.Positives(Sentences * Length));
            return new(k => k.SourceSums(plan, weights, terms.Keys, Width, 1, terms.Queries, false));
        }),
        Source("softmax over the source", Sentences * Length, o =>
        {
            (SourcePlan plan, Storage<float> scores, Storage<float> weights) = (Plan(o), o.Numbers(Sentences * Length), o.Numbers(Sentences * Length));
            return new(k => k.SourceSoftmax(plan, scores, default, 1, weights));
        }),
    ];

    private static KernelCase Cell(string name, RecurrentCell cell, int blocks, bool backward)
    {
        const long States = (long)Sentences * Width;
        int passes = (2 * blocks) + (backward ? 6 + blocks : 4);
        return new(name, $"[{Sentences}, {blocks} × {Width}]", blocks * States, passes * States * sizeof(float), o =>
        {
            bool hasState = cell == RecurrentCell.Lstm;
            Storage<float> State() => hasState ? o.Numbers(States) : default;
            CellStep step = new(cell, Width, o.Numbers(blocks * States), true, o.Positives(blocks * States), o.Numbers(States), State(), o.Numbers(States), State());
            CellGradients gradients = new(
                o.Numbers(States), State(), o.Numbers(blocks * States), hasState ? default : o.Numbers(blocks * States), o.Numbers(States), State());
            return backward ? new(k => k.CellBackward(step, gradients)) : new(k => k.CellForward(step));
        });
    }

    private static KernelCase Source(string name, long elements, Func<Operands, KernelWork> prepare) =>
        new(name, $"{Sentences} × {Length}, {Width}", elements, elements * sizeof(float), prepare);

    private static SourcePlan Plan(Operands operands)
    {
        int[] sentences = [.. Enumerable.Range(0, Sentences)];
        Storage<int> starts = operands.Copy<int>([.. sentences.Select(sentence => sentence * Length)]);
        Storage<int> lengths = operands.Copy<int>([.. sentences.Select(_ => Length)]);
        return new SourcePlan(
            Sentences, 1, Length, (long)Sentences * Length, starts, lengths, Sentences,
            operands.Copy<int>([.. sentences, Sentences]), operands.Copy<int>(sentences));
    }

    private static AdditiveTerms Terms(Operands operands) =>
        new(operands.Numbers(Sentences * Width), operands.Numbers(Sentences * Length * Width), operands.Numbers(Width), default, default, Width, 0);
}
