using System.CommandLine;
using System.Globalization;
using System.Text;
using Sequor.Alignments;
using Sequor.Cli.Faults;
using Sequor.Cli.Lines;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>What <c>align</c> writes.</summary>
internal sealed class AlignOutput
{
    private readonly Option<string?> _output = new("--output") { HelpName = "FILE", Description = "Where the alignments go. Default: standard output." };

    private readonly Option<bool> _scores = new("--scores") { Description = "Add log p(target | source) and, where it was learnt, log p(source | target) to each line." };

    private readonly Option<string?> _lex = new("--lex") { HelpName = "PATH", Description = "Write relative frequencies of the links as Moses does, to PATH.f2e and PATH.e2f." };

    private readonly Option<string?> _lexicon = new("--lexicon") { HelpName = "FILE", Description = "Write the likeliest translations of every word, for 'translate --lexicon'." };

    private readonly Option<string?> _shortlist = new("--shortlist") { HelpName = "FILE", Description = "With --vocab: write the likeliest translations of every piece, and the most frequent pieces." };

    private readonly Option<int> _top = new("--top") { HelpName = "N", Description = "Translations of a word in these files. Default: 100.", DefaultValueFactory = _ => 100 };

    private readonly Option<int> _frequent = new("--frequent") { HelpName = "N", Description = "Frequent words in these files. Default: 100.", DefaultValueFactory = _ => 100 };

    /// <summary>Gives the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_output, _scores, _lex, _lexicon, _shortlist, _top, _frequent])
            verb.Options.Add(option);
    }

    /// <summary>Refuses what cannot be written, before any work.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="isOfPieces">Whether pieces are aligned.</param>
    /// <param name="method">How the directions are joined.</param>
    /// <exception cref="UsageException">Something cannot.</exception>
    public void Check(ParseResult given, bool isOfPieces, SymmetrizationMethod method)
    {
        List<string> faults = [];
        if (given.GetValue(_shortlist) is not null && !isOfPieces)
            faults.Add("--shortlist is of pieces; name their vocabulary with --vocab.");
        if (method == SymmetrizationMethod.Reverse && (given.GetValue(_shortlist) ?? given.GetValue(_lexicon)) is not null)
            faults.Add("--shortlist and --lexicon need the forward direction, and --reverse learns the other one only. Leave --reverse out.");
        if (given.GetValue(_top) < 1)
            faults.Add($"--top is {given.GetValue(_top)}, but must be 1 or more.");
        if (given.GetValue(_frequent) < 0)
            faults.Add($"--frequent is {given.GetValue(_frequent)}, but must be 0 or more.");
        UsageException.ThrowIfAny(faults);
        foreach (Option<string?> file in (Option<string?>[])[_output, _lex, _lexicon, _shortlist])
            OutputFile.Require(given.GetValue(file));
    }

    /// <summary>Aligns, and writes what was asked for.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="terminal">Whose output is the default.</param>
    /// <param name="aligner">What to align with.</param>
    /// <param name="corpus">The pairs.</param>
    /// <param name="method">How the directions are joined.</param>
    /// <param name="stop">Looked at every few hundred pairs.</param>
    public void Write(ParseResult given, Terminal terminal, WordAligner aligner, AlignmentCorpus corpus, SymmetrizationMethod method, CancellationToken stop)
    {
        LinkCounts? counts = given.GetValue(_lex) is null ? null : new LinkCounts();
        bool scores = given.GetValue(_scores);
        using (LineSink sink = LineSink.Open(given.GetValue(_output), terminal))
        {
            int pair = 0;
            foreach (PairAlignment alignment in aligner.AlignAll(corpus, method, stop))
            {
                sink.WriteLine(Line(alignment, scores));
                counts?.Add(corpus.Source(pair), corpus.Target(pair), alignment.Links);
                pair++;
            }
        }

        if (counts is not null)
            WriteLex(given.GetValue(_lex)!, counts, corpus, terminal);
        string[] tables = [.. new[] { given.GetValue(_lexicon), given.GetValue(_shortlist) }.OfType<string>()];
        if (tables.Length == 0)
            return;
        LexicalTable table = LexicalTable.Of(aligner, corpus, given.GetValue(_top), given.GetValue(_frequent));
        foreach (string path in tables)
        {
            table.Save(path);
            terminal.Errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Count:N0} translations, written to {path}"));
        }
    }

    private static string Line(PairAlignment alignment, bool scores)
    {
        StringBuilder line = new();
        foreach (AlignmentLink link in alignment.Links)
        {
            if (line.Length > 0)
                line.Append(' ');
            line.Append(CultureInfo.InvariantCulture, $"{link.Source}-{link.Target}");
        }

        foreach (double? score in scores ? (double?[])[alignment.Forward, alignment.Reverse] : [])
        {
            if (score is { } value)
                line.Append(CultureInfo.InvariantCulture, $" ||| {value:F6}");
        }

        return line.ToString();
    }

    private static void WriteLex(string path, LinkCounts counts, AlignmentCorpus corpus, Terminal terminal)
    {
        using (LineSink sink = LineSink.Open(path + ".f2e", terminal))
            counts.WriteTargetGivenSource(sink.Writer, corpus.SourceWords, corpus.TargetWords);
        using (LineSink sink = LineSink.Open(path + ".e2f", terminal))
            counts.WriteSourceGivenTarget(sink.Writer, corpus.SourceWords, corpus.TargetWords);
    }
}
