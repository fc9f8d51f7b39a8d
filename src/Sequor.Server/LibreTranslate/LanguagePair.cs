using Microsoft.AspNetCore.Http;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Requests;

namespace Sequor.Server.LibreTranslate;

/// <summary>Finds the model for two languages.</summary>
internal static class LanguagePair
{
    /// <summary>Refuses languages that no model reads or writes.</summary>
    /// <param name="models">The models.</param>
    /// <param name="source">The language of the text; null where it is to be found out.</param>
    /// <param name="target">The language to translate to.</param>
    /// <exception cref="RequestFaultException">One of them is not known.</exception>
    internal static void ThrowIfUnknown(IReadOnlyList<ModelEntry> models, string? source, string target)
    {
        IReadOnlyList<Language> languages = LanguageList.Of(models);
        foreach ((string field, string? code) in ((string, string?)[])[("source", source), ("target", target)])
        {
            if (!languages.Any(language => Languages.Fits(code, language.Code)))
            {
                throw new RequestFaultException(
                    StatusCodes.Status400BadRequest,
                    $"'{field}' is '{code}', which is not supported; there are {string.Join(", ", languages.Select(language => language.Code))}.");
            }
        }
    }

    /// <summary>The model that translates between two languages; null where they are the same, and nothing is to be done.</summary>
    /// <param name="models">The models.</param>
    /// <param name="source">The language of the text.</param>
    /// <param name="target">The language to translate to.</param>
    /// <exception cref="RequestFaultException">No model does.</exception>
    internal static ModelEntry? ModelFor(IReadOnlyList<ModelEntry> models, string source, string target) =>
        Languages.Fits(source, Languages.Normalize(target)) ? null : ModelChoice.Between(models, source, target) ?? throw new RequestFaultException(
            StatusCodes.Status400BadRequest, $"No model translates from '{source}' to '{target}'; /languages says what can be translated to what.");
}
