using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Generation;
using Sequor.Server.Operations;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>Answers <c>POST /translate</c>.</summary>
internal static class TranslateHandler
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="models">The models.</param>
    /// <param name="translator">Who translates.</param>
    /// <param name="limits">How much may be asked for.</param>
    internal static async Task<IResult> HandleAsync(HttpContext context, ModelRegistry models, ITranslator translator, RequestLimits limits)
    {
        TranslateRequest request = await LibreTranslateBody.TranslationAsync(context, limits).ConfigureAwait(false);
        RequestTexts.Check("q", request.Q.All, limits);
        RequestFacts.Note(context, request.Q.All);
        int alternatives = Alternatives(request, limits);
        ThrowIf(request.Format is not (null or "" or "text"), $"'format' is '{request.Format}', but must be text or html.");
        ModelEntry? model = LanguagePair.ModelFor(models.Models, request.Source, request.Target);
        IReadOnlyList<IReadOnlyList<string>> translations = model is null
            ? [.. request.Q.All.Select(text => (IReadOnlyList<string>)[text])]
            : await TranslateAsync(context, translator, model, request.Q.All, alternatives, limits).ConfigureAwait(false);
        return Answer(request, alternatives, translations);
    }

    private static int Alternatives(TranslateRequest request, RequestLimits limits)
    {
        int wanted = request.Alternatives ?? 0;
        ThrowIf(wanted < 0 || wanted >= limits.Beam, string.Create(CultureInfo.InvariantCulture,
            $"'alternatives' is {wanted}; this server gives 0 to {limits.Beam - 1}."));
        return wanted;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> TranslateAsync(
        HttpContext context, ITranslator translator, ModelEntry model, IReadOnlyList<string> texts, int alternatives, RequestLimits limits)
    {
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

    private static IResult Answer(TranslateRequest request, int alternatives, IReadOnlyList<IReadOnlyList<string>> translations) => request.Q.IsArray
        ? TypedResults.Json(
            new TranslateManyResponse([.. translations.Select(one => one[0])])
            {
                Alternatives = alternatives == 0 ? null : [.. translations.Select(one => (IReadOnlyList<string>)[.. one.Skip(1)])],
            },
            LibreTranslateJson.Relaxed.TranslateManyResponse)
        : TypedResults.Json(
            new TranslateResponse(translations[0][0]) { Alternatives = alternatives == 0 ? null : [.. translations[0].Skip(1)] },
            LibreTranslateJson.Relaxed.TranslateResponse);

    private static void ThrowIf(bool isFault, string sentence)
    {
        if (isFault)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, sentence);
        }
    }
}
