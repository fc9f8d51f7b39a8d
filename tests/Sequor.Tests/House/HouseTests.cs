using System.Text.RegularExpressions;

namespace Sequor.Tests.House;

/// <summary>The rules of the house that a reader would have to watch otherwise.</summary>
public class HouseTests
{
    private static readonly string[] _everything = ["src", "tests", "samples", "bench"];

    // Put together from halves, so that this file does not find itself.
    private static readonly Regex _forbidden = new(
        string.Join('|', @"\bTO" + @"DO\b", @"\bFIX" + @"ME\b", @"\bHA" + @"CK\b", "#reg" + "ion", @"throw new Exc" + @"eption\(", "NotImplemented" + "Exception"));

    [Fact]
    public void Nothing_is_left_undone_folded_away_or_thrown_without_a_kind()
    {
        IEnumerable<string> faults =
            from directory in _everything
            from file in SourceTree.Files(directory)
            let found = _forbidden.Match(file.Text)
            where found.Success
            select $"{file}: {found.Value}";

        Faults.None(faults);
    }

    [Fact]
    public void No_folder_is_named_after_nothing()
    {
        IEnumerable<string> faults =
            from directory in _everything
            from file in SourceTree.Files(directory)
            where file.Path.Split('/').Any(part => part is "Utils" or "Util" or "Helpers" or "Common" or "Core" or "Misc")
            select file.Path;

        Faults.None(faults);
    }

    [Fact]
    public void Unsafe_code_lives_in_memory_and_vectors_only()
    {
        IEnumerable<string> faults =
            from file in SourceTree.Files("src")
            where !file.Path.StartsWith("src/Sequor.Tensors/Memory/", StringComparison.Ordinal)
                && !file.Path.StartsWith("src/Sequor.Tensors/Cpu/Simd/", StringComparison.Ordinal)
                && Regex.IsMatch(file.Code, @"\bunsafe\b")
            select file.Path;

        Faults.None(faults);
    }

    [Fact]
    public void No_file_is_longer_than_a_sitting()
    {
        IEnumerable<string> faults =
            from directory in _everything
            from file in SourceTree.Files(directory)
            where !file.IsGenerated && file.Lines > 500
            select $"{file} has {file.Lines} lines";

        Faults.None(faults);
    }

    [Fact]
    public void Nine_in_ten_files_are_short_and_half_of_them_shorter()
    {
        int[] lines = [.. SourceTree.Files("src").Where(file => !file.IsGenerated).Select(file => file.Lines).Order()];

        Assert.InRange(lines[lines.Length / 2], 1, 120);
        Assert.InRange(lines[lines.Length * 9 / 10], 1, 300);
    }

    [Fact]
    public void No_code_is_commented_out()
    {
        Regex statement = new(@"^\s*//\s*(var |int |float |double |string |return\b|if \(|for \(|foreach \(|while \(|using \w).*[;{)]\s*$", RegexOptions.Multiline);
        IEnumerable<string> faults =
            from directory in _everything
            from file in SourceTree.Files(directory)
            let found = statement.Match(file.Text)
            where found.Success
            select $"{file}: {found.Value.Trim()}";

        Faults.None(faults);
    }
}
