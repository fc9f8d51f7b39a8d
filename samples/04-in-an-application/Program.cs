// Translates in an application with dependency injection: a letter as a whole, and a line while it grows.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sequor.Extensions;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);

// 1. The section "Sequor" of the configuration names the models; here the directory comes from the command line.
builder.Configuration.AddInMemoryCollection([new("Sequor:Models:0", args.FirstOrDefault() ?? "models/en-de")]);
builder.Services.AddSequor(builder.Configuration, options => options.CacheSentences = 1000);
builder.Services.AddSingleton<Postcards>();

// 2. Options are checked and models loaded when the application starts.
using IHost host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<Postcards>().WriteAsync(CancellationToken.None);
await host.StopAsync();

// 3. Whatever needs translations asks for an ITranslator.
internal sealed class Postcards(ITranslator translator)
{
    private const string Letter = "Hello, Tom!\n\nI have a new house. The dog likes it! Do you want to see it?\n\n    See you tomorrow.\n";

    internal async Task WriteAsync(CancellationToken cancellation)
    {
        PassageTranslation passage = await translator.TranslateAsync(Letter, cancellation: cancellation);
        Console.Write(passage.Text);
        foreach (SentenceTranslation sentence in passage.Sentences)
        {
            string source = Letter.Substring(sentence.SourceStart, sentence.SourceLength);
            string target = passage.Text.Substring(sentence.TargetStart, sentence.TargetLength);
            Console.WriteLine($"{source} -> {target}");
        }

        await foreach (TranslationPart part in translator.StreamAsync("I will write again tomorrow.", cancellation: cancellation))
        {
            Console.Write(part);
        }

        Console.WriteLine();
    }
}
