using Microsoft.AspNetCore.Http;
using Sequor.Decoding;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>A request that was understood: which model, which search, which terms.</summary>
/// <param name="Request">The request.</param>
/// <param name="Lease">The model.</param>
/// <param name="Search">How outputs are looked for.</param>
/// <param name="Glossary">The terms; null for none.</param>
/// <param name="Client">Who asks.</param>
internal sealed record GenerationPlan(GenerateRequest Request, ModelLease Lease, SearchOptions Search, RequestedGlossary? Glossary, string Client)
{
    /// <summary>Understands a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="lease">The model.</param>
    /// <param name="limits">How much may be asked for.</param>
    /// <param name="client">Who asks.</param>
    /// <exception cref="RequestFaultException">It asks for what cannot be; every fault is named.</exception>
    internal static GenerationPlan For(GenerateRequest request, ModelLease lease, RequestLimits limits, string client)
    {
        SearchOptions search = RequestedSearch.Of(request, lease.Translator.Configuration.Decoding, limits);
        ThrowIf((request.Alignments || request.Attention) && !lease.Translator.HasAttention,
            $"The model '{lease.Id}' has no attention: 'alignments' and 'attention' have nothing to tell. Leave them out.");
        ThrowIf(request.Stream && request.Input.IsArray && request.Input.All.Count != 1, "A stream is one output that grows; 'input' must be one text.");
        ThrowIf(request.Stream && (search.NBest != 1 || search is MinimumBayesRiskOptions),
            "A stream is one output that grows: of several outputs ('nbest'), and of samples that are compared ('decode': mbr), none can be told before the end.");
        return new GenerationPlan(request, lease, search, RequestedGlossary.Of(request.Glossary), client);
    }

    /// <summary>What is asked of one sentence.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="isFirst">Whether the text begins with it.</param>
    /// <param name="number">Its number among the sentences of the request; sampling is keyed by it.</param>
    /// <param name="part">Receives parts of the output; null where only the whole is wanted.</param>
    internal GenerationJob Job(string sentence, bool isFirst, long number, Action<string>? part) => new(sentence)
    {
        Search = Search,
        Request = new DecodingRequest { Prefix = isFirst ? Request.Prefix ?? "" : "", Constraints = [.. Glossary?.Match(sentence) ?? []] },
        Number = number,
        Client = Client,
        Part = part,
    };

    private static void ThrowIf(bool isFault, string sentence)
    {
        if (isFault)
        {
            throw new RequestFaultException(StatusCodes.Status400BadRequest, sentence);
        }
    }
}
