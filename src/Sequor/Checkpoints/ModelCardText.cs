using System.Globalization;
using System.Text;

namespace Sequor.Checkpoints;

/// <summary>Writes a card as Markdown.</summary>
internal static class ModelCardText
{
    public static string Of(ModelCard card)
    {
        var text = new StringBuilder();
        Line(text, $"# {(card.Name.Length > 0 ? card.Name : "A sequence-to-sequence model")}");
        Paragraph(text, card.Description);
        Line(text, "");
        Languages(text, card);
        Row(text, "Parameters", string.Create(CultureInfo.InvariantCulture, $"{card.Parameters:N0}"));
        Row(text, "Weights stored as", card.WeightType.Length > 0 ? card.WeightType : null);
        Row(text, "Licence", card.License ?? "not stated");
        Row(text, "Tuned from", card.Parent);
        Row(text, "Seed", card.Seed.ToString(CultureInfo.InvariantCulture));
        Row(text, "Weights (SHA-256)", $"`{card.WeightsSha256}`");
        Section(text, "Intended use", card.IntendedUse);
        Section(text, "Known failures", string.Join("\n", card.KnownFailures.Select(failure => $"- {failure}")));
        Section(text, "Training data", string.Join("\n", card.TrainingData.Select(Corpus)));
        Section(text, "Scores", Metrics(card));
        Section(text, "Training", Training(card));
        return text.ToString();
    }

    private static void Languages(StringBuilder text, ModelCard card)
    {
        if (card.SourceLanguage is not null || card.TargetLanguage is not null)
        {
            Row(text, "Languages", $"{card.SourceLanguage ?? "?"} → {card.TargetLanguage ?? "?"}");
        }
    }

    private static string Corpus(CardCorpus corpus)
    {
        var line = new StringBuilder($"- **{corpus.Name}**, licence: {corpus.License}");
        if (corpus.Pairs is { } pairs)
        {
            line.Append(CultureInfo.InvariantCulture, $", {pairs:N0} pairs");
        }
        line.Append(corpus.Source is null ? "" : $". {corpus.Source}");
        line.Append(corpus.Sha256 is null ? "" : $" (SHA-256 `{corpus.Sha256}`)");
        return line.ToString();
    }

    private static string Metrics(ModelCard card)
    {
        if (card.Metrics.Count == 0)
        {
            return "";
        }
        IEnumerable<string> rows = card.Metrics.Select(metric =>
        {
            string interval = metric is { Low: { } low, High: { } high }
                ? string.Create(CultureInfo.InvariantCulture, $"{low:F2} to {high:F2}")
                : "";
            string signature = metric.Signature.Length > 0 ? $"`{metric.Signature.Replace("|", "\\|", StringComparison.Ordinal)}`" : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"| {metric.Name} | {metric.TestSet} | {metric.Score:F2} | {interval} | {signature} |");
        });
        return "| metric | test set | score | 95 % interval | signature |\n| --- | --- | --- | --- | --- |\n" + string.Join("\n", rows);
    }

    private static string Training(ModelCard card)
    {
        var text = new StringBuilder();
        CardTraining training = card.Training;
        if (training.Updates > 0)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{training.Updates:N0} updates over {training.Epochs:0.##} epochs in {training.Minutes:0.#} minutes, {training.TargetTokensPerSecond:N0} target tokens per second.");
        }
        foreach (string line in new[] { card.Machine, card.Software }.Where(line => line.Length > 0))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(line);
        }
        if (card.Curve.Count > 0)
        {
            text.Append("\n\n| update | validation loss | BLEU |\n| --- | --- | --- |");
            foreach (CardPoint point in card.Curve)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n| {point.Update} | {point.Loss:F4} | {point.Bleu:F2} |");
            }
        }
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, string content)
    {
        if (content.Length > 0)
        {
            Line(text, $"\n## {title}\n\n{content}");
        }
    }

    private static void Paragraph(StringBuilder text, string content)
    {
        if (content.Length > 0)
        {
            Line(text, "\n" + content);
        }
    }

    private static void Row(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            Line(text, $"- {name}: {value}");
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
