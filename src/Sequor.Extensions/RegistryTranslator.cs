using System.Runtime.CompilerServices;
using System.Text;
using Sequor.Decoding;
using Sequor.Extensions.Translation;

namespace Sequor.Extensions;

/// <summary>Translates with the models of a registry.</summary>
/// <param name="models">The models; they stay their owner's.</param>
/// <param name="cache">Outputs of sentences that were translated lately; null for no cache.</param>
/// <param name="model">The model for requests that name none; null where their languages decide, or the registry's default is meant.</param>
public sealed class RegistryTranslator(ModelRegistry models, TranslationCache? cache = null, string? model = null) : ITranslator
{
    /// <inheritdoc/>
    public async Task<PassageTranslation> TranslateAsync(string text, TranslationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (await TranslateAsync([text], options, cancellation).ConfigureAwait(false))[0];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PassageTranslation>> TranslateAsync(
        IReadOnlyList<string> texts, TranslationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options = WithModel(options);
        ChosenModel chosen = ChosenModel.For(models, texts, options);
        using ModelLease lease = await models.AcquireAsync(chosen.Id, cancellation).ConfigureAwait(false);
        PassagePlan[] plans = [.. texts.Select(text => PlanOf(text, lease, chosen, options))];
        GenerationJob[] jobs = [.. Jobs(plans, options)];
        GeneratedText[] outputs = await DecodeAsync(lease, options, jobs, Counting(options.Progress, jobs.Length), cancellation).ConfigureAwait(false);
        var passages = new PassageTranslation[plans.Length];
        int first = 0;
        for (int i = 0; i < plans.Length; i++)
        {
            passages[i] = PassageOf(plans[i], outputs.AsSpan(first, Math.Min(plans[i].Sentences.Count, outputs.Length - first)), lease, chosen);
            first += passages[i].Sentences.Count;
        }

        return passages;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TranslationPart> StreamAsync(
        string text, TranslationOptions? options = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        options = WithModel(options);
        ChosenModel chosen = ChosenModel.For(models, [text], options);
        using ModelLease lease = await models.AcquireAsync(chosen.Id, cancellation).ConfigureAwait(false);
        PassagePlan plan = PlanOf(text, lease, chosen, options);
        var parts = new OrderedParts(plan.Joints);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<GeneratedText[]> work = RunAsync();
        try
        {
            await foreach (string part in parts.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return new TranslationPart(part);
            }

            yield return new TranslationPart("") { Whole = PassageOf(plan, await work.ConfigureAwait(false), lease, chosen) };
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(work).ConfigureAwait(false);
        }

        async Task<GeneratedText[]> RunAsync()
        {
            try
            {
                GenerationJob[] jobs = [.. Jobs([plan], options).Select((job, place) => job with { Part = part => parts.Add(place, part) })];
                GeneratedText[] outputs = await DecodeAsync(lease, options, jobs, parts.Finish, stop.Token).ConfigureAwait(false);
                parts.Complete(null);
                return outputs;
            }
            catch (Exception fault)
            {
                parts.Complete(fault);
                throw;
            }
        }
    }

    private static Action<int>? Counting(IProgress<TranslationProgress>? progress, int total)
    {
        if (progress is null)
        {
            return null;
        }

        int done = 0;
        progress.Report(new TranslationProgress(0, total));
        return _ => progress.Report(new TranslationProgress(Interlocked.Increment(ref done), total));
    }

    private PassagePlan PlanOf(string text, ModelLease lease, ChosenModel chosen, TranslationOptions options) =>
        options.SplitSentences ?? models.Find(chosen.Id)?.SourceLanguage is not null
            ? PassagePlan.Cut(text, chosen.Source, chosen.Target, LongestSentence(lease))
            : PassagePlan.Whole(text);

    // Twice as many characters as the longest training sentence had pieces: pieces of alphabets hold more than two, and those of Chinese still fit the positions.
    private static int LongestSentence(ModelLease lease) =>
        Math.Max(Text.Sentences.SentenceSplitterOptions.LeastMaximumLength, 2 * lease.Translator.Configuration.Data.Filters.MaxLength);

    private static IEnumerable<GenerationJob> Jobs(IEnumerable<PassagePlan> plans, TranslationOptions options) =>
        plans.SelectMany(plan => plan.Sentences.Select((span, place) => (Text: span.Of(plan.Source), IsFirst: place == 0)))
            .Select((sentence, number) => new GenerationJob(sentence.Text)
            {
                Search = options.Search,
                Request = new DecodingRequest
                {
                    Prefix = sentence.IsFirst ? options.Prefix : "",
                    Constraints = options.Glossary is { } glossary ? [.. glossary.Match(sentence.Text)] : [],
                },
                Number = options.Number + number,
                Client = options.Client,
            });

    private static PassageTranslation PassageOf(PassagePlan plan, ReadOnlySpan<GeneratedText> outputs, ModelLease lease, ChosenModel chosen)
    {
        var text = new StringBuilder(plan.Joints[0]);
        var sentences = new SentenceTranslation[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            string output = outputs[i].Text;
            sentences[i] = new SentenceTranslation(plan.Sentences[i].Start, plan.Sentences[i].Length, text.Length, output.Length, outputs[i] with { Index = i });
            text.Append(output).Append(plan.Joints[i + 1]);
        }

        return new PassageTranslation
        {
            ModelId = lease.Id,
            ModelVersion = lease.Version,
            Source = plan.Source,
            Text = text.ToString(),
            Sentences = sentences,
            Joints = plan.Joints,
            SourceLanguage = chosen.Source,
            TargetLanguage = chosen.Target,
            SourceConfidence = chosen.Confidence,
        };
    }

    private TranslationOptions WithModel(TranslationOptions? options)
    {
        options ??= new TranslationOptions();
        return options.Model is null ? options with { Model = model } : options;
    }

    // Half of the queue at most: two passages at a time are never refused, however long they are.
    private Task<GeneratedText[]> DecodeAsync(
        ModelLease lease, TranslationOptions options, IReadOnlyList<GenerationJob> jobs, Action<int>? finished, CancellationToken cancellation)
    {
        int atOnce = (int)Math.Max(1, Math.Min(2L * models.Batching.BatchSentences, models.Batching.QueueLimit / 2));
        var decoding = new SentenceDecoding(lease, options.UseCache ? cache : null, atOnce);
        return options.MaximumPieces switch
        {
            null => decoding.RunAsync(jobs, finished, cancellation),
            < 1 => throw new ArgumentException($"An output of {options.MaximumPieces} pieces is asked for at most; it must be 1 or more."),
            { } pieces => decoding.RunWithinAsync(jobs, pieces, finished, cancellation),
        };
    }
}
