using System.CommandLine;
using System.Globalization;
using Sequor.Cli.Faults;
using Sequor.Text;

namespace Sequor.Cli.Verbs;

/// <summary>Cuts text into pieces.</summary>
internal sealed class TokenizeVerb : Verb
{
    /// <summary>How a space is written where it is a piece of its own, as SentencePiece writes it.</summary>
    internal const string VisibleSpace = "▁";

    // An odd number without pattern: neighbouring seeds share no draws.
    private const ulong SeedStride = 0xD1342543DE82EF95;

    private readonly TokenizerChoice _tokenizer = new();

    private readonly TextFiles _files = new();

    private readonly Option<bool> _ids = new("--ids") { Description = "Write the pieces' numbers instead of their text." };

    private readonly Option<bool> _sample = new("--sample") { Description = "Draw one of the ways to cut a line by chance (BPE-dropout, unigram sampling)." };

    private readonly Option<float> _alpha = new("--alpha", "--dropout")
    {
        HelpName = "X",
        Description = "With --sample: BPE, the share of merges left out; unigram, the exponent on probabilities. Default: 0.1.",
        DefaultValueFactory = _ => 0.1f,
    };

    private readonly Option<int> _candidates = new("--nbest-size", "--nbest_size")
    {
        HelpName = "N",
        Description = "With --sample, unigram: draw from the N best ways only; -1 for all. Default: -1.",
        DefaultValueFactory = _ => -1,
    };

    private readonly Option<ulong> _seed = new("--seed") { HelpName = "N", Description = "With --sample: the seed. Default: 1.", DefaultValueFactory = _ => 1 };

    /// <summary>Makes the verb.</summary>
    public TokenizeVerb()
        : base("tokenize", "Cut text into the pieces of a vocabulary, parted by spaces.", "sequor tokenize --model joint.model < test.en > test.pieces")
    {
        _tokenizer.AddTo(this);
        _files.AddTo(this);
        foreach (Option option in (Option[])[_ids, _sample, _alpha, _candidates, _seed])
            Options.Add(option);
    }

    /// <inheritdoc/>
    public override int Run(ParseResult given, Terminal terminal, CancellationToken stop)
    {
        SamplingOptions sampling = new() { Alpha = given.GetValue(_alpha), CandidateCount = given.GetValue(_candidates) };
        UsageException.ThrowIfAny(sampling.Validate());
        Tokenizer tokenizer = _tokenizer.Load(given);
        bool ids = given.GetValue(_ids);
        ulong seed = given.GetValue(_seed) * SeedStride;
        _files.TurnLines(given, terminal, given.GetValue(_sample)
            ? (text, line, _) => Written(tokenizer, Sampled(tokenizer, text, sampling, unchecked(seed + (ulong)line)), ids)
            : (text, _, _) => ids ? Written(tokenizer, tokenizer.Encode(text), ids) : Joined(tokenizer, tokenizer.Pieces(text)));
        return ExitCode.Success;
    }

    private static int[] Sampled(Tokenizer tokenizer, string text, SamplingOptions options, ulong key) =>
        UsageException.Guard(() => tokenizer.EncodeSampled(text, options, key));

    private static string Written(Tokenizer tokenizer, int[] numbers, bool ids) => ids
        ? string.Join(' ', numbers.Select(id => id.ToString(CultureInfo.InvariantCulture)))
        : Joined(tokenizer, numbers.Select(id => tokenizer.Vocabulary[id]));

    private static string Joined(Tokenizer tokenizer, IEnumerable<string> pieces) =>
        string.Join(' ', tokenizer is CharacterTokenizer ? pieces.Select(piece => piece == " " ? VisibleSpace : piece) : pieces);
}
