using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>Joins pieces into text.</summary>
internal sealed class DetokenizeVerb : Verb
{
    private readonly TokenizerChoice _tokenizer = new();

    private readonly TextFiles _files = new();

    private readonly Option<bool> _ids = new("--ids") { Description = "The pieces are given as numbers." };

    /// <summary>Makes the verb.</summary>
    public DetokenizeVerb()
        : base("detokenize", "Join pieces into text again.", "sequor detokenize --model joint.model < out.pieces > out.de")
    {
        _tokenizer.AddTo(this);
        _files.AddTo(this);
        Options.Add(_ids);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        Tokenizer tokenizer = _tokenizer.Load(given);
        bool ids = given.GetValue(_ids);
        _files.TurnLines(given, terminal, (text, line, name) =>
        {
            string[] pieces = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return ids ? tokenizer.Decode(Ids(pieces, tokenizer.Vocabulary, line, name)) : Joined(tokenizer, pieces);
        });
        return ExitCode.Success;
    }

    private static int[] Ids(string[] numbers, Vocabulary vocabulary, long line, string name) => Array.ConvertAll(numbers, number =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id < vocabulary.Size
            ? id
            : throw new InputException(string.Create(CultureInfo.InvariantCulture,
                $"Line {line} of {name}: '{number}' is no piece's number; the vocabulary's are 0 to {vocabulary.Size - 1}.")));

    private static string Joined(Tokenizer tokenizer, string[] pieces) => tokenizer switch
    {
        SentencePieceTokenizer subwords => subwords.Detokenize(pieces),
        SubwordNmtTokenizer subwords => subwords.Detokenize(pieces),
        CharacterTokenizer => string.Concat(pieces.Select(piece => piece == TokenizeVerb.VisibleSpace ? " " : piece)),
        WordTokenizer => string.Join(' ', pieces),
        _ => tokenizer.Decode(Array.ConvertAll(pieces, tokenizer.Vocabulary.IdOf)),
    };
}
