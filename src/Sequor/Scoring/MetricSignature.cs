using System.Globalization;
using System.Text;

namespace Sequor.Scoring;

/// <summary>Signatures in sacreBLEU's form and order: references, resampling, the metric's fields, and the version last.</summary>
internal static class MetricSignature
{
    // The assembly's own version: a score is only comparable with scores of the same program.
    private static readonly string _version =
        "sequor-" + (typeof(MetricSignature).Assembly.GetName().Version?.ToString(3) ?? "unknown");

    internal static string Build(SignatureContext context, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var signature = new StringBuilder("nrefs:");
        signature.Append(context.ReferenceCount == SignatureContext.VariableReferences
            ? "var"
            : context.ReferenceCount.ToString(CultureInfo.InvariantCulture));
        if (context.Resampling is { } resampling)
        {
            string kind = resampling.Kind == ResamplingKind.Bootstrap ? "bs" : "ar";
            signature.Append(CultureInfo.InvariantCulture, $"|{kind}:{resampling.Trials}|seed:{resampling.Seed}");
        }

        foreach ((string name, string value) in fields)
            signature.Append('|').Append(name).Append(':').Append(value);

        return signature.Append("|version:").Append(_version).ToString();
    }

    internal static string YesNo(bool value) => value ? "yes" : "no";

    internal static string Case(bool lowercase) => lowercase ? "lc" : "mixed";
}
