// A web application of one's own that translates: text in, text out, as a whole or as a stream, with a health check.
using System.Runtime.CompilerServices;
using Sequor;
using Sequor.Extensions;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
if (!builder.Configuration.GetSection("Sequor:Models").Exists())
{
    builder.Configuration["Sequor:Models:0"] = "models/en-de";
}

builder.Services.AddSequor(builder.Configuration);
builder.Services.AddHealthChecks().AddSequorHealthCheck();

WebApplication app = builder.Build();
app.MapHealthChecks("/health");

// curl -d 'Where is the station?' localhost:5000/translate
app.MapPost("/translate", async (HttpRequest request, ITranslator translator, CancellationToken cancellation) =>
{
    try
    {
        return Results.Text((await translator.TranslateAsync(await Body(request, cancellation), cancellation: cancellation)).Text);
    }
    catch (QueueFullException fault)
    {
        return Results.Text(fault.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
});

// curl -N -d 'Where is the station?' localhost:5000/stream
app.MapPost("/stream", async (HttpRequest request, ITranslator translator, CancellationToken cancellation) =>
    TypedResults.ServerSentEvents(Parts(translator, await Body(request, cancellation), cancellation)));

app.Run();

static async Task<string> Body(HttpRequest request, CancellationToken cancellation)
{
    using var reader = new StreamReader(request.Body);
    return await reader.ReadToEndAsync(cancellation);
}

static async IAsyncEnumerable<string> Parts(ITranslator translator, string text, [EnumeratorCancellation] CancellationToken cancellation)
{
    await foreach (TranslationPart part in translator.StreamAsync(text, cancellation: cancellation))
    {
        if (part.Whole is null)
        {
            yield return part.Text;
        }
    }
}
