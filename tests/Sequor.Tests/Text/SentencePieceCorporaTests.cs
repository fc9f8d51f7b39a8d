using System.Diagnostics;
using System.Text;
using Sequor.Text;

namespace Sequor.Tests.Text;

/// <summary>
/// Agreement with the installed spm_encode and spm_decode on every line of whole corpora. Runs in the folder that
/// <c>tools/golden/sentencepiece.sh corpora</c> filled and named in SEQUOR_SENTENCEPIECE; is skipped elsewhere.
/// </summary>
public class SentencePieceCorporaTests
{
    private const int ShownDifferences = 5;

    private static string? Folder => Environment.GetEnvironmentVariable("SEQUOR_SENTENCEPIECE");

    [Fact]
    public void Every_line_is_cut_and_joined_as_SentencePiece_does()
    {
        Assert.SkipWhen(
            Folder is null, "SEQUOR_SENTENCEPIECE is not set; tools/golden/sentencepiece.sh corpora FOLDER trains the models and runs this.");
        string[] models = Directory.GetFiles(Folder!, "*.model");
        string[] corpora = Directory.GetFiles(Folder!, "*.txt");
        Assert.NotEmpty(models);
        Assert.NotEmpty(corpora);
        var differences = new List<string>();
        foreach (string model in models.Order(StringComparer.Ordinal))
        {
            SentencePieceTokenizer tokenizer = SentencePieceTokenizer.Load(model);
            foreach (string corpus in corpora.Order(StringComparer.Ordinal))
            {
                string name = $"{Path.GetFileName(model)} on {Path.GetFileName(corpus)}";
                Compare(name, "spm_encode", model, corpus, line => string.Join(' ', tokenizer.Pieces(line)), differences);
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void Every_cut_line_is_joined_as_SentencePiece_does()
    {
        Assert.SkipWhen(
            Folder is null, "SEQUOR_SENTENCEPIECE is not set; tools/golden/sentencepiece.sh corpora FOLDER trains the models and runs this.");
        string pieces = Path.GetTempFileName();
        var differences = new List<string>();
        foreach (string model in Directory.GetFiles(Folder!, "*.model").Order(StringComparer.Ordinal))
        {
            SentencePieceTokenizer tokenizer = SentencePieceTokenizer.Load(model);
            IEnumerable<string> lines = Lines(Path.Combine(Folder!, "odd.txt"))
                .Concat(Lines(Path.Combine(Folder!, "multi30k.de.txt")).Take(2000));
            File.WriteAllText(pieces, string.Concat(lines.Select(line => string.Join(' ', tokenizer.Pieces(line)) + "\n")));
            Compare(Path.GetFileName(model), "spm_decode", model, pieces, line => tokenizer.Detokenize(line.Split(' ')), differences);
        }

        File.Delete(pieces);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static void Compare(
        string name, string program, string model, string corpus, Func<string, string> ours, List<string> differences)
    {
        var start = new ProcessStartInfo(program, [$"--model={model}", $"--input={corpus}"])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        using Process process = Process.Start(start)!;
        using IEnumerator<string> theirs = Lines(process.StandardOutput).GetEnumerator();
        int different = 0;
        foreach (string line in Lines(corpus))
        {
            string expected = theirs.MoveNext() ? theirs.Current : "(no line)";
            string found = ours(line);
            if (found != expected && different++ < ShownDifferences)
            {
                differences.Add($"{name}: '{line}'\n  {program}: {expected}\n  Sequor: {found}");
            }
        }

        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        TestContext.Current.SendDiagnosticMessage("{0}: {1} differences", name, different);
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(path, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        foreach (string line in Lines(reader))
        {
            yield return line;
        }
    }

    /// <summary>Lines end at a line feed only: a carriage return is a character like any other to spm_encode.</summary>
    private static IEnumerable<string> Lines(TextReader reader)
    {
        var line = new StringBuilder();
        for (int next = reader.Read(); next >= 0; next = reader.Read())
        {
            if (next == '\n')
            {
                yield return line.ToString();
                line.Clear();
            }
            else
            {
                line.Append((char)next);
            }
        }
    }
}
