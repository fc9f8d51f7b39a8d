using System.CommandLine;
using System.Globalization;
using Sequor.Checkpoints;
using Sequor.Checkpoints.Importing;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>Makes a model directory of a model that was trained elsewhere.</summary>
internal sealed class ImportVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The model: an .npz archive of a GRU encoder–decoder, as g2p_en has it." };

    private readonly Option<string> _output = new("--output", "-o", "--out") { HelpName = "DIR", Description = "The model directory to write.", Required = true };

    private readonly Option<string?> _source = new("--source-vocabulary")
    {
        HelpName = "FILE",
        Description = "The source pieces, one a line in the order of their ids. Default: the letters of g2p_en.",
    };

    private readonly Option<string?> _target = new("--target-vocabulary")
    {
        HelpName = "FILE",
        Description = "The target pieces, one a line in the order of their ids. Default: the phonemes of g2p_en.",
    };

    private readonly Option<string> _name = new("--name") { HelpName = "NAME", Description = "What the model is called. Default: g2p-en.", DefaultValueFactory = _ => "g2p-en" };

    /// <summary>Makes the verb.</summary>
    public ImportVerb()
        : base("import", "Make a model directory of a model that was trained elsewhere.",
            "sequor import checkpoint20.npz -o models/g2p-en")
    {
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_output, _source, _target, _name])
            Options.Add(option);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        string file = given.GetValue(_file)!;
        InputFile.Require(file);
        ModelContents model = GruArchive.Read(file, PiecesOf(given.GetValue(_source)), PiecesOf(given.GetValue(_target)), given.GetValue(_name)!);
        string output = given.GetValue(_output)!;
        string hash = model.Save(output);
        terminal.Errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{model.Weights.Sum(weight => weight.ElementCount):N0} weights imported from {file} into {output} (weights_sha256 {hash})"));
        return ExitCode.Success;
    }

    private static Vocabulary? PiecesOf(string? path)
    {
        if (path is null)
            return null;
        InputFile.Require(path);
        return Vocabulary.Load(path);
    }
}
