using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sequor.Configuration;

namespace Sequor.Tests.Configuration;

public sealed class ConfigurationRoundTripTests
{
    [Fact]
    public void The_defaults_come_back_as_they_were_written() =>
        Assert.Equal(new SequorConfiguration(), SequorConfiguration.Parse(new SequorConfiguration().ToYaml()));

    [Fact]
    public void Every_setting_comes_back_when_none_is_a_default()
    {
        SequorConfiguration written = Everything();

        Assert.Equal(written, SequorConfiguration.Parse(written.ToYaml()));
        Assert.Equal(written.ToYaml(), SequorConfiguration.Parse(written.ToYaml()).ToYaml());
    }

    [Fact]
    public void What_is_written_does_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string plain = Everything().ToYaml();
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal(plain, Everything().ToYaml());
            Assert.Equal(Everything(), SequorConfiguration.Parse(plain));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(1e-9, "1.0E-09")]
    [InlineData(0.1, "0.1")]
    [InlineData(1.5e300, "1.5E+300")]
    public void Numbers_are_written_so_that_YAML_1_1_reads_numbers_too(double number, string expected) =>
        Assert.Contains($"repetition_penalty: {expected}\n",
            new SequorConfiguration { Decoding = new() { RepetitionPenalty = number } }.ToYaml(), StringComparison.Ordinal);

    [Fact]
    public void Any_text_comes_back_as_it_was_written() => Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
    {
        string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
        var written = new SequorConfiguration
        {
            Name = valid,
            Data = new() { SourceLanguage = valid },
            Vocabulary = new() { UserDefinedSymbols = [valid, "x"] },
        };
        Assert.Equal(written, SequorConfiguration.Parse(written.ToYaml()));
    }));

    [Theory]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("yes")]
    [InlineData("1e5")]
    [InlineData(" a ")]
    [InlineData("a: b")]
    [InlineData("# c")]
    [InlineData("tab\tnew\nline\r\"\\")]
    [InlineData("\u0000\u0085\u2028\uFEFF\uFFFE")]
    [InlineData("Straße 😀 你好")]
    [InlineData("...")]
    [InlineData("---")]
    public void Text_that_could_be_mistaken_comes_back_too(string text)
    {
        var written = new SequorConfiguration { Name = text, Training = new() { Freeze = [text] } };

        Assert.Equal(written, SequorConfiguration.Parse(written.ToYaml()));
    }

    [Fact]
    public void Any_number_in_bounds_comes_back_with_the_same_bits() =>
        Check.QuickThrowOnFailure(Prop.ForAll<double, long, int>((real, wide, small) =>
        {
            double positive = double.IsFinite(real) && real != 0 ? Math.Abs(real) : 0.3;
            var written = new SequorConfiguration
            {
                Seed = wide & long.MaxValue,
                Training = new() { LearningRate = positive, MaxMinutes = positive, MaxUpdates = 1 + (wide & 0xFFFFFFFFFFFF) },
                Decoding = new() { Temperature = positive, TopK = small & 0xFFFFFF },
            };
            Assert.Equal(written, SequorConfiguration.Parse(written.ToYaml()));
        }));

    private static SequorConfiguration Everything() => new()
    {
        Name = "everything",
        Seed = 9,
        Data = new()
        {
            Train =
            [
                new() { Source = "a b.en", Target = "a b.de", Weight = 0.25 },
                new() { Tsv = "c.tsv.gz", SourceColumn = "3", TargetColumn = "1" },
                new() { JsonLines = "d.jsonl", SourceColumn = "en", TargetColumn = "de" },
            ],
            Dev = new() { Source = "dev.en", Target = "dev.de" },
            Test = new() { Tsv = "test.tsv" },
            SourceLanguage = "no",
            TargetLanguage = "de",
            Lowercase = true,
            Nfc = true,
            SourcePrefix = ">>de<< ",
            Filters = new() { MaxLength = 60, MinLength = 2, MaxRatio = 2.5, DropDuplicates = true, DropIdentical = true, SourceScript = "Latin", TargetScript = "Han" },
            SubwordDropout = 0.1,
            Streaming = StreamingChoice.Always,
        },
        Vocabulary = new()
        {
            Kind = VocabularyChoice.Character,
            Size = 500,
            Joint = false,
            Model = ["s.model", "t.model"],
            CharacterCoverage = 0.98,
            ByteFallback = true,
            Normalization = NormalizationChoice.NfkcCaseFold,
            UserDefinedSymbols = ["<2de>", "null"],
        },
        Model = ModelConfiguration.For(PresetChoice.TransformerBase) with
        {
            EncoderLayers = 12,
            DecoderLayers = 1,
            Width = 96,
            FeedForwardWidth = 97,
            Heads = 3,
            Dropout = 0.3,
            AttentionDropout = 0.2,
            ActivationDropout = 0.05,
            NormPosition = NormPositionChoice.Post,
            Norm = NormChoice.Rms,
            Positions = PositionsChoice.Learned,
            Activation = ActivationChoice.Silu,
            Gated = true,
            TieEmbeddings = TieChoice.Decoder,
            MaxPositions = 77,
            Initializer = InitializerChoice.Normal,
        },
        Training = EveryTraining(),
        Decoding = new()
        {
            Search = SearchChoice.Sample,
            Beam = 2,
            NBest = 3,
            LengthNormalization = LengthNormalizationChoice.Gnmt,
            LengthPenalty = -0.6,
            CoveragePenalty = 0.2,
            MinLength = 1,
            MaxLength = null,
            MinLengthRatio = 0.1,
            MaxLengthRatio = 3.5,
            MaxLengthExtra = 5,
            Temperature = 0.7,
            TopK = 40,
            TopP = 0.95,
            Seed = 4,
            NoRepeatNgram = 3,
            RepetitionPenalty = 1.2,
            ReplaceUnknown = true,
            BatchTokens = 1000,
        },
    };

    private static TrainingConfiguration EveryTraining() => new()
    {
        Optimizer = new() { Name = OptimizerChoice.AdamW, Beta1 = 0.8, Beta2 = 0.999, Epsilon = 1e-8, WeightDecay = 0.01, Momentum = 0.5 },
        LearningRate = 0.1,
        Schedule = ScheduleChoice.Plateau,
        WarmupUpdates = 3,
        WarmupFrom = 1e-7,
        DecayUpdates = 1000,
        DecayFactor = 0.7,
        DecayInterval = 123,
        DecayPatience = 2,
        MinimumLearningRate = 1e-6,
        LabelSmoothing = 0.2,
        ClipNorm = 5,
        BatchTokens = 8192,
        BatchSentences = 64,
        CountPadding = true,
        Accumulate = 4,
        MaxUpdates = null,
        MaxEpochs = 7,
        MaxMinutes = 30.5,
        ValidateEvery = 10,
        CheckpointEvery = 20,
        KeepCheckpoints = 8,
        AverageLast = 4,
        EarlyStopping = new() { Metric = MetricChoice.Chrf, Patience = 6 },
        EmaDecay = 0.999,
        ParameterGroups = [new() { Match = "encoder.*", LearningRateFactor = 0.1, WeightDecay = 0.02 }, new() { Match = "*" }],
        Freeze = ["decoder.embedding*"],
        LogEvery = 5,
        Threads = 2,
        Seed = 11,
    };
}
