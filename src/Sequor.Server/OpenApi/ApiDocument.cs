using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Sequor.Server.Requests;

namespace Sequor.Server.OpenApi;

/// <summary>The OpenAPI document, made of the routes themselves.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";

    private static readonly Dictionary<int, string> _meanings = new()
    {
        [200] = "The answer.",
        [400] = "The request is wrong; the sentence names the field.",
        [403] = "A key is needed or wrong, or this is not allowed here.",
        [404] = "There is no such model or file.",
        [413] = "More is asked for than this server takes at once.",
        [429] = "Too many requests; Retry-After says when to ask again.",
        [500] = "The server failed; its log says more.",
        [503] = "Too much waits, or the model or the server is not ready; Retry-After says when to ask again.",
    };

    /// <summary>Adds what makes the document.</summary>
    /// <param name="services">The services of the server.</param>
    internal static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = type => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is var plain && (plain == typeof(TextOrTexts) || plain == typeof(JsonElement)) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddOperationTransformer((operation, context, _) =>
        {
            NameAgain(operation, context);
            AddExamples(operation, context);
            foreach ((string status, IOpenApiResponse response) in operation.Responses ?? [])
            {
                response.Description = _meanings.GetValueOrDefault(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), response.Description ?? "");
            }

            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(TextOrTexts))
            {
                schema.OneOf = [new OpenApiSchema { Type = JsonSchemaType.String }, new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } }];
            }

            return Task.CompletedTask;
        });
    });

    /// <summary>Adds the path of the document.</summary>
    /// <param name="routes">The paths of the server.</param>
    internal static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sequor",
            Version = typeof(ApiDocument).Assembly.GetName().Version?.ToString(3),
            Description = "Sequence-to-sequence models behind HTTP: the API that LibreTranslate's clients speak, and a native one with every option of decoding. "
                + "Every fault is {\"error\": \"a sentence\"}.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        // Whoever reads the document has just reached the server; what it is called from within may be another name.
        document.Servers = [new OpenApiServer { Url = "/" }];
    }

    // The comments of the method that answers are for its readers; what the route says of itself is for those who ask.
    private static void NameAgain(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Summary = metadata.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary;
        operation.Description = metadata.OfType<IEndpointDescriptionMetadata>().LastOrDefault()?.Description;
        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Description = null;
        }
    }

    private static void AddExamples(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        RequestExample[] examples = [.. context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestExample>()];
        if (examples.Length > 0 && operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out OpenApiMediaType? body))
        {
            body.Examples = examples.ToDictionary(example => example.Name, IOpenApiExample (example) => new OpenApiExample { Summary = example.Name, Value = JsonNode.Parse(example.Json) });
        }
    }
}
