using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sequor.Configuration;

/// <summary>Turns YAML text into nodes that remember their place. Nothing is thrown: what is wrong becomes a fault.</summary>
internal sealed class YamlTree
{
    /// <summary>Deeper nesting than this is a broken file, and would exhaust the stack before it made sense.</summary>
    private const int DeepestNesting = 64;

    private readonly Parser _parser;
    private readonly Func<Mark, ConfigurationOrigin> _originOf;
    private readonly FaultList _faults;
    private readonly Dictionary<string, ConfigurationNode> _anchors = [];

    private YamlTree(string text, Func<Mark, ConfigurationOrigin> originOf, FaultList faults)
    {
        _parser = new Parser(new StringReader(text));
        _originOf = originOf;
        _faults = faults;
    }

    /// <summary>Reads a whole file. Null when the text is no YAML or its root is no section; the fault says why.</summary>
    public static MappingNode? ReadFile(string text, string name, FaultList faults)
    {
        ConfigurationNode? root = Read(text, mark => new(name, (int)mark.Line, (int)mark.Column), faults);
        if (root is { IsNothing: true })
        {
            return new MappingNode(root.Origin);
        }
        if (root is not null and not MappingNode)
        {
            faults.Add(root.Origin, "", $"a configuration is a section of keys and values, and this file is {root.Description}");
        }
        return root as MappingNode;
    }

    /// <summary>Reads the value of an override, all of whose nodes have the override as their origin.</summary>
    public static ConfigurationNode? ReadValue(string text, ConfigurationOrigin origin, FaultList faults) =>
        Read(text, _ => origin, faults);

    private static ConfigurationNode? Read(string text, Func<Mark, ConfigurationOrigin> originOf, FaultList faults)
    {
        var tree = new YamlTree(text, originOf, faults);
        try
        {
            return tree.Document();
        }
        catch (YamlException fault)
        {
            faults.Add(originOf(fault.Start), "", "this is not YAML: " + fault.Message.TrimEnd('.'));
            return null;
        }
    }

    private ConfigurationNode Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return new ScalarNode(_originOf(Mark.Empty), "", quoted: false);
        }
        ConfigurationNode root = Node("", 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            _faults.Add(_originOf(second.Start), "", "a second YAML document begins here, and a configuration is one");
        }
        return root;
    }

    private ConfigurationNode Node(string path, int depth)
    {
        if (_parser.Current is { } start && depth > DeepestNesting)
        {
            throw new SemanticErrorException(start.Start, start.End, $"sections and lists are nested more than {DeepestNesting} deep");
        }
        if (_parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            return _anchors.TryGetValue(alias.Value.Value, out ConfigurationNode? named)
                ? named
                : throw new SemanticErrorException(alias.Start, alias.End, $"no value before this one is named &{alias.Value.Value}");
        }
        NodeEvent node = (NodeEvent)_parser.Current!;
        ConfigurationNode read = node switch
        {
            Scalar => Value(_parser.Consume<Scalar>()),
            SequenceStart => List(path, depth),
            _ => Mapping(path, depth),
        };
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = read;
        }
        return read;
    }

    private ScalarNode Value(Scalar scalar) => new(_originOf(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain);

    private ListNode List(string path, int depth)
    {
        SequenceStart start = _parser.Consume<SequenceStart>();
        List<ConfigurationNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node($"{path}.{items.Count}", depth + 1));
        }
        return new ListNode(_originOf(start.Start), items);
    }

    private MappingNode Mapping(string path, int depth)
    {
        MappingStart start = _parser.Consume<MappingStart>();
        var mapping = new MappingNode(_originOf(start.Start));
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out Scalar? key))
            {
                Mark place = _parser.Current!.Start;
                throw new SemanticErrorException(place, place, "a key must be a plain name");
            }
            string name = MappingEntry.Normal(key.Value);
            string keyPath = path.Length == 0 ? name : $"{path}.{name}";
            Add(mapping, new MappingEntry(name, key.Value, _originOf(key.Start), Node(keyPath, depth + 1), 0), keyPath);
        }
        return mapping;
    }

    private void Add(MappingNode mapping, MappingEntry entry, string path)
    {
        if (mapping.Find(entry.Key) is { } first)
        {
            _faults.Add(entry.KeyOrigin, path, $"this key stands twice in its section, first at {first.KeyOrigin}");
            return;
        }
        mapping.Entries.Add(entry);
    }
}
