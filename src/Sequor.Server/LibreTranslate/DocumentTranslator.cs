using Sequor.Extensions;
using Sequor.Server.Documents;

namespace Sequor.Server.LibreTranslate;

/// <summary>Translates documents with the models: sentences go to the translator, and the attention of their translations says where marks within them go.</summary>
/// <param name="models">The models.</param>
/// <param name="translator">Who translates.</param>
internal sealed class DocumentTranslator(ModelRegistry models, ITranslator translator)
{
    /// <summary>Translates documents of one format.</summary>
    /// <param name="model">The model.</param>
    /// <param name="contents">The documents.</param>
    /// <param name="format">What they are written in.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="progress">Told how many sentences of a document are done; null for nobody.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal async Task<IReadOnlyList<string>> TranslateAsync(
        ModelEntry model, IReadOnlyList<string> contents, DocumentFormat format, string client, IProgress<TranslationProgress>? progress, CancellationToken cancellation)
    {
        using ModelLease lease = await models.AcquireAsync(model.Id, cancellation).ConfigureAwait(false);
        DocumentTranslationOptions options = new()
        {
            SourceLanguage = model.SourceLanguage,
            TargetLanguage = model.TargetLanguage,
            MaximumSentenceLength = 2 * model.Configuration.Data.Filters.MaxLength,
        };
        TranslationOptions asked = new()
        {
            Model = model.Id,
            Search = lease.Translator.DefaultSearch with { NBest = 1, RecordAttention = lease.Translator.HasAttention },
            SplitSentences = false,
            Client = client,
            Progress = progress,
        };
        ModelSentences sentences = new(translator, asked);
        return await Task.WhenAll(contents.Select(content => DocumentTranslation.TranslateAsync(content, format, sentences.TranslateAsync, options, cancellation))).ConfigureAwait(false);
    }
}
