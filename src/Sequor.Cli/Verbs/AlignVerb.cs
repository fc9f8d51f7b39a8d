using System.CommandLine;
using System.Globalization;
using Sequor.Alignments;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;

namespace Sequor.Cli.Verbs;

/// <summary>Links the words of sentences and their translations.</summary>
internal sealed class AlignVerb : Verb
{
    private readonly AlignInput _input = new();

    private readonly AlignTraining _training = new();

    private readonly Option<bool> _reverse = new("--reverse", "-r") { Description = "Link each source word to a target word, instead of each target word to a source word." };

    private readonly Option<string?> _symmetrize = new("--symmetrize", "--sym")
    {
        HelpName = "HOW",
        Description = "Learn both directions and join them: intersection, union, grow-diag, grow-diag-final or grow-diag-final-and.",
    };

    private readonly Option<string?> _model = new("--model", "-m") { HelpName = "FILE", Description = "Save what was learnt; with --force-align, what to align with." };

    private readonly Option<bool> _forceAlign = new("--force-align", "-f") { Description = "Learn nothing; align with --model." };

    private readonly AlignOutput _output = new();

    private readonly ThreadsOption _threads = new();

    /// <summary>Makes the verb.</summary>
    public AlignVerb()
        : base("align", "Link the words of sentences and their translations; make lexical tables.",
            "sequor align --source train.en --target train.de --symmetrize grow-diag-final-and > train.align",
            "sequor align -i train.en-de -d -o -v > forward.align",
            "sequor align --source new.en --target new.de --model en-de.aligner --force-align",
            "sequor align --source train.en --target train.de --vocab MODEL --shortlist MODEL/shortlist.bin --output /dev/null")
    {
        _input.AddTo(this);
        _training.AddTo(this);
        foreach (Option option in (Option[])[_reverse, _symmetrize, _model, _forceAlign])
            Options.Add(option);
        _output.AddTo(this);
        _threads.AddTo(this);
    }

    /// <inheritdoc/>
    public override bool EndsInOrder => true;

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        SymmetrizationMethod method = Method(given);
        AlignerOptions options = _training.Of(given);
        _output.Check(given, _input.Vocabulary(given) is not null, method);
        _threads.Apply(given);
        string? model = given.GetValue(_model);
        OutputFile.Require(model);
        WordAligner? known = null;
        if (given.GetValue(_forceAlign))
        {
            if (model is null)
                throw new UsageException("--force-align needs --model, the file of an aligner that was trained before.");
            if (_training.FirstGiven(given) is { } superfluous)
                throw new UsageException($"--force-align learns nothing, so {superfluous} has no meaning beside it. Leave one of them out.");
            InputFile.Require(model);
            known = WordAligner.Load(model);
            RequireDirections(known, method, model);
        }

        AlignmentCorpus corpus = _input.Read(given, terminal, known, stop);
        WordAligner aligner = known ?? Train(corpus, options, method, terminal, stop);
        if (known is null && model is not null)
            aligner.Save(model);
        _output.Write(given, terminal, aligner, corpus, method, stop);
        return ExitCode.Success;
    }

    private static WordAligner Train(AlignmentCorpus corpus, AlignerOptions options, SymmetrizationMethod method, Terminal terminal, CancellationToken stop)
    {
        terminal.Errors.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"learning from {corpus.Count:N0} pairs: {corpus.SourceLength:N0} source and {corpus.TargetLength:N0} target words"));
        try
        {
            return WordAligner.Train(corpus, options, Directions(method), progress => terminal.Errors.WriteLine(Line(progress)), stop);
        }
        catch (ArgumentException fault)
        {
            throw new InputException(FaultText.WithoutParameter(fault), fault);
        }
    }

    private static string Line(AlignerProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(progress.IsReverse ? "reverse" : "forward")} pass {progress.Iteration} · log-likelihood {progress.LogLikelihood:F1} · perplexity {progress.Perplexity:F2} · tension {progress.Tension:F2}");

    private static AlignmentDirections Directions(SymmetrizationMethod method) => method switch
    {
        SymmetrizationMethod.Forward => AlignmentDirections.Forward,
        SymmetrizationMethod.Reverse => AlignmentDirections.Reverse,
        _ => AlignmentDirections.Both,
    };

    private static void RequireDirections(WordAligner aligner, SymmetrizationMethod method, string path)
    {
        AlignmentDirections needed = Directions(method);
        bool forward = needed.HasFlag(AlignmentDirections.Forward) && aligner.Forward is null;
        if (forward || (needed.HasFlag(AlignmentDirections.Reverse) && aligner.Reverse is null))
        {
            throw new InputException(
                $"The aligner {path} has not learnt the {(forward ? "forward" : "reverse")} direction, which this needs. Train it with --symmetrize, which learns both.");
        }
    }

    private SymmetrizationMethod Method(ParseResult given)
    {
        if (given.GetValue(_symmetrize) is not { } name)
            return given.GetValue(_reverse) ? SymmetrizationMethod.Reverse : SymmetrizationMethod.Forward;
        if (given.GetValue(_reverse))
            throw new UsageException("--reverse asks for one direction and --symmetrize for both. Leave one of them out.");
        return UsageException.Guard(() => Symmetrization.Parse(name));
    }
}
