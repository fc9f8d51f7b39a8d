// A model behind IChatClient, the interface that chat models of all makers have in .NET: what is typed goes in, the output grows on the screen.
using Microsoft.Extensions.AI;
using Sequor.Extensions;

using var models = new ModelRegistry([args.FirstOrDefault() ?? "models/en-de"]);
using IChatClient client = new SequorChatClient(models);
Console.WriteLine($"{client.GetService<ChatClientMetadata>()!.DefaultModelId} is ready. Type a line; an empty one ends.");

var options = new ChatOptions { MaxOutputTokens = 200 };
while (Console.ReadLine() is { Length: > 0 } line)
{
    List<ChatResponseUpdate> updates = [];
    await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(line, options))
    {
        Console.Write(update.Text);
        updates.Add(update);
    }

    ChatResponse response = updates.ToChatResponse();
    Console.WriteLine($"  ({response.Usage!.OutputTokenCount} pieces, {response.FinishReason})");
}

// Drawn instead of searched for: the seed says which of all possible outputs come.
var drawn = new ChatOptions { Temperature = 0.8f, TopK = 20, Seed = 7 };
ChatResponse other = await client.GetResponseAsync("It is a beautiful day.", drawn);
Console.WriteLine(other.Text);
