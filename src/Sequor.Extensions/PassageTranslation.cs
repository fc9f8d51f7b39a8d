using System.Text;

namespace Sequor.Extensions;

/// <summary>A passage and its translation, sentence by sentence.</summary>
public sealed record PassageTranslation
{
    /// <summary>The name of the model that translated it.</summary>
    public required string ModelId { get; init; }

    /// <summary>The version of its files, <see cref="ModelLease.Version"/>.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The passage as it was given.</summary>
    public required string Source { get; init; }

    /// <summary>The translation.</summary>
    public required string Text { get; init; }

    /// <summary>Its sentences, in order; none for a text of white space.</summary>
    public required IReadOnlyList<SentenceTranslation> Sentences { get; init; }

    /// <summary>The language of the passage: as it was said, found out or stated by the model; null where nobody knows.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The language of the translation; null where nobody knows.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>How certain the source language is, 0 to 1, where it was found out; null where it was not.</summary>
    public double? SourceConfidence { get; init; }

    /// <summary>What stands before the first sentence, between sentences and behind the last: one more than there are sentences.</summary>
    internal IReadOnlyList<string> Joints { get; init; } = [""];

    /// <summary>How many translations of the whole there are: as many as any sentence has.</summary>
    public int Alternatives => Sentences.Count == 0 ? 0 : Sentences.Max(sentence => sentence.Output.Hypotheses.Count);

    /// <summary>Whether a sentence was longer than the model can read, and its end was left out.</summary>
    public bool SourceWasCut => Sentences.Any(sentence => sentence.Output.SourceWasCut);

    /// <summary>The translation made of each sentence's output of a rank, or of its last one where it has fewer.</summary>
    /// <param name="rank">The rank, from 0, the best.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is negative.</exception>
    public string TextOf(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        if (rank == 0)
        {
            return Text;
        }

        var text = new StringBuilder(Joints[0]);
        for (int i = 0; i < Sentences.Count; i++)
        {
            IReadOnlyList<Decoding.GeneratedHypothesis> hypotheses = Sentences[i].Output.Hypotheses;
            text.Append(hypotheses.Count == 0 ? "" : hypotheses[Math.Min(rank, hypotheses.Count - 1)].Text).Append(Joints[i + 1]);
        }

        return text.ToString();
    }

    /// <summary>The translation alone.</summary>
    public override string ToString() => Text;
}
