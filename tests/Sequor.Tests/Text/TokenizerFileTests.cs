using Sequor.Text;

namespace Sequor.Tests.Text;

/// <summary>The door to tokenizer files, and the tokenizers without a model.</summary>
public sealed class TokenizerFileTests : IDisposable
{
    private static readonly string[] _corpus = ["the cat saw the dog", "the dog  ran", "naïve 犬 😀"];

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_word_tokenizer_survives_its_file()
    {
        WordTokenizer.Build(_corpus, maximumSize: 7).Save(_path);
        var tokenizer = Assert.IsType<WordTokenizer>(Tokenizer.Load(_path));
        Assert.Equal([4, 5, 0], tokenizer.Encode("the  dog barked"));
        Assert.Equal(["the", "dog", "barked"], tokenizer.Pieces(" the dog barked "));
        Assert.Equal("the dog <unk>", tokenizer.Decode([1, 4, 5, 0, 2, 3]));
    }

    [Fact]
    public void A_character_tokenizer_survives_its_file_and_cuts_code_points()
    {
        CharacterTokenizer.Build(_corpus, maximumSize: 100).Save(_path);
        var tokenizer = Assert.IsType<CharacterTokenizer>(Tokenizer.Load(_path));
        Assert.Equal(["犬", "😀", "\uFFFD"], tokenizer.Pieces("犬😀\uD800"));
        Assert.Equal("the 犬😀\uFFFD", tokenizer.Decode(tokenizer.Encode("the 犬😀Q")));
    }

    [Fact]
    public void A_byte_tokenizer_survives_its_file_and_knows_every_text()
    {
        new ByteTokenizer().Save(_path);
        var tokenizer = Assert.IsType<ByteTokenizer>(Tokenizer.Load(_path));
        Assert.Equal(260, tokenizer.Vocabulary.Size);
        Assert.Equal([0x41 + 4, 0xC3 + 4, 0xA9 + 4], tokenizer.Encode("Aé"));
        Assert.Equal(["<0x41>", "<0xC3>", "<0xA9>"], tokenizer.Pieces("Aé"));
        Assert.Equal("naïve 犬 😀\n", tokenizer.Decode([1, .. tokenizer.Encode("naïve 犬 😀\n"), 2, 3]));
    }

    [Fact]
    public void A_sentence_piece_model_survives_its_file()
    {
        GoldenModels.Load("char").Save(_path);
        Assert.Equal(GoldenModels.Bytes("char"), File.ReadAllBytes(_path));
        Assert.IsType<SentencePieceTokenizer>(Tokenizer.Load(_path));
    }

    [Fact]
    public void Tokenizers_with_one_segmentation_say_so() =>
        Assert.Contains("WordTokenizer", Assert.Throws<NotSupportedException>(
            () => WordTokenizer.Build(_corpus, 10).EncodeSampled("a", new SamplingOptions(), 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("just\nsome\nwords\n")]
    [InlineData("sequor-tokenizer pixel\na\n")]
    [InlineData("sequor-tokenizer byte\na\n")]
    [InlineData("sequor-tokenizer word\n")]
    public void Other_files_are_refused_with_their_name(string content)
    {
        File.WriteAllText(_path, content);
        Assert.Contains(_path, Assert.Throws<ModelFormatException>(() => Tokenizer.Load(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_cut_short_anywhere_is_refused_or_another_model_but_never_an_error_of_another_kind()
    {
        byte[] whole = GoldenModels.Bytes("char");
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(_path, whole[..length]);
            try
            {
                _ = Tokenizer.Load(_path).Encode("light and lamp");
            }
            catch (ModelFormatException fault)
            {
                Assert.Contains(_path, fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("bpe")]
    [InlineData("unigram-bare")]
    [InlineData("unigram")]
    public void A_model_with_a_wrong_byte_is_refused_or_another_model_but_never_an_error_of_another_kind(string name)
    {
        byte[] whole = GoldenModels.Bytes(name);
        var random = new Random(11);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                SentencePieceTokenizer tokenizer = SentencePieceTokenizer.Load(new MemoryStream(damaged), "damaged.model");
                Assert.All(GoldenModels.Input, line => tokenizer.Decode(tokenizer.Encode(line)));
            }
            catch (ModelFormatException fault)
            {
                Assert.Contains("damaged.model", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_damaged_normalisation_map_is_refused()
    {
        SentencePieceModel model = GoldenModels.Load("bpe").Model;
        Sequor.Text.Protobuf.ModelProto proto = model.Proto.Clone();
        proto.NormalizerSpec.PrecompiledCharsmap = Google.Protobuf.ByteString.CopyFrom([0xFF, 0xFF, 0, 0, 1]);
        Assert.Contains("normalisation map", Assert.Throws<ModelFormatException>(
            () => new SentencePieceTokenizer(new SentencePieceModel(proto, "x"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two unknown pieces", "2 unknown pieces")]
    [InlineData("a piece twice", "repeats")]
    [InlineData("an empty piece", "is empty")]
    [InlineData("no byte pieces", "256 byte pieces")]
    [InlineData("an infinite score", "no finite score")]
    public void A_model_that_contradicts_itself_is_refused(string damage, string fault)
    {
        Sequor.Text.Protobuf.ModelProto proto = GoldenModels.Load("char").Model.Proto.Clone();
        switch (damage)
        {
            case "two unknown pieces":
                proto.Pieces[5].Type = Sequor.Text.Protobuf.ModelProto.Types.SentencePiece.Types.Type.Unknown;
                break;
            case "a piece twice":
                proto.Pieces[7].Piece = proto.Pieces[8].Piece;
                break;
            case "an empty piece":
                proto.Pieces[7].Piece = "";
                break;
            case "no byte pieces":
                proto.TrainerSpec.ByteFallback = true;
                break;
            default:
                proto.Pieces[7].Score = float.PositiveInfinity;
                break;
        }

        string message = Assert.Throws<ModelFormatException>(() => new SentencePieceModel(proto, "small.model")).Message;
        Assert.Contains("small.model", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
    }
}
