using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sequor.Tests.House;

/// <summary>The rooms of <c>src/Sequor</c> look one way, as the table in its README says; the projects too.</summary>
public class RoomsTests
{
    private static readonly Dictionary<string, string[]> _projects = new()
    {
        ["Sequor.Tensors"] = [],
        ["Sequor"] = ["Sequor.Tensors"],
        ["Sequor.Extensions"] = ["Sequor"],
        ["Sequor.Server"] = ["Sequor.Extensions", "Sequor"],
        ["Sequor.Cli"] = ["Sequor.Server", "Sequor.Extensions", "Sequor", "Sequor.Tensors"],
    };

    [Fact]
    public void Every_folder_is_a_room_of_the_table_and_every_room_a_folder() => Assert.Equal(
        Table().Select(row => row.Room).Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src/Sequor"))
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void A_room_uses_only_rooms_that_stand_above_it_in_the_table()
    {
        List<string> above = [];
        foreach ((string room, string[] uses) in Table())
        {
            Assert.Subset(above.ToHashSet(), uses.ToHashSet());
            above.Add(room);
        }
    }

    [Fact]
    public void A_room_names_only_the_rooms_of_its_row()
    {
        (string Room, string[] Uses)[] table = Table();
        string[] rooms = [.. table.Select(row => row.Room)];
        List<string> faults = [];
        foreach ((string room, string[] uses) in table)
        {
            string[] forbidden = [.. rooms.Except(uses).Where(other => other != room)];
            Regex[] names = [.. forbidden.Select(NameOf)];
            faults.AddRange(
                from file in SourceTree.Files("src/Sequor/" + room)
                from index in Enumerable.Range(0, forbidden.Length)
                where names[index].IsMatch(file.Code)
                select $"{file} names the room {forbidden[index]}");
        }

        Faults.None(faults);
    }

    [Fact]
    public void A_namespace_is_its_folder_or_the_room_around_it()
    {
        IEnumerable<string> faults =
            from file in SourceTree.Files("src/Sequor").Concat(SourceTree.Files("src/Sequor.Cli"))
            let declared = Regex.Match(file.Code, @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value
            let folder = file.Path["src/".Length..file.Path.LastIndexOf('/')].Replace('/', '.')
            let room = string.Join('.', folder.Split('.').Take(folder.StartsWith("Sequor.Cli", StringComparison.Ordinal) ? 3 : 2))
            where declared.Length > 0 && declared != folder && declared != room
            select $"{file} declares {declared}";

        Faults.None(faults);
    }

    [Fact]
    public void Projects_refer_only_to_projects_below_them()
    {
        foreach (string path in SourceTree.Projects("src"))
        {
            string project = Path.GetFileNameWithoutExtension(path);
            IEnumerable<string> references = XDocument.Load(path)
                .Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

            Assert.Contains(project, _projects.Keys);
            Assert.Subset(_projects[project].ToHashSet(), references.ToHashSet());
        }
    }

    [Theory]
    [InlineData("using Sequor.Text;", true)]
    [InlineData("using static Sequor.Text.Pieces;", true)]
    [InlineData("var a = Sequor.Text.Vocabulary.Build();", true)]
    [InlineData("var a = new Text.Vocabulary();", false)]
    [InlineData("using System.Text;", false)]
    [InlineData("using Sequor.TextFiles;", false)]
    public void A_room_is_named_by_its_full_name(string code, bool isNamed) => Assert.Equal(isNamed, NameOf("Text").IsMatch(code));

    // Inside the namespace Sequor, "Text.Vocabulary" would do too; but so reads a property called Text, and nobody writes it.
    private static Regex NameOf(string room) => new($@"(?<![\w.])Sequor\.{room}\b(?!\w)");

    private static (string Room, string[] Uses)[] Table()
    {
        string[] rows =
        [
            .. File.ReadAllLines(Path.Combine(SourceTree.Root, "src/Sequor/README.md"))
                .Where(line => line.StartsWith('|'))
                .Skip(2),
        ];
        Assert.NotEmpty(rows);
        return
        [
            .. rows.Select(row => row.Split('|')).Select(cells => (
                cells[1].Trim(),
                cells[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))),
        ];
    }
}
