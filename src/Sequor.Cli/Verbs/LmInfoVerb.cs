using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.LanguageModels;

namespace Sequor.Cli.Verbs;

/// <summary>Says what an n-gram model holds.</summary>
internal sealed class LmInfoVerb : Verb
{
    private const int LabelColumns = 17;

    private readonly Argument<string> _model = new("MODEL") { Description = "An n-gram model in ARPA form, plain or gzip, of any program." };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };

    /// <summary>Makes the verb.</summary>
    public LmInfoVerb()
        : base("info", "Show what an n-gram model holds: order, words, n-grams, memory.", "sequor lm info de.arpa")
    {
        Arguments.Add(_model);
        Options.Add(_json);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        NgramModel model = LmScoreVerb.Load(given.GetValue(_model)!);
        using LineSink sink = LineSink.Open(null, terminal);
        if (given.GetValue(_json))
        {
            sink.WriteLine(Json(model));
            return ExitCode.Success;
        }

        Line(sink, "order", $"{model.Order}");
        Line(sink, "words", $"{model.Words.Size:N0}");
        for (int order = 1; order <= model.Order; order++)
            Line(sink, string.Create(CultureInfo.InvariantCulture, $"{order}-grams"), $"{model.Counts[order - 1]:N0}");
        Line(sink, "memory", $"{model.SizeInBytes / 1e6:N1} MB");
        return ExitCode.Success;
    }

    private static void Line(LineSink sink, string label, FormattableString value) =>
        sink.WriteLine(label.PadRight(LabelColumns) + value.ToString(CultureInfo.InvariantCulture));

    private static string Json(NgramModel model) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("order", model.Order);
        writer.WriteNumber("words", model.Words.Size);
        writer.WriteStartArray("ngrams");
        foreach (int count in model.Counts)
            writer.WriteNumberValue(count);
        writer.WriteEndArray();
        writer.WriteNumber("memory_bytes", model.SizeInBytes);
        writer.WriteEndObject();
    });
}
