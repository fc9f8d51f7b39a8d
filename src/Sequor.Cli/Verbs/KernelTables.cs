using System.Globalization;
using System.Text;
using System.Text.Json;
using Sequor.Tensors.Timing;

namespace Sequor.Cli.Verbs;

/// <summary>Where the time went, kernel by kernel and product by product.</summary>
internal static class KernelTables
{
    private const int ShownProducts = 10;
    private const double Giga = 1e9;

    /// <summary>For programs: how much was outside kernels, then the kernels and the classes of products, most time first.</summary>
    /// <param name="writer">An object is open in it.</param>
    /// <param name="times">The times.</param>
    public static void Write(Utf8JsonWriter writer, KernelTimes times)
    {
        writer.WriteNumber("outside_kernels_share", Ratio(times.SecondsOutside, times.Seconds));
        writer.WriteStartArray("kernels");
        foreach (KernelTime kernel in times.Kernels)
        {
            writer.WriteStartObject();
            writer.WriteString("name", kernel.Name);
            writer.WriteNumber("calls", kernel.Calls);
            writer.WriteNumber("seconds", kernel.Seconds);
            writer.WriteNumber("share", Ratio(kernel.Seconds, times.Seconds));
            writer.WriteNumber("gflop", kernel.Operations / Giga);
            writer.WriteNumber("gigabytes", kernel.Bytes / Giga);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("products");
        foreach (ProductTime product in times.Products)
        {
            writer.WriteStartObject();
            writer.WriteString("role", NameOf(product.Role));
            writer.WriteNumber("m", product.M);
            writer.WriteNumber("n", product.N);
            writer.WriteNumber("k", product.K);
            writer.WriteNumber("calls", product.Calls);
            writer.WriteNumber("seconds", product.Seconds);
            writer.WriteNumber("share", Ratio(product.Seconds, times.Seconds));
            writer.WriteNumber("gflops", Ratio(product.Operations, product.Seconds) / Giga);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>For people: two tables, with calls and milliseconds of one part of the work.</summary>
    /// <param name="times">The times.</param>
    /// <param name="parts">In how many parts the work is thought, such as updates or steps.</param>
    /// <param name="part">What the row of the sums is called, such as <c>a step, timed</c>.</param>
    public static string Text(KernelTimes times, double parts, string part)
    {
        StringBuilder text = new();
        void Row(string size, string name, string calls, string milliseconds, string share, string operations, string bytes)
        {
            string row = string.Create(CultureInfo.InvariantCulture, $"{name,-20}{size,26}{calls,10}{milliseconds,12}{share,10}{operations,10}{bytes,8}");
            text.Append(row.TrimEnd()).Append('\n');
        }

        string Milliseconds(double seconds) => Number(1000 * seconds / parts, 3);
        string Share(double seconds) => Number(100 * Ratio(seconds, times.Seconds), 1);
        string Speed(double amount, double seconds) => Number(Ratio(amount, seconds) / Giga, 1);

        text.Append('\n');
        Row("", "kernel", "calls", "ms", "share %", "GFLOP/s", "GB/s");
        foreach (KernelTime kernel in times.Kernels)
        {
            Row("", kernel.Name, Number(kernel.Calls / parts, 1), Milliseconds(kernel.Seconds), Share(kernel.Seconds),
                kernel.Operations > 0 ? Speed(kernel.Operations, kernel.Seconds) : "", Speed(kernel.Bytes, kernel.Seconds));
        }

        Row("", "outside kernels", "", Milliseconds(times.SecondsOutside), Share(times.SecondsOutside), "", "");
        Row("", part, "", Milliseconds(times.Seconds), Number(100, 1), "", "");

        text.Append('\n');
        Row("M × N × K", "product", "calls", "ms", "share %", "GFLOP/s", "");
        foreach (ProductTime product in times.Products.Take(ShownProducts))
        {
            Row($"{Number(product.M, 0)} × {Number(product.N, 0)} × {Number(product.K, 0)}", NameOf(product.Role), Number(product.Calls / parts, 1),
                Milliseconds(product.Seconds), Share(product.Seconds), Speed(product.Operations, product.Seconds), "");
        }

        if (times.Products.Count > ShownProducts)
        {
            double rest = times.Products.Skip(ShownProducts).Sum(product => product.Seconds);
            Row("", $"{Number(times.Products.Count - ShownProducts, 0)} others", "", Milliseconds(rest), Share(rest), "", "");
        }

        return text.ToString();
    }

    private static string NameOf(ProductRole role) => role switch
    {
        ProductRole.Forward => "forward",
        ProductRole.InputGradient => "dX",
        ProductRole.WeightGradient => "dW",
        ProductRole.Logits => "logits",
        ProductRole.LogitsInputGradient => "logits dX",
        ProductRole.LogitsWeightGradient => "logits dW",
        _ => "batched",
    };

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private static string Number(double value, int decimals) => value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
