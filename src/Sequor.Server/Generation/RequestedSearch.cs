using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Server.Faults;
using Sequor.Server.Requests;

namespace Sequor.Server.Generation;

/// <summary>Lays what a request asks of the search over a model's own settings.</summary>
internal static class RequestedSearch
{
    private static readonly string[] _ways = ["greedy", "beam", "sample", "mbr"];

    /// <summary>The search.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="own">The model's settings.</param>
    /// <param name="limits">How much may be asked for.</param>
    /// <exception cref="RequestFaultException">Settings contradict each other or are out of range; every fault is named.</exception>
    internal static SearchOptions Of(GenerateRequest request, DecodingConfiguration own, RequestLimits limits)
    {
        List<string> faults = [.. OutOfLimits(request, limits)];
        SearchChoice way = request.Decode switch
        {
            null => own.Search,
            "greedy" or "beam" => SearchChoice.Beam,
            "sample" => SearchChoice.Sample,
            "mbr" => SearchChoice.Mbr,
            var other => Unknown(other, own, faults),
        };
        bool isGreedy = request.Decode == "greedy";
        faults.AddRange(WithoutEffect(request, way, isGreedy));
        // What is beyond the limits is told already.
        int nBest = Math.Clamp(request.Nbest ?? (isGreedy ? 1 : own.NBest), 1, limits.Beam);
        DecodingConfiguration chosen = own with
        {
            Search = way,
            Beam = isGreedy ? 1 : request.Beam is { } beam ? Math.Clamp(beam, 1, limits.Beam) : WideEnough(request, own, nBest),
            BeamGroups = request.Beam is null && !isGreedy ? own.BeamGroups : 1,
            NBest = nBest,
            LengthPenalty = request.LengthPenalty ?? own.LengthPenalty,
            MinLength = request.MinLength ?? own.MinLength,
            MaxLength = request.MaxLength ?? own.MaxLength,
            Temperature = request.Temperature ?? own.Temperature,
            TopK = request.TopK ?? own.TopK,
            TopP = request.TopP ?? own.TopP,
            Seed = request.Seed ?? own.Seed,
            NoRepeatNgram = request.NoRepeatNgram ?? own.NoRepeatNgram,
            RepetitionPenalty = request.RepetitionPenalty ?? own.RepetitionPenalty,
        };
        faults.AddRange(chosen.Validate().Select(InRequest));
        if (faults.Count == 0 && chosen.ToSearchOptions() is var search && search.Validate() is var contradictions)
        {
            faults.AddRange(contradictions);
            if (faults.Count == 0)
            {
                return search with { RecordAttention = request.Attention || request.Alignments };
            }
        }

        throw new RequestFaultException(StatusCodes.Status400BadRequest, string.Join(' ', faults));
    }

    // Whoever asks for ten outputs, or for terms, and says nothing of the beam wants a beam that gives them.
    private static int WideEnough(GenerateRequest request, DecodingConfiguration own, int nBest)
    {
        int wanted = Math.Max(Math.Max(own.Beam, nBest), request.Glossary is { Count: > 0 } ? 5 : 1);
        return (wanted + own.BeamGroups - 1) / own.BeamGroups * own.BeamGroups;
    }

    private static SearchChoice Unknown(string given, DecodingConfiguration own, List<string> faults)
    {
        string advice = NearestName.Find(given, _ways) is { } nearest ? $" Did you mean {nearest}?" : "";
        faults.Add($"'decode' is '{given}', but must be greedy, beam, sample or mbr.{advice}");
        return own.Search;
    }

    private static IEnumerable<string> OutOfLimits(GenerateRequest request, RequestLimits limits)
    {
        foreach ((string field, int? value) in ((string, int?)[])[("beam", request.Beam), ("nbest", request.Nbest)])
        {
            if (value < 1 || value > limits.Beam)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"'{field}' is {value}; this server takes 1 to {limits.Beam}.");
            }
        }
    }

    private static IEnumerable<string> WithoutEffect(GenerateRequest request, SearchChoice way, bool isGreedy)
    {
        if (way == SearchChoice.Beam)
        {
            foreach ((string field, bool isGiven) in ((string, bool)[])
                [("temperature", request.Temperature is not null), ("top_k", request.TopK is not null), ("top_p", request.TopP is not null), ("seed", request.Seed is not null)])
            {
                if (isGiven)
                {
                    yield return $"'{field}' has no effect without sampling; set 'decode' to sample or mbr, or leave it out.";
                }
            }
        }
        else if (request.Beam is not null)
        {
            yield return $"'beam' has no effect on {way.ToString().ToLowerInvariant()}; set 'decode' to beam, or leave it out.";
        }

        if (isGreedy && request.Beam is > 1)
        {
            yield return $"'decode' is greedy, which is a beam of 1, but 'beam' is {request.Beam}.";
        }

        if (request.Glossary is { Count: > 0 } && (isGreedy || way != SearchChoice.Beam))
        {
            yield return "'glossary' needs a beam; set 'decode' to beam.";
        }
    }

    private static string InRequest(ConfigurationFault fault)
    {
        string key = fault.Path[(fault.Path.LastIndexOf('.') + 1)..] switch { "n_best" => "nbest", "search" => "decode", var same => same };
        return $"'{key}': {fault.Problem}.";
    }
}
