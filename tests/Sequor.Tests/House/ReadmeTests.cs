using System.Text.RegularExpressions;

namespace Sequor.Tests.House;

/// <summary>
/// Code in documents is code that compiles. Every C# block follows a mark: <c>&lt;!-- sample: path --&gt;</c> when its lines stand together in that file,
/// <c>&lt;!-- sample: path#name --&gt;</c> when it is all that stands there between <c>// sample: name</c> and <c>// end of sample</c>.
/// </summary>
public class ReadmeTests
{
    private static readonly Regex _block = new(@"(?:<!-- sample: (?<path>[^#>\s]+)(?:#(?<name>[\w-]+))? -->\n)?```csharp\n(?<code>.*?)```", RegexOptions.Singleline);

    [Fact]
    public void Every_block_of_code_in_the_documents_is_code_that_compiles()
    {
        int blocks = 0;
        List<string> faults = [];
        foreach (string document in Documents())
        {
            foreach (Match block in _block.Matches(File.ReadAllText(document).ReplaceLineEndings("\n")))
            {
                blocks++;
                if (FaultOf(block) is { } fault)
                {
                    faults.Add($"{Path.GetRelativePath(SourceTree.Root, document)}: {fault}");
                }
            }
        }

        Faults.None(faults);
        Assert.NotEqual(0, blocks);
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        IEnumerable<string> faults =
            from document in Documents()
            from Match link in Regex.Matches(File.ReadAllText(document), @"\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)")
            let target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{Path.GetRelativePath(SourceTree.Root, document)}: {link.Groups[1].Value}";

        Faults.None(faults);
    }

    [Theory]
    [InlineData("a();\nb();", "x\n    a();\n    b();\ny", true)]
    [InlineData("if (a)\n{\n    b();\n}", "    if (a)\n    {\n        b();\n    }", true)]
    [InlineData("a();\nb();", "a();\nc();\nb();", false)]
    [InlineData("a();\nb();", "a();\n  b();", false)]
    public void A_block_is_found_at_any_indentation_and_only_whole(string block, string file, bool found) =>
        Assert.Equal(found, StandsIn(block.Split('\n'), file.Split('\n')));

    private static string? FaultOf(Match block)
    {
        string path = block.Groups["path"].Value;
        string[] code = block.Groups["code"].Value.TrimEnd('\n').Split('\n');
        if (path.Length == 0)
        {
            return $"the block that begins with \"{code[0]}\" names no file before it";
        }

        string file = Path.Combine(SourceTree.Root, path);
        if (!File.Exists(file))
        {
            return $"there is no {path}";
        }

        string[] lines = File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n');
        string name = block.Groups["name"].Value;
        if (name.Length > 0)
        {
            lines = Between(lines, name);
            return lines.Length == code.Length && StandsIn(code, lines) ? null : $"the block differs from the sample {name} of {path}";
        }

        return StandsIn(code, lines) ? null : $"the lines of the block that begins with \"{code[0]}\" do not stand in {path}";
    }

    private static string[] Between(string[] lines, string name)
    {
        int first = Array.FindIndex(lines, line => line.Trim() == "// sample: " + name);
        int last = first < 0 ? -1 : Array.FindIndex(lines, first, line => line.Trim() == "// end of sample");
        return last < 0 ? [] : lines[(first + 1)..last];
    }

    private static bool StandsIn(string[] block, string[] file) => Enumerable.Range(0, Math.Max(0, file.Length - block.Length + 1))
        .Any(start => WithoutIndentation(file[start..(start + block.Length)]).SequenceEqual(WithoutIndentation(block)));

    private static IEnumerable<string> WithoutIndentation(string[] lines)
    {
        int indentation = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return lines.Select(line => line.Trim().Length == 0 ? "" : line[indentation..].TrimEnd());
    }

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(SourceTree.Root, "*.md")
            .Concat(((string[])["docs", "src", "samples", "examples"])
                .Select(folder => Path.Combine(SourceTree.Root, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)))
            .Where(path => !Path.GetRelativePath(SourceTree.Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);
}
