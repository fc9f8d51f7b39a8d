using Microsoft.AspNetCore.Http;
using Sequor.Decoding;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>Understands a request: which search, which terms.</summary>
internal static class GenerationPlan
{
    /// <summary>What the library is asked.</summary>
    /// <param name="request">The request.</param>
    /// <param name="lease">The model.</param>
    /// <param name="limits">How much may be asked for.</param>
    /// <param name="client">Who asks.</param>
    /// <exception cref="RequestFaultException">It asks for what cannot be; every fault is named.</exception>
    internal static TranslationOptions For(GenerateRequest request, ModelLease lease, RequestLimits limits, string client)
    {
        SearchOptions search = RequestedSearch.Of(request, lease.Translator.Configuration.Decoding, limits);
        ThrowIf((request.Alignments || request.Attention) && !lease.Translator.HasAttention,
            $"The model '{lease.Id}' has no attention: 'alignments' and 'attention' have nothing to tell. Leave them out.");
        ThrowIf(request.Stream && request.Input.All.Count != 1, "A stream is one output that grows; 'input' must be one text.");
        ThrowIf(request.Stream && (search.NBest != 1 || search is MinimumBayesRiskOptions),
            "A stream is one output that grows: of several outputs ('nbest'), and of samples that are compared ('decode': mbr), none can be told before the end.");
        return new TranslationOptions
        {
            Model = lease.Id,
            Search = search,
            Glossary = RequestedGlossary.Of(request.Glossary),
            Prefix = request.Prefix ?? "",
            SplitSentences = request.SplitSentences ?? true,
            Client = client,
        };
    }

    private static void ThrowIf(bool isFault, string sentence)
    {
        if (isFault)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, sentence);
        }
    }
}
