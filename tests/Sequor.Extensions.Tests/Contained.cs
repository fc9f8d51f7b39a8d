namespace Sequor.Extensions.Tests;

/// <summary>The models that the repository contains.</summary>
internal static class Contained
{
    /// <summary>The directory of a contained model.</summary>
    internal static string Model(string name) => System.IO.Path.Combine(Root, "models", name);

    /// <summary>The repository's directory; skips the test where only the built program is there.</summary>
    internal static string Root
    {
        get
        {
            DirectoryInfo? directory = new(AppContext.BaseDirectory);
            while (directory is not null && !File.Exists(System.IO.Path.Combine(directory.FullName, "Sequor.slnx")))
            {
                directory = directory.Parent;
            }

            Assert.SkipWhen(directory is null, "The repository is not around this test: no Sequor.slnx above " + AppContext.BaseDirectory);
            return directory!.FullName;
        }
    }
}
