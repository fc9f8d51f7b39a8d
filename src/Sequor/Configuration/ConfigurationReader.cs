using System.Globalization;
using System.Text;

namespace Sequor.Configuration;

/// <summary>
/// Reads a YAML configuration: take settings from <see cref="Root"/>, then call <see cref="ThrowIfFaulty"/>, which reports
/// every fault at once, keys that nobody asked for among them.
/// </summary>
public sealed class ConfigurationReader
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly FaultList _faults = new();
    private readonly List<Section> _sections = [];

    private ConfigurationReader(string text, string name, IReadOnlyList<string> overrides)
    {
        MappingNode? root = YamlTree.ReadFile(text, name, _faults);
        // Without a root nothing else can be said about the file, and every key would seem to be missing.
        _faults.ThrowIfAny(root is null);
        for (int i = 0; i < overrides.Count; i++)
        {
            ConfigurationOverrides.Apply(root!, overrides[i], i + 1, _faults);
        }
        Root = new Section(root!, "", _faults, _sections);
    }

    /// <summary>The whole file.</summary>
    public Section Root { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, in UTF-8; a leading byte order mark is dropped.</param>
    /// <param name="overrides">Settings laid over the file, each <c>section.key=value</c>; a later one wins.</param>
    /// <exception cref="ConfigurationException">The file is not UTF-8 or not YAML.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static ConfigurationReader Open(string path, IReadOnlyList<string>? overrides = null)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return Parse(_strictUtf8.GetString(bytes), path, overrides);
        }
        catch (DecoderFallbackException fault)
        {
            int at = Math.Max(0, fault.Index);
            int line = 1 + bytes.AsSpan(0, at).Count((byte)'\n');
            int column = at - bytes.AsSpan(0, at).LastIndexOf((byte)'\n');
            throw new ConfigurationException(
                [new(new(path, line, column), "", $"byte {at} (0x{bytes[at]:X2}) is not UTF-8; save the file as UTF-8")]);
        }
    }

    /// <summary>Reads configuration text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">What faults call the text, in place of a file's path.</param>
    /// <param name="overrides">Settings laid over the text, each <c>section.key=value</c>; a later one wins.</param>
    /// <exception cref="ConfigurationException">The text is not YAML.</exception>
    public static ConfigurationReader Parse(string text, string name, IReadOnlyList<string>? overrides = null) =>
        new(text.TrimStart('\uFEFF'), name, overrides ?? []);

    /// <summary>Refuses a file of a newer format at once: its other keys may mean anything.</summary>
    /// <param name="newest">The newest format that can be read; a file that states none is of format 1.</param>
    /// <exception cref="ConfigurationException">The file's <c>format_version</c> is newer.</exception>
    public void RequireFormat(int newest)
    {
        long version = Root.Integer("format_version", 1, new IntegerBounds(1, long.MaxValue));
        if (version > newest)
        {
            Root.Report("format_version", string.Create(CultureInfo.InvariantCulture,
                $"this file has format {version}, and this version of Sequor reads formats up to {newest}; a newer Sequor reads it"));
            _faults.ThrowIfAny();
        }
    }

    /// <summary>Ends the reading: every key that was not asked for becomes a fault that names the nearest known one.</summary>
    /// <exception cref="ConfigurationException">Anything was wrong.</exception>
    public void ThrowIfFaulty()
    {
        foreach (Section section in _sections)
        {
            section.ReportUnknownKeys();
        }
        _faults.ThrowIfAny();
    }
}
