using Sequor.Decoding.Constraints;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Engine;

/// <summary>The search for the outputs of one sentence: which of its hypotheses live, what they have written, and which have ended. Serves sentence after sentence.</summary>
/// <param name="rules">What may come next.</param>
internal abstract class SentenceSearch(Rules rules)
{
    /// <summary>What may come next.</summary>
    internal Rules Rules { get; } = rules;

    /// <summary>What hypotheses have written.</summary>
    internal Histories Histories { get; } = new();

    /// <summary>Where hypotheses stand with what the sentence asks for.</summary>
    internal ConstraintTracker Constraints { get; } = new();

    /// <summary>The sentence.</summary>
    internal SentenceRequest Request { get; private set; } = null!;

    /// <summary>The histories of the live hypotheses, a row each; none when the search is done.</summary>
    internal abstract ReadOnlySpan<int> Live { get; }

    /// <summary>How many of the best pieces of a row are looked at, bans not counted.</summary>
    internal abstract int Best { get; }

    /// <summary>Whether the next step must know whole rows.</summary>
    internal abstract bool NeedsRows { get; }

    /// <summary>Begins with a sentence.</summary>
    internal void Begin(SentenceRequest request)
    {
        Request = request;
        Histories.Clear();
        Constraints.Begin(request.Rules.Constraints);
        Restart();
    }

    /// <summary>One step: chooses how the live hypotheses go on.</summary>
    /// <param name="predictor">What may come next.</param>
    /// <param name="firstRow">The row of the first live hypothesis; the others follow it.</param>
    /// <param name="moves">Receives a row for each hypothesis that lives on, in the order of <see cref="Live"/> afterwards.</param>
    internal abstract void Advance(Predictor predictor, int firstRow, RowMoves moves);

    /// <summary>What may still become the best output or its beginning: every live hypothesis, and the finished one that is the best so far.</summary>
    /// <param name="histories">Receives the histories; cleared first.</param>
    /// <returns>Whether the output is certain: nothing lives.</returns>
    internal bool StillPossible(List<int> histories)
    {
        histories.Clear();
        foreach (int history in Live)
        {
            histories.Add(history);
        }

        if (BestFinished is { } finished)
        {
            histories.Add(finished);
        }

        return Live.IsEmpty;
    }

    /// <summary>The finished hypothesis that is the best so far, without its end sign; null when none has finished.</summary>
    protected abstract int? BestFinished { get; }

    /// <summary>The outputs, best first; called when no hypothesis lives.</summary>
    internal abstract IReadOnlyList<Hypothesis> Finish();

    /// <summary>Makes the first hypotheses of <see cref="Request"/>.</summary>
    protected abstract void Restart();
}
