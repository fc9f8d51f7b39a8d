using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Documents;
using Sequor.Server.Faults;
using Sequor.Server.Generation;
using Sequor.Server.Operations;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>Answers <c>POST /translate</c>.</summary>
/// <param name="models">The models.</param>
/// <param name="translator">Who translates.</param>
/// <param name="documents">Who translates HTML.</param>
/// <param name="limits">How much may be asked for.</param>
internal sealed class TranslateHandler(ModelRegistry models, ITranslator translator, DocumentTranslator documents, RequestLimits limits)
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    internal async Task<IResult> HandleAsync(HttpContext context)
    {
        TranslateRequest request = await LibreTranslateBody.TranslationAsync(context, limits).ConfigureAwait(false);
        RequestTexts.Check("q", request.Q.All, limits);
        RequestFacts.Note(context, request.Q.All);
        ThrowIf(request.Format is not (null or "" or "text" or "html"), $"'format' is '{request.Format}', but must be text or html.");
        int alternatives = Alternatives(request);
        bool isAuto = SourceLanguage.IsAuto(request.Source);
        LanguagePair.ThrowIfUnknown(models.Models, isAuto ? null : request.Source, request.Target);
        DetectedLanguage[] sources = [.. request.Q.All.Select(text => isAuto ? SourceLanguage.Of(text, request.Target, request.Format == "html", models.Models) : new DetectedLanguage(0, request.Source))];
        var translations = new IReadOnlyList<string>[request.Q.All.Count];
        foreach (IGrouping<string, int> same in Enumerable.Range(0, translations.Length).GroupBy(place => sources[place].Language, StringComparer.Ordinal))
        {
            ModelEntry? model = LanguagePair.ModelFor(models.Models, same.Key, request.Target);
            IReadOnlyList<IReadOnlyList<string>> some = await TranslateAsync(context, model, [.. same.Select(place => request.Q.All[place])], request.Format == "html", alternatives).ConfigureAwait(false);
            foreach ((int place, IReadOnlyList<string> translation) in same.Zip(some))
            {
                translations[place] = translation;
            }
        }

        return Answer(request.Q.IsArray, alternatives, translations, isAuto ? sources : null);
    }

    private int Alternatives(TranslateRequest request)
    {
        int wanted = request.Alternatives ?? 0;
        ThrowIf(wanted < 0 || wanted >= limits.Beam, string.Create(CultureInfo.InvariantCulture, $"'alternatives' is {wanted}; this server gives 0 to {limits.Beam - 1}."));
        return wanted;
    }

    // Without a model the languages are one, and nothing is to be done.
    private async Task<IReadOnlyList<IReadOnlyList<string>>> TranslateAsync(HttpContext context, ModelEntry? model, IReadOnlyList<string> texts, bool areHtml, int alternatives)
    {
        if (model is null || areHtml)
        {
            IReadOnlyList<string> only = model is null ? texts
                : await documents.TranslateAsync(model, texts, DocumentFormat.Html, Requester.Of(context), null, context.RequestAborted).ConfigureAwait(false);
            return [.. only.Select(text => (IReadOnlyList<string>)[text])];
        }

        GenerateRequest asked = new() { Input = new TextOrTexts(texts, IsArray: true), Nbest = alternatives + 1 };
        TranslationOptions options = new()
        {
            Model = model.Id,
            Search = alternatives == 0 ? null : RequestedSearch.Of(asked, model.Configuration.Decoding, limits),
            SplitSentences = true,
            Client = Requester.Of(context),
        };
        IReadOnlyList<PassageTranslation> passages = await translator.TranslateAsync(texts, options, context.RequestAborted).ConfigureAwait(false);
        return [.. passages.Select(passage => (IReadOnlyList<string>)
            [.. Enumerable.Range(0, Math.Max(1, passage.Alternatives)).Select(passage.TextOf).Distinct(StringComparer.Ordinal).Take(alternatives + 1)])];
    }

    private static IResult Answer(bool isArray, int alternatives, IReadOnlyList<IReadOnlyList<string>> translations, IReadOnlyList<DetectedLanguage>? detected) => isArray
        ? TypedResults.Json(
            new TranslateManyResponse([.. translations.Select(one => one[0])])
            {
                Alternatives = alternatives == 0 ? null : [.. translations.Select(one => (IReadOnlyList<string>)[.. one.Skip(1)])],
                DetectedLanguage = detected,
            },
            LibreTranslateJson.Relaxed.TranslateManyResponse)
        : TypedResults.Json(
            new TranslateResponse(translations[0][0]) { Alternatives = alternatives == 0 ? null : [.. translations[0].Skip(1)], DetectedLanguage = detected?[0] },
            LibreTranslateJson.Relaxed.TranslateResponse);

    private static void ThrowIf(bool isFault, string sentence)
    {
        if (isFault)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, sentence);
        }
    }
}
