using Sequor.Configuration;

namespace Sequor.Tests.House;

/// <summary>Configurations that the repository shows can be read by the program that it holds.</summary>
public class ExamplesTests
{
    [Fact]
    public void Every_configuration_in_examples_and_results_has_no_fault()
    {
        string[] files =
        [
            .. ((string[])["examples", "docs/results"])
                .Select(folder => Path.Combine(SourceTree.Root, folder))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)),
        ];

        Assert.NotEmpty(files);
        Faults.None(
            from file in files
            from fault in FaultsOf(file)
            select $"{Path.GetRelativePath(SourceTree.Root, file)}: {fault}");
    }

    private static IEnumerable<string> FaultsOf(string file)
    {
        try
        {
            return SequorConfiguration.Load(file).Validate().Select(fault => fault.ToString());
        }
        catch (ConfigurationException exception)
        {
            return [exception.Message];
        }
    }
}
