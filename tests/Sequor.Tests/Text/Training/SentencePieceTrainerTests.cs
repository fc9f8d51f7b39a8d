using System.Diagnostics;
using System.Text;
using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

public sealed class SentencePieceTrainerTests
{
    private static readonly string[] Unseen =
    [
        "The baker's bees testify: 1987 windows, 4b or not 4b?",
        "Ｆｕｌｌ　ｗｉｄｔｈ, ﬁnal ligatures and e\u0301 combining marks.",
        "  spaces   everywhere\tand a tab ",
        "Ξένος 😀 unknown ▁ mark, 日本語のテスト、колокол.",
        "<s> the child </s> <2de> <unk> in colour 10:45",
        "",
    ];

    public static TheoryData<SubwordTrainingOptions> Settings => new(All);

    private static SubwordTrainingOptions[] All =>
    [
        new() { VocabularySize = 400 },
        new() { VocabularySize = 400, NormalizationRule = "nmt_nfkc_cf", SplitDigits = true },
        new() { VocabularySize = 400, NormalizationRule = "identity", SplitByWhitespace = false },
        new() { VocabularySize = 700, ByteFallback = true, PadId = 3, UserDefinedSymbols = ["the", "10:"], ControlSymbols = ["<2de>"] },
        new() { VocabularySize = 300, Algorithm = SubwordAlgorithm.Unigram },
        new() { VocabularySize = 600, Algorithm = SubwordAlgorithm.Unigram, ByteFallback = true, UserDefinedSymbols = ["child"] },
        new() { VocabularySize = 100, Algorithm = SubwordAlgorithm.Word, NormalizationRule = "nfkc" },
        new() { VocabularySize = 200, Algorithm = SubwordAlgorithm.Character, NormalizationRule = "nfkc_cf" },
    ];

    [Fact]
    public void Normalised_and_folded_text_gives_the_pieces_of_spm_train()
    {
        SubwordTrainingOptions options = new() { VocabularySize = 400, NormalizationRule = "nmt_nfkc_cf" };
        SentencePieceModel model = TrainingText.Model(options);

        Assert.Equal(TrainingText.Read("bpe-nfkc-folded.vocab"), TrainingText.VocabularyLines(model.Pieces));
    }

    [Theory, MemberData(nameof(Settings))]
    public void A_saved_model_is_the_trained_one(SubwordTrainingOptions options)
    {
        SentencePieceModel model = TrainingText.Model(options);
        using MemoryStream file = new();
        model.Save(file);
        file.Position = 0;
        SentencePieceModel loaded = SentencePieceModel.Load(file, "test");

        Assert.Equal(model.Pieces, loaded.Pieces);
        Assert.Equal(options.Algorithm, loaded.Algorithm);
        Assert.Equal(options.ByteFallback, loaded.ByteFallback);
        Assert.Equal(options.NormalizationRule, loaded.NormalizationName);
        int size = options.Algorithm == SubwordAlgorithm.Character ? loaded.Pieces.Count : options.VocabularySize;
        Assert.Equal(size, loaded.Pieces.Count);
    }

    [Theory, MemberData(nameof(Settings))]
    public void The_same_text_gives_the_same_bytes(SubwordTrainingOptions options) =>
        Assert.Equal(Bytes(options), Bytes(options));

    [Theory]
    [InlineData(SubwordAlgorithm.Bpe)]
    [InlineData(SubwordAlgorithm.Unigram)]
    public void Covered_text_survives_encoding_and_decoding(SubwordAlgorithm algorithm)
    {
        SubwordTrainingOptions options = new() { VocabularySize = 350, Algorithm = algorithm, CharacterCoverage = 1f, NormalizationRule = "identity" };
        SentencePieceTokenizer tokenizer = new(TrainingText.Model(options));

        foreach (string line in TrainingText.Lines)
        {
            int[] ids = tokenizer.Encode(line);
            Assert.DoesNotContain(options.UnknownId, ids);
            Assert.Equal(line, tokenizer.Decode(ids));
        }
    }

    [Theory, MemberData(nameof(Settings))]
    public void Our_models_cut_text_in_spm_encode_as_they_do_here(SubwordTrainingOptions options)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/spm_encode"), "Needs spm_encode (Debian package sentencepiece).");
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".model");
        try
        {
            SentencePieceModel model = TrainingText.Model(options);
            model.Save(path);
            SentencePieceTokenizer tokenizer = new(model);
            string[] lines = [.. TrainingText.Lines, .. Unseen];

            Assert.Equal(SpmEncode(path, lines), lines.Select(line => string.Join(' ', tokenizer.Pieces(line))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_fault_of_the_options_is_named_at_once()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(
            () => TrainingText.Model(new() { MaxPieceLength = 0, SubIterations = 11 }));

        Assert.StartsWith(
            "Training a subword vocabulary: MaxPieceLength is 0; it must lie between 1 and 512. SubIterations is 11; it must lie between 1 and 10.",
            fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_can_be_stopped()
    {
        using CancellationTokenSource stop = new();
        IEnumerable<string> lines = TrainingText.Lines.Select((line, index) =>
        {
            if (index == 5)
                stop.Cancel();
            return line;
        });

        Assert.Throws<OperationCanceledException>(() => SentencePieceTrainer.Train(lines, new() { VocabularySize = 400 }, stop.Token));
    }

    private static byte[] Bytes(SubwordTrainingOptions options)
    {
        using MemoryStream file = new();
        TrainingText.Model(options).Save(file);
        return file.ToArray();
    }

    private static string[] SpmEncode(string model, string[] lines)
    {
        ProcessStartInfo start = new("/usr/bin/spm_encode", [$"--model={model}", "--output_format=piece"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(string.Join('\n', lines) + "\n");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output[..^1].Split('\n');
    }
}
