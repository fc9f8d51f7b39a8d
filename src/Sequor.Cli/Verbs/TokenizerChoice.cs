using System.CommandLine;
using Sequor.Checkpoints;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Configuration;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>The option <c>--model</c> of the verbs that cut text and join it.</summary>
internal sealed class TokenizerChoice
{
    private readonly Option<string> _model = new("--model", "-m")
    {
        HelpName = "FILE",
        Description = "A SentencePiece model, codes of subword-nmt, a vocabulary of 'sequor vocab', or a model directory.",
        Required = true,
    };

    private readonly Option<bool> _target = new("--target") { Description = "Of a model directory with two vocabularies, the target's. Default: the source's." };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_model);
        verb.Options.Add(_target);
    }

    /// <summary>Reads the tokenizer.</summary>
    /// <param name="given">The arguments.</param>
    /// <exception cref="InputException">There is no such file, or the directory holds no model.</exception>
    public Tokenizer Load(ParseResult given) => Load(given.GetValue(_model)!, given.GetValue(_target));

    /// <summary>Reads the tokenizer of a file or of a model directory.</summary>
    /// <param name="path">The file or the directory.</param>
    /// <param name="target">Of a directory with two vocabularies, whether the target's is meant.</param>
    /// <exception cref="InputException">There is no such file, or the directory holds no model.</exception>
    public static Tokenizer Load(string path, bool target)
    {
        path = Directory.Exists(path) ? OfDirectory(path, target) : path;
        InputFile.Require(path);
        return Tokenizer.Load(path);
    }

    /// <summary>The vocabulary of a model directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="target">Whether the target's is meant, where there are two.</param>
    /// <returns>The file that holds it.</returns>
    /// <exception cref="InputException">The directory holds no model, or names no vocabulary.</exception>
    public static string OfDirectory(string directory, bool target)
    {
        if (!ModelDirectory.HoldsModel(directory))
            throw new InputException($"The directory {directory} holds no model: {ModelDirectory.ConfigurationFile} is missing.");
        SequorConfiguration configuration = SequorConfiguration.Load(Path.Combine(directory, ModelDirectory.ConfigurationFile));
        IReadOnlyList<string> names = configuration.Vocabulary.Model;
        return names.Count == 0
            ? throw new InputException($"The model {directory} names no vocabulary in its {ModelDirectory.ConfigurationFile}.")
            : Path.Combine(directory, target ? names[^1] : names[0]);
    }
}
