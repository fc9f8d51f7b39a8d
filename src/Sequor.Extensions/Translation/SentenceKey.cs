using System.Globalization;
using System.Text;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Extensions.Translation;

/// <summary>All that an output depends on.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version of its files.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Search">How its output is looked for. Lists in it are compared as objects: two that are equal but not the same miss each other, which costs time only.</param>
/// <param name="Request">What is asked of it beyond that, as text.</param>
/// <param name="Number">What sampling is keyed by; 0 where nothing is drawn.</param>
internal readonly record struct SentenceKey(string Model, string Version, string Text, SearchOptions Search, string Request, long Number)
{
    /// <summary>About the bytes that its own texts take.</summary>
    internal long Bytes => 128 + (2L * (Text.Length + Request.Length));

    /// <summary>The key of a sentence; null where its request cannot be told by a text, so that its output must not be kept.</summary>
    /// <param name="model">The model.</param>
    /// <param name="job">The sentence and what is asked of it.</param>
    /// <param name="search">How its output is looked for.</param>
    internal static SentenceKey? Of(ModelLease model, GenerationJob job, SearchOptions search)
    {
        var request = new StringBuilder();
        Append(request, job.Request.Prefix);
        foreach (OutputConstraint constraint in job.Request.Constraints)
        {
            if (constraint is not RequiredPhrase phrase)
            {
                return null;
            }

            request.Append(CultureInfo.InvariantCulture, $"{phrase.Alternatives.Count}!");
            Append(request, phrase.SourceTerm ?? "");
            foreach (string text in phrase.Alternatives)
            {
                Append(request, text);
            }
        }

        bool isDrawn = search is not (GreedySearchOptions or BeamSearchOptions);
        return new SentenceKey(model.Id, model.Version, job.Text, search, request.ToString(), isDrawn ? job.Number : 0);
    }

    // With its length before it no text can be taken for the end of another.
    private static void Append(StringBuilder request, string text) => request.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
}
