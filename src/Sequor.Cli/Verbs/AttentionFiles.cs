using System.CommandLine;
using System.Globalization;
using System.Text;
using Sequor.Decoding;
using Sequor.Training.Reports;

namespace Sequor.Cli.Verbs;

/// <summary>The option that draws what each output looked at, a picture for each line.</summary>
internal sealed class AttentionFiles
{
    private readonly Option<string?> _directory = new("--attention-svg")
    {
        HelpName = "DIR",
        Description = "Draw what each output looked at: one SVG for each line, named after it, 000001.svg.",
    };

    /// <summary>Gives the option to a verb.</summary>
    /// <param name="verb">The verb.</param>
    public void AddTo(Command verb) => verb.Options.Add(_directory);

    /// <summary>Whether pictures are asked for.</summary>
    /// <param name="given">The arguments.</param>
    public bool AreAskedFor(ParseResult given) => given.GetValue(_directory) is not null;

    /// <summary>Draws one output; an empty one has no picture.</summary>
    /// <param name="given">The arguments.</param>
    /// <param name="output">The output.</param>
    /// <param name="index">Its line, from 0.</param>
    public void Draw(ParseResult given, GeneratedText output, long index)
    {
        if (given.GetValue(_directory) is not { } directory || output.Pieces.Count == 0 || AttentionMap.Of(output) is not { } map)
            return;
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{index + 1:D6}.svg"));
        using StreamWriter writer = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        map.WriteSvg(writer);
    }
}
