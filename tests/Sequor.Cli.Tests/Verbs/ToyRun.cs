using System.Text;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>A tiny model, trained once by the verb itself for all tests that need one.</summary>
public sealed class ToyRun : IDisposable
{
    private static readonly (string English, string German)[] _nouns =
        [("dog", "Hund"), ("bird", "Vogel"), ("tree", "Baum"), ("man", "Mann"), ("table", "Tisch"), ("wind", "Wind")];

    private static readonly (string English, string German)[] _verbs = [("sees", "sieht"), ("hears", "hört"), ("paints", "malt"), ("finds", "findet")];

    private readonly Folder _folder = new();

    public ToyRun()
    {
        (string Source, string Target)[] pairs =
        [
            .. from noun in _nouns from verb in _verbs from other in _nouns where noun != other
               select ($"the {noun.English} {verb.English} the {other.English}", $"der {noun.German} {verb.German} den {other.German}"),
        ];
        Source = _folder.Write("train.en", Lines(pairs.Select(pair => pair.Source)));
        Target = _folder.Write("train.de", Lines(pairs.Select(pair => pair.Target)));
        DevSource = _folder.Write("dev.en", Lines(pairs.Take(8).Select(pair => pair.Source)));
        DevTarget = _folder.Write("dev.de", Lines(pairs.Take(8).Select(pair => pair.Target)));
        Configuration = _folder.Write("toy.yaml", $$"""
            name: toy
            data:
              train:
                - {source: "{{Source}}", target: "{{Target}}"}
              dev: {source: "{{DevSource}}", target: "{{DevTarget}}"}
              exclude_dev: false
            vocabulary: {size: 60}
            model: {encoder_layers: 1, decoder_layers: 1, width: 32, feed_forward_width: 64, heads: 2, dropout: 0}
            training:
              max_updates: 60
              batch_tokens: 400
              learning_rate: 0.01
              warmup_updates: 10
              validate_every: 20
              checkpoint_every: 20
              keep_checkpoints: 3
            decoding: {beam: 2}

            """);
        Model = _folder["model"];
        Trained = Called.With("train", Configuration, "--out", Model);
    }

    public string Path => _folder.Path;

    public string Source { get; }

    public string Target { get; }

    public string DevSource { get; }

    public string DevTarget { get; }

    public string Configuration { get; }

    public string Model { get; }

    internal Called Trained { get; }

    public string File(string name) => _folder[name];

    public void Dispose() => _folder.Dispose();

    private static string Lines(IEnumerable<string> lines)
    {
        StringBuilder text = new();
        foreach (string line in lines)
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
