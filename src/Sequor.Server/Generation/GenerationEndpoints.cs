using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sequor.Server.OpenApi;

namespace Sequor.Server.Generation;

/// <summary>The native API.</summary>
internal static class GenerationEndpoints
{
    private const string Group = "Generation";
    private const string ModelsGroup = "Models";

    /// <summary>Adds the paths.</summary>
    internal static void MapGeneration(this IEndpointRouteBuilder routes)
    {
        MapTexts(routes);
        MapPairs(routes);
        MapModels(routes);
    }

    private static void MapTexts(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/generate", GenerateHandler.HandleAsync)
            .Documented("generate", Group, "Make outputs of texts.",
                "Any model, any way of decoding. With \"stream\": true the answer is a stream of server-sent events: 'part' with {\"text\"} as soon as characters are certain, "
                + "then 'done' with the whole answer; or 'error' with {\"error\"}. The parts laid end to end are the output.")
            .Accepts<GenerateRequest>("application/json")
            .Produces<GenerateResponse>(StatusCodes.Status200OK, "application/json", "text/event-stream")
            .FailsAtWork(StatusCodes.Status404NotFound)
            .WithExamples(
                new RequestExample("A text", """{"input": "Where is the station?"}"""),
                new RequestExample("Two texts, with the three best outputs of each", """{"input": ["Good morning.", "I am hungry."], "beam": 8, "nbest": 3}"""),
                new RequestExample("Pieces, alignment and attention", """{"input": "The house is big.", "tokens": true, "alignments": true, "attention": true}"""),
                new RequestExample("A glossary", """{"input": "Where is the station?", "glossary": {"station": "Haltestelle"}}"""),
                new RequestExample("Sampling", """{"input": "I like it.", "decode": "sample", "top_k": 10, "temperature": 0.8, "seed": 7, "nbest": 3}"""),
                new RequestExample("A stream", """{"input": "I have never seen such a big house.", "stream": true}"""));
    }

    private static void MapPairs(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/alternatives", AlternativesHandler.HandleAsync)
            .Documented("alternatives", Group, "Tell how an output may go on.", "The likeliest next words behind a beginning, and with each the best whole output: for completion while somebody types.")
            .Accepts<AlternativesRequest>("application/json")
            .Produces<AlternativesResponse>()
            .FailsAtWork(StatusCodes.Status404NotFound)
            .WithExamples(new RequestExample("Behind a beginning", """{"input": "The house is big.", "prefix": "Das", "count": 3}"""));
        routes.MapPost("/v1/score", ScoreHandler.HandleAsync)
            .Documented("score", Group, "Score given outputs.", "What the model thinks of outputs that exist already, by whomever: the scores that a search would have given them.")
            .Accepts<ScoreRequest>("application/json")
            .Produces<ScoreResponse>()
            .FailsAtWork(StatusCodes.Status404NotFound)
            .WithExamples(new RequestExample(
                "Two translations of a sentence",
                """{"pairs": [{"source": "Good morning.", "target": "Guten Morgen!"}, {"source": "Good morning.", "target": "Gute Nacht!"}]}"""));
        routes.MapPost("/v1/attention", AttentionHandler.HandleAsync)
            .Documented("attention", Group, "Tell what an output looked at.",
                "The weights of the decoder's attention to the sentence, by layer and head, for the model's own output or any other.")
            .Accepts<AttentionRequest>("application/json")
            .Produces<AttentionResponse>()
            .FailsAtWork(StatusCodes.Status404NotFound)
            .WithExamples(new RequestExample("A sentence and its translation", """{"source": "Where is the station?", "target": "Wo ist der Bahnhof?"}"""));
    }

    private static void MapModels(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", ModelsHandler.List)
            .Documented("listModels", ModelsGroup, "List the models.", "Every model that this server knows, whether it is in memory or not.")
            .Produces<ModelList>()
            .Fails(StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests);
        routes.MapGet("/v1/models/{id}", ModelsHandler.ShowAsync)
            .Documented("showModel", ModelsGroup, "Show a model and its card.", "The card tells what the model was trained on, what it is for, where it fails, its scores and its training curve.")
            .Produces<ModelDetails>()
            .Fails(StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests);
        routes.MapPost("/v1/models/{id}/load", ModelsHandler.LoadAsync)
            .Documented("loadModel", ModelsGroup, "Load a model, or a newer version of it.",
                "A new version takes over at once; what the old one is decoding is finished by it. The body may be left out. Only allowed where the server says so.")
            .Accepts<LoadRequest>(isOptional: true, "application/json")
            .Produces<ModelDetails>()
            .FailsAtWork(StatusCodes.Status404NotFound)
            .WithExamples(new RequestExample("From where it was", "{}"));
        routes.MapPost("/v1/models/{id}/unload", ModelsHandler.UnloadAsync)
            .Documented("unloadModel", ModelsGroup, "Take a model out of memory.", "What it is decoding is finished; the next request for it loads it again. Only allowed where the server says so.")
            .Produces<ModelDetails>()
            .Fails(StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests);
    }
}
