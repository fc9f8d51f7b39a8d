using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Cli.Verbs;

/// <summary>How outputs are written: text, n-best lists as Moses has them, or JSON.</summary>
internal sealed class OutputFormat
{
    private const string Bar = " ||| ";

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line: text, tokens, log-probabilities, hypotheses, alignment." };
    private readonly Option<bool> _scores = new("--scores", "--score") { Description = "Add ' ||| score' to each line." };
    private readonly Option<bool> _alignments = new("--alignments", "--alignment", "--print-alignment") { Description = "Add ' ||| 0-0 1-2', source piece and target piece." };

    private readonly Option<bool> _softAlignments = new("--soft-alignments", "--attention")
    {
        Description = "Add to each JSON object how much each token looked at each source piece, the source's end sign last.",
    };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_json);
        verb.Options.Add(_scores);
        verb.Options.Add(_alignments);
        verb.Options.Add(_softAlignments);
    }

    /// <summary>Whether the search must record what it looked at.</summary>
    /// <param name="given">The arguments.</param>
    public bool NeedsAttention(ParseResult given) => given.GetValue(_json) || given.GetValue(_alignments);

    /// <summary>Whether JSON is asked for.</summary>
    /// <param name="given">The arguments.</param>
    public bool IsJson(ParseResult given) => given.GetValue(_json);

    /// <summary>Whether alignments are asked for by name; <c>--json</c> tells them where there are some.</summary>
    /// <param name="given">The arguments.</param>
    public bool AsksForAlignments(ParseResult given) => given.GetValue(_alignments) || given.GetValue(_softAlignments);

    /// <summary>The writer of the format that was chosen.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="nBest">Outputs for each line.</param>
    /// <returns>Makes the lines of one output; is told the line's number, from 0.</returns>
    public Func<GeneratedText, long, IEnumerable<string>> Writer(ParseResult given, int nBest)
    {
        bool scores = given.GetValue(_scores);
        bool alignments = given.GetValue(_alignments);
        bool soft = given.GetValue(_softAlignments);
        if (soft && !given.GetValue(_json))
            throw new UsageException("--soft-alignments are rows of numbers, which only JSON can hold. Add --json, or take --alignments.");
        if (given.GetValue(_json))
            return (text, index) => [Json(text, index, alignments, soft)];
        if (nBest > 1)
            return (text, index) => NBest(text, index, alignments);
        return (text, _) => [text.Hypotheses is [var best, ..] ? Plain(best, scores, alignments) : Nothing(scores, alignments)];
    }

    // A line without an output has as many fields as every other, for whoever takes lines apart.
    private static string Nothing(bool scores, bool alignments) => (scores ? Bar + Number(0) : "") + (alignments ? Bar : "");

    private static string Plain(GeneratedHypothesis best, bool scores, bool alignments) =>
        best.Text + (scores ? Bar + Number(best.Hypothesis.Score) : "") + (alignments ? Bar + Alignment.Pharaoh(best.Hypothesis) : "");

    private static IEnumerable<string> NBest(GeneratedText text, long index, bool alignments)
    {
        string number = index.ToString(CultureInfo.InvariantCulture);
        return text.Hypotheses.Count == 0
            ? [number + Bar + Nothing(scores: true, alignments)]
            : text.Hypotheses.Select(one =>
                number + Bar + one.Text + Bar + Number(one.Hypothesis.Score) + (alignments ? Bar + Alignment.Pharaoh(one.Hypothesis) : ""));
    }

    private static string Json(GeneratedText text, long index, bool alignments, bool soft) => JsonLine.Of(writer =>
    {
        Hypothesis? best = text.Hypotheses.Count > 0 ? text.Hypotheses[0].Hypothesis : null;
        writer.WriteStartObject();
        writer.WriteNumber("index", index);
        writer.WriteString("source", text.Source);
        writer.WriteString("text", text.Text);
        writer.WriteNumber("score", best?.Score ?? 0);
        WriteTokens(writer, text, best);
        writer.WriteStartArray("hypotheses");
        foreach (GeneratedHypothesis one in text.Hypotheses)
        {
            writer.WriteStartObject();
            writer.WriteString("text", one.Text);
            writer.WriteNumber("score", one.Hypothesis.Score);
            if (alignments)
                writer.WriteString("alignment", Alignment.Pharaoh(one.Hypothesis));
            if (soft)
                WriteAttention(writer, one.Hypothesis);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("alignment", best is null ? "" : Alignment.Pharaoh(best));
        if (soft)
            WriteAttention(writer, best);
        writer.WriteString("stopped_by", best?.StoppedBy == StopReason.MaximumLength ? "max_length" : "eos");
        WriteConstraints(writer, best);
        writer.WriteEndObject();
    });

    // As many numbers as tokens, so that the two can be laid side by side; log_prob counts the end sign too.
    private static void WriteTokens(Utf8JsonWriter writer, GeneratedText text, Hypothesis? best)
    {
        writer.WriteStartArray("tokens");
        foreach (string piece in text.Pieces)
            writer.WriteStringValue(piece);
        writer.WriteEndArray();
        writer.WriteStartArray("token_log_probs");
        foreach (float logProbability in best?.TokenLogProbabilities.Take(text.Pieces.Count) ?? [])
            writer.WriteNumberValue(logProbability);
        writer.WriteEndArray();
        writer.WriteNumber("log_prob", best?.LogProbability ?? 0);
    }

    private static void WriteConstraints(Utf8JsonWriter writer, Hypothesis? best)
    {
        if (best is null or { Constraints.Count: 0 })
            return;
        writer.WriteStartArray("constraints");
        foreach (ConstraintOutcome outcome in best.Constraints)
        {
            writer.WriteStartObject();
            writer.WriteString("constraint", outcome.Constraint.Meaning);
            if (outcome.Constraint is RequiredPhrase { SourceTerm: { } term })
                writer.WriteString("term", term);
            writer.WriteBoolean("met", outcome.IsMet);
            if (outcome.Reason is { Length: > 0 } reason)
                writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAttention(Utf8JsonWriter writer, Hypothesis? best)
    {
        writer.WriteStartArray("attention");
        foreach (float[] row in best?.Attention ?? [])
        {
            writer.WriteStartArray();
            foreach (float weight in row)
                writer.WriteNumberValue(weight);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static string Number(double score) => score.ToString("F6", CultureInfo.InvariantCulture);
}
