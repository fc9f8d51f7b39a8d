using System.IO.Compression;
using System.Text;
using Sequor.Text.Training;

namespace Sequor.Text.Languages;

/// <summary>Which script each letter belongs to, and the n-grams of those that languages share; from <c>ngrams.gz</c>.</summary>
internal sealed class ScriptTable
{
    private const int ScriptCount = 256;

    /// <summary>Scripts that (nearly) one language of today is written in, each by one of its letters.</summary>
    private static readonly (char Letter, string Language)[] _single =
    [
        ('α', "el"), ('ա', "hy"), ('ა', "ka"), ('ก', "th"), ('ກ', "lo"), ('ក', "km"), ('က', "my"), ('অ', "bn"), ('અ', "gu"), ('ਅ', "pa"), ('அ', "ta"),
        ('అ', "te"), ('ಅ', "kn"), ('അ', "ml"), ('අ', "si"), ('ଅ', "or"), ('한', "ko"), ('ཀ', "bo"), ('ހ', "dv"), ('Ꭰ', "chr"), ('ᐃ', "iu"),
    ];

    private readonly sbyte[] _indices = new sbyte[ScriptCount];

    private readonly List<Script> _scripts = [];

    private ScriptTable()
    {
        Array.Fill(_indices, (sbyte)-1);
        foreach ((char letter, string language) in _single)
            Add(letter, new SingleLanguageScript(language));
        Add('一', new HanScript());
        _indices[UnicodeScripts.Hiragana] = _indices[UnicodeScripts.Han];
        _indices[UnicodeScripts.Katakana] = _indices[UnicodeScripts.Han];
    }

    /// <summary>All scripts.</summary>
    public IReadOnlyList<Script> Scripts => _scripts;

    /// <summary>Reads the tables that the library carries.</summary>
    public static ScriptTable Read()
    {
        using Stream packed = typeof(ScriptTable).Assembly.GetManifestResourceStream("Sequor.Text.Languages.ngrams.gz")!;
        using BinaryReader reader = new(new GZipStream(packed, CompressionMode.Decompress));
        ScriptTable table = new();
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--)
            table.Add((char)reader.ReadUInt32(), ReadShared(reader));
        return table;
    }

    /// <summary>The place of the script that a code point belongs to; below 0 for none.</summary>
    public int IndexOf(int codePoint) => _indices[UnicodeScripts.Of(codePoint)];

    /// <summary>The place of a script.</summary>
    public int IndexOf(Script script) => _scripts.IndexOf(script);

    private static SharedScript ReadShared(BinaryReader reader)
    {
        string[] languages = new string[reader.Read7BitEncodedInt()];
        for (int i = 0; i < languages.Length; i++)
            languages[i] = Encoding.ASCII.GetString(reader.ReadBytes(reader.Read7BitEncodedInt()));
        uint[] hashes = new uint[reader.Read7BitEncodedInt()];
        uint last = 0;
        for (int i = 0; i < hashes.Length; i++)
            hashes[i] = last += (uint)reader.Read7BitEncodedInt();
        return new SharedScript(languages, new NgramTable(hashes, languages.Length, reader.ReadBytes(languages.Length * ((hashes.Length + 1) / 2))));
    }

    private void Add(char letter, Script script)
    {
        _indices[UnicodeScripts.Of(letter)] = (sbyte)_scripts.Count;
        _scripts.Add(script);
    }
}
