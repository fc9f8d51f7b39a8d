using Sequor.Text;
using Sequor.Text.Protobuf;

namespace Sequor.Tests.Text;

/// <summary>Agreement with SentencePiece on checked-in models, sentences of many scripts and odd lines.</summary>
public class SentencePieceGoldenTests
{
    public static TheoryData<string> Models => [.. GoldenModels.Names];

    [Theory, MemberData(nameof(Models))]
    public void Pieces_are_those_of_spm_encode(string name)
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load(name);
        Assert.Equal(GoldenModels.Lines(name + ".pieces"), GoldenModels.Input.Select(line => string.Join(' ', tokenizer.Pieces(line))));
    }

    [Theory, MemberData(nameof(Models))]
    public void Ids_are_those_of_spm_encode(string name)
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load(name);
        Assert.Equal(GoldenModels.Lines(name + ".ids"), GoldenModels.Input.Select(line => string.Join(' ', tokenizer.Encode(line))));
    }

    [Theory, MemberData(nameof(Models))]
    public void Text_of_ids_is_that_of_spm_decode(string name)
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load(name);
        Assert.Equal(GoldenModels.Lines(name + ".decoded"), Ids(name).Select(ids => tokenizer.Decode(ids)));
    }

    [Theory, MemberData(nameof(Models))]
    public void Text_of_ids_in_another_order_is_that_of_spm_decode(string name)
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load(name);
        Assert.Equal(GoldenModels.Lines(name + ".turned"), Ids(name).Select(ids => tokenizer.Decode([.. ids[(ids.Length / 2)..], .. ids[..(ids.Length / 2)]])));
    }

    [Theory, MemberData(nameof(Models))]
    public void A_model_file_survives_reading_and_writing_byte_for_byte(string name)
    {
        using var written = new MemoryStream();
        GoldenModels.Load(name).Model.Save(written);
        Assert.Equal(GoldenModels.Bytes(name), written.ToArray());
    }

    [Fact]
    public void The_eight_best_segmentations_are_those_of_spm_encode()
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load("unigram");
        IEnumerable<string> best = GoldenModels.Input.Take(12)
            .SelectMany(line => tokenizer.Candidates(line, 8))
            .Select(candidate => string.Join(' ', candidate.Pieces));
        Assert.Equal(GoldenModels.Lines("unigram.best8"), best);
    }

    [Theory]
    [InlineData("bpe")]
    [InlineData("unigram")]
    public void Unused_pieces_are_cut_as_spm_encode_cuts_them(string name)
    {
        ModelProto proto = GoldenModels.Load(name).Model.Proto.Clone();
        HashSet<string> allowed = [.. GoldenModels.Lines("bpe.allowed")];
        foreach (ModelProto.Types.SentencePiece piece in proto.Pieces)
        {
            // spm_encode --vocabulary lets single characters through whatever the list says, and bytes are no exception to it.
            bool isFixed = piece.Type is ModelProto.Types.SentencePiece.Types.Type.Control or
                ModelProto.Types.SentencePiece.Types.Type.Unknown or ModelProto.Types.SentencePiece.Types.Type.UserDefined;
            if (!isFixed && piece.Type != ModelProto.Types.SentencePiece.Types.Type.Byte)
            {
                piece.Type = allowed.Contains(piece.Piece) || piece.Piece.EnumerateRunes().Count() == 1
                    ? ModelProto.Types.SentencePiece.Types.Type.Normal
                    : ModelProto.Types.SentencePiece.Types.Type.Unused;
            }
        }

        var tokenizer = new SentencePieceTokenizer(new SentencePieceModel(proto, name));
        Assert.Equal(
            GoldenModels.Lines(name + ".allowed.pieces"),
            GoldenModels.Input.Select(line => string.Join(' ', tokenizer.Pieces(line))));
    }

    [Fact]
    public void Bytes_that_are_no_character_decode_to_a_replacement_each()
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load("bpe-symbols");
        int[] ids = [.. new[] { "<0xE4>", "<0xBA>", "<0x41>", "<0xFF>", "<0xE4>", "<0xBA>", "<0xBA>" }.Select(tokenizer.Vocabulary.IdOf)];
        Assert.Equal("\uFFFD\uFFFDA\uFFFD人", tokenizer.Decode(ids));
    }

    [Fact]
    public void Pieces_that_the_model_does_not_hold_stand_for_themselves()
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load("unigram-bare");
        Assert.Equal("The ?ﷺ", tokenizer.Detokenize(["The", "\u2581", "<unk>", "ﷺ", "</s>"]));
    }

    [Theory, MemberData(nameof(Models))]
    public void A_lone_surrogate_counts_as_a_replacement_character(string name)
    {
        SentencePieceTokenizer tokenizer = GoldenModels.Load(name);
        Assert.Equal(tokenizer.Pieces("lamp\uFFFD\uFFFDlight\uFFFD"), tokenizer.Pieces("lamp\uDC00\uD800light\uD83D"));
    }

    [Fact]
    public void Text_that_reads_like_a_mark_is_text()
    {
        ModelProto proto = GoldenModels.Load("word").Model.Proto.Clone();
        proto.NormalizerSpec.AddDummyPrefix = false;
        var tokenizer = new SentencePieceTokenizer(new SentencePieceModel(proto, "word"));
        Assert.Equal([tokenizer.Vocabulary.UnknownId], tokenizer.Encode("</s>"));
    }

    [Fact]
    public void Special_ids_are_those_the_model_names()
    {
        Vocabulary padded = GoldenModels.Load("bpe-symbols").Vocabulary;
        Assert.Equal((0, 1, 2, 3), (padded.UnknownId, padded.BeginId, padded.EndId, padded.PadId));
        Assert.Equal(-1, GoldenModels.Load("bpe").Vocabulary.PadId);
    }

    private static IEnumerable<int[]> Ids(string name) => GoldenModels.Lines(name + ".ids").Select(
        line => Array.ConvertAll(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), int.Parse));
}
