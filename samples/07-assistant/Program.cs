// What an assistant does with `sequor mcp`: starts it, asks which tools there are, and calls one.
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

// The command of the assistant's settings: "sequor mcp models/en-de", or another given here.
string[] command = args.Length > 0 ? args : ["sequor", "mcp", "models/en-de"];
await using McpClient client = await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
{
    Name = "sequor",
    Command = command[0],
    Arguments = command[1..],
}));

foreach (McpClientTool tool in await client.ListToolsAsync())
{
    Console.WriteLine($"{tool.Name}: {tool.Description}");
}

CallToolResult result = await client.CallToolAsync("translate", new Dictionary<string, object?>
{
    ["text"] = "The dog sleeps.\nWhere is the cat?",
    ["target_language"] = "de",
    ["glossary"] = new Dictionary<string, string> { ["cat"] = "Katze" },
});
Console.WriteLine(result.StructuredContent is { } answer ? answer.GetProperty("text").GetString() : ((TextContentBlock)result.Content[0]).Text);
return result.IsError == true ? 1 : 0;
