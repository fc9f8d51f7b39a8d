using System.Xml.Linq;

namespace Sequor.Tests.House;

/// <summary>What every project file owes the others.</summary>
public class ProjectsTests
{
    private static readonly string[] _folders = ["src", "tests", "samples", "bench"];

    [Theory]
    [InlineData("src/Sequor.Tensors/Sequor.Tensors.csproj")]
    [InlineData("src/Sequor/Sequor.csproj")]
    [InlineData("src/Sequor.Extensions/Sequor.Extensions.csproj")]
    public void A_library_is_checked_for_trimming_and_compiling_ahead_of_time(string project) => Assert.Equal(
        "true",
        XDocument.Load(Path.Combine(SourceTree.Root, project)).Descendants("IsAotCompatible").Single().Value);

    [Fact]
    public void Every_project_is_in_the_solution_and_every_project_of_the_solution_is_there() => Assert.Equal(
        Projects().Select(path => Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
        XDocument.Load(Path.Combine(SourceTree.Root, "Sequor.slnx"))
            .Descendants("Project").Select(project => project.Attribute("Path")!.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_project_has_its_packages_locked() => Faults.None(
        from project in Projects()
        where !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))
        select Path.GetRelativePath(SourceTree.Root, project));

    private static IEnumerable<string> Projects() => _folders.SelectMany(SourceTree.Projects);
}
