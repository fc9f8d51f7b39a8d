using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sequor.Cli.Faults;
using Sequor.Extensions;

namespace Sequor.Cli.Mcp;

/// <summary>Answers an assistant over two streams: the Model Context Protocol.</summary>
/// <param name="tools">What it can be asked for.</param>
/// <param name="loggers">Told what goes wrong in the protocol.</param>
internal sealed class ToolServer(IReadOnlyList<McpTool> tools, ILoggerFactory loggers)
{
    /// <summary>The tools over models.</summary>
    /// <param name="models">The models.</param>
    public static IReadOnlyList<McpTool> ToolsOver(ModelRegistry models) =>
        [new TranslateTool(models, new RegistryTranslator(models)), new ScoreTool(models), new ListModelsTool(models), new DetectLanguageTool()];

    /// <summary>Answers until the input ends; what was asked before is answered still.</summary>
    /// <param name="input">What the assistant writes.</param>
    /// <param name="output">What the assistant reads; nothing else is written to it.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task RunAsync(Stream input, Stream output, CancellationToken stop)
    {
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "sequor", Title = "Sequor", Version = Overview.Version },
            ServerInstructions = "Translates texts with models on this machine: nothing leaves it. Call list_models to see which languages there are.",
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.Select(tool => tool.Description)] }),
                CallToolHandler = async (request, cancellation) => await AnswerAsync(request.Params, cancellation).ConfigureAwait(false),
            },
        };
        var open = new OpenRequests();
        var transport = new StreamServerTransport(new WatchedStream(input, open.Read, open.EndAsync), new WatchedStream(output, open.Write), "sequor", loggers);
        await using (transport.ConfigureAwait(false))
        {
            McpServer server = McpServer.Create(transport, options, loggers);
            await using (server.ConfigureAwait(false))
                await server.RunAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task<CallToolResult> AnswerAsync(CallToolRequestParams? call, CancellationToken cancellation)
    {
        McpTool tool = tools.FirstOrDefault(tool => tool.Name == call?.Name) ?? throw new McpProtocolException(
            $"There is no tool '{call?.Name}'; there are {string.Join(", ", tools.Select(tool => tool.Name))}.", McpErrorCode.InvalidParams);
        try
        {
            JsonElement answer = await tool.CallAsync(new ToolArguments(call!.Arguments, tool), cancellation).ConfigureAwait(false);
            return new CallToolResult { Content = [new TextContentBlock { Text = answer.GetRawText() }], StructuredContent = answer };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = SentenceOf(fault) }] };
        }
    }

    // The assistant can mend what it asked for, so it is told why that failed, but never where in the code.
    private static string SentenceOf(Exception fault) => fault switch
    {
        ArgumentException argument => FaultText.WithoutParameter(argument),
        KeyNotFoundException or ModelUnavailableException or QueueFullException => fault.Message,
        _ => string.Join(' ', FaultText.Of(fault).Sentences),
    };
}
