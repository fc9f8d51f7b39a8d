using System.CommandLine;
using System.Globalization;
using Sequor.Checkpoints;
using Sequor.Cli.Faults;
using Sequor.Tensors.Kernels;

namespace Sequor.Cli.Verbs;

/// <summary>Makes a smaller and faster model of a trained one.</summary>
internal sealed class QuantizeVerb : Verb
{
    private const string ClearLine = "\r\e[K";

    private static readonly string[] Types = [.. WeightTypes.Names.Skip(1)];

    private readonly Argument<string> _model = new("MODEL") { Description = "The directory of a trained model." };

    private readonly Option<string> _type = new("--type", "-t")
    {
        HelpName = "TYPE",
        Description = "How matrices are stored: int8, int7, float16 or bfloat16. Default: int8.",
        DefaultValueFactory = _ => "int8",
    };

    private readonly Option<string> _output = new("--output", "-o", "--out") { HelpName = "DIR", Description = "The model directory to write.", Required = true };

    /// <summary>Makes the verb.</summary>
    public QuantizeVerb()
        : base("quantize", "Store a model's weights in 8, 7 or 16 bits: smaller, and faster to decode with.",
            "sequor quantize models/en-de --type int8 -o models/en-de-int8")
    {
        Arguments.Add(_model);
        Options.Add(_type);
        Options.Add(_output);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string path = given.GetValue(_model)!;
        string output = given.GetValue(_output)!;
        WeightType type = ComputeTypeOption.Parse("--type", given.GetValue(_type)!, Types);
        ModelChoice.RequireModel(path);
        if (File.Exists(output))
            throw new InputException($"--output is {output}, which is a file; a model is a directory. Name one that is not there yet.");
        QuantizationReport report = Quantize(path, type, output, terminal, stop);
        double worst = report.Matrices.Count == 0 ? 0 : report.Matrices.Max(matrix => matrix.LargestError);
        terminal.Errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Parameters:N0} weights of {path} stored as {WeightTypes.NameOf(type)} in {output}: {report.BytesBefore / 1e6:N1} MB before, {report.BytesAfter / 1e6:N1} MB after; " +
            $"largest relative error of a row {worst:P2} (weights_sha256 {report.WeightsSha256})"));
        return ExitCode.Success;
    }

    private static QuantizationReport Quantize(string path, WeightType type, string output, Terminal terminal, CancellationToken stop)
    {
        if (terminal.ShowsStackTraces || !terminal.IsWatched)
            return ModelQuantizer.Quantize(path, type, output, terminal.ShowsStackTraces ? (done, all, matrix) => Tell(terminal, done, all, matrix) : null, stop);
        terminal.Errors.Write($"reading {path}");
        try
        {
            return ModelQuantizer.Quantize(path, type, output, (done, all, _) => Show(terminal, done, all), stop);
        }
        finally
        {
            terminal.Errors.Write(ClearLine);
        }
    }

    private static void Show(Terminal terminal, int done, int all) => terminal.Errors.Write(
        string.Create(CultureInfo.InvariantCulture, $"{ClearLine}{(done < all ? $"quantised {done} of {all} matrices" : "writing the model")}"));

    private static void Tell(Terminal terminal, int done, int all, QuantizedMatrix matrix) => terminal.Errors.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{done} of {all}: {matrix.Name} {matrix.Shape}, largest relative error of a row {matrix.LargestError:P2}"));
}
