using Sequor.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sequor.Server.Settings;

/// <summary>The settings that a YAML file holds: one key a setting, with one value or a list of them.</summary>
internal sealed class SettingsFile
{
    private readonly Parser _parser;
    private readonly string _name;
    private readonly List<ConfigurationFault> _faults;
    private readonly Dictionary<string, SettingSource> _sources = new(StringComparer.Ordinal);

    private SettingsFile(string text, string name, List<ConfigurationFault> faults) => (_parser, _name, _faults) = (new Parser(new StringReader(text)), name, faults);

    /// <summary>What a file sets.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">Receives everything that is wrong with it.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static IEnumerable<SettingSource> Read(string path, List<ConfigurationFault> faults)
    {
        SettingsFile file = new(File.ReadAllText(path), path, faults);
        try
        {
            file.Document();
        }
        catch (YamlException fault)
        {
            faults.Add(new ConfigurationFault(file.Origin(fault.Start), "", "this is not YAML: " + fault.Message.TrimEnd('.')));
        }

        return file._sources.Values;
    }

    private void Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return;
        }

        if (!_parser.TryConsume<MappingStart>(out _))
        {
            if (_parser.Current is not Scalar { Value: "" } and { } other)
            {
                _faults.Add(new ConfigurationFault(Origin(other.Start), "", "a configuration of the server is keys with values, such as 'max_wait: 5ms'"));
            }

            return;
        }

        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            Entry();
        }
    }

    private void Entry()
    {
        Scalar key = _parser.Consume<Scalar>();
        string name = key.Value.Replace('-', '_');
        List<string>? values = Values(name);
        if (ServerSettings.All.FirstOrDefault(one => one.Name == name) is not { } setting)
        {
            string? nearest = NearestName.Find(name, ServerSettings.All.Select(one => one.Name));
            _faults.Add(new ConfigurationFault(Origin(key.Start), key.Value, "there is no setting of this name" + (nearest is null ? "" : $"; did you mean {nearest}?")));
        }
        else if (values is not null && !_sources.TryAdd(name, new SettingSource(setting, values, Origin(key.Start))))
        {
            _faults.Add(new ConfigurationFault(Origin(key.Start), key.Value, $"this key stands twice, first at {_sources[name].Origin}"));
        }
    }

    private List<string>? Values(string name)
    {
        if (_parser.TryConsume<Scalar>(out Scalar? only))
        {
            return [only.Value];
        }

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            List<string> values = [];
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                values.Add(_parser.Consume<Scalar>().Value);
            }

            return values;
        }

        _faults.Add(new ConfigurationFault(Origin(_parser.Current!.Start), name, "this must be a value or a list of values"));
        _parser.SkipThisAndNestedEvents();
        return null;
    }

    private ConfigurationOrigin Origin(Mark mark) => new(_name, (int)mark.Line, (int)mark.Column);
}
