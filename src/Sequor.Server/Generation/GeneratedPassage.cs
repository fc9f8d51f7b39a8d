using Sequor.Decoding;

namespace Sequor.Server.Generation;

/// <summary>A text with what became of its sentences.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parts">Its stretches; of a sentence with its output, of what lies between with nothing.</param>
internal sealed record GeneratedPassage(string Text, IReadOnlyList<(PassagePart Part, GeneratedText? Output)> Parts)
{
    /// <summary>How many hypotheses there are of the whole: as many as any sentence has.</summary>
    internal int Hypotheses => Parts.Max(part => (int?)part.Output?.Hypotheses.Count) ?? 0;

    /// <summary>The sentences' outputs.</summary>
    internal IEnumerable<GeneratedText> Outputs => Parts.Select(part => part.Output).OfType<GeneratedText>();

    /// <summary>A hypothesis of the whole: of each sentence the one of that rank, or its last.</summary>
    /// <param name="rank">The rank, from 0.</param>
    /// <returns>For each stretch where it begins in the hypothesis, its text and, of a sentence, its hypothesis.</returns>
    internal IEnumerable<(int Start, string Text, GeneratedHypothesis? Hypothesis)> Hypothesis(int rank)
    {
        int start = 0;
        foreach ((PassagePart part, GeneratedText? output) in Parts)
        {
            GeneratedHypothesis? hypothesis = output is { Hypotheses.Count: > 0 and var count } ? output.Hypotheses[Math.Min(rank, count - 1)] : null;
            string text = output is null ? Text.Substring(part.Start, part.Length) : hypothesis?.Text ?? "";
            yield return (start, text, hypothesis);
            start += text.Length;
        }
    }
}
