namespace Sequor.Server.Tests;

/// <summary>The contained English-German model under a name that no other test uses, so that what is measured of it is this test's own.</summary>
internal sealed class CopiedModel : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sequor-model-").FullName;

    internal CopiedModel()
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(_folder, Name)).FullName;
        foreach (string file in Directory.GetFiles(Served.ModelPath("en-de")))
        {
            File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
        }
    }

    /// <summary>What it is called.</summary>
    internal string Name { get; } = "m" + Guid.NewGuid().ToString("N");

    /// <summary>Its directory.</summary>
    internal string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
