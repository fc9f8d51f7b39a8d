using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Tensors.Kernels;

namespace Sequor.Tests.Serving;

/// <summary>Whatever is decoded beside a text, and however each of them is searched, its output is in bits what it is alone.</summary>
public sealed class AnyCompanyTests : IDisposable
{
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("sequor-serving-").FullName, "model");

    public static TheoryData<string, string, int, int> Companies => new()
    {
        { ServedModels.Transformer, "float32", 64, 1 },
        { ServedModels.Transformer, "float32", 3, 2 },
        { ServedModels.Transformer, "int8", 64, 1 },
        { ServedModels.Bahdanau, "float32", 64, 1 },
        { ServedModels.Bahdanau, "int8", 5, 2 },
        { ServedModels.Sutskever, "float32", 7, 1 },
    };

    [Theory, MemberData(nameof(Companies))]
    public async Task Every_output_is_that_of_the_text_alone(string model, string type, int sentences, int workers)
    {
        ServedModels.Write(_directory, model);
        Assert.True(WeightTypes.TryParse(type, out WeightType held));
        using Translator translator = Translator.Load(_directory, computeType: held);
        GenerationJob[] jobs = [.. Enumerable.Range(0, 60).Select(Job)];
        string[] alone = [.. jobs.Select(job => ServedModels.Told(translator.Generate(
            [job.Text], job.Search, [job.Request], job.Number, TestContext.Current.CancellationToken)[0]))];
        Assert.True(alone.Distinct().Count() > 50);
        Assert.Contains(alone, text => text.Contains("EndOfSentence", StringComparison.Ordinal));

        using var together = BatchingTranslator.Load(
            _directory, new BatchingOptions { BatchSentences = sentences, Workers = workers, MaximumWait = TimeSpan.FromMilliseconds(1) }, computeType: held);
        string[] told = new string[jobs.Length];
        await Task.WhenAll(jobs.Select(async (job, i) =>
        {
            if (i % 4 == 3)
            {
                // Some come while others are half written.
                await Task.Delay(i / 4, TestContext.Current.CancellationToken);
            }

            told[i] = ServedModels.Told(await together.GenerateAsync(job, TestContext.Current.CancellationToken));
        }));

        Assert.Equal(alone, told);
    }

    [Theory]
    [InlineData(ServedModels.Transformer)]
    [InlineData(ServedModels.Bahdanau)]
    public async Task Parts_laid_end_to_end_are_the_output_in_any_company(string model)
    {
        ServedModels.Write(_directory, model);
        using Translator translator = Translator.Load(_directory);
        using var together = BatchingTranslator.Load(_directory);
        SearchOptions[] searches = [new GreedySearchOptions(), new BeamSearchOptions { BeamSize = 4 }, new SamplingSearchOptions { Seed = 3 }];
        int parts = 0;
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            List<string> told = [];
            var job = new GenerationJob(ServedModels.Text(i)) { Search = searches[i % 3], Number = i, Part = told.Add };

            GeneratedText output = await together.GenerateAsync(job, TestContext.Current.CancellationToken);

            Assert.Equal(output.Text, string.Concat(told));
            Assert.DoesNotContain("", told);
            Assert.Equal(ServedModels.Told(translator.Generate([job.Text], job.Search, firstNumber: i, cancellation: TestContext.Current.CancellationToken)[0]), ServedModels.Told(output));
            Interlocked.Add(ref parts, told.Count);
        }));

        Assert.True(parts > 30, $"{parts} parts of 24 outputs: nothing was told early");
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);

    private static GenerationJob Job(int number) => new(ServedModels.Text(number))
    {
        Number = number,
        Client = $"client {number % 3}",
        Search = Search(number),
        Request = (number % 12) switch
        {
            1 => new DecodingRequest { Constraints = [new RequiredPhrase("b c"), new BannedPhrases("a")] },
            5 => new DecodingRequest { Prefix = "d e f" },
            7 => new DecodingRequest { Constraints = [new BannedPhrases("a", "q", "c d")] },
            _ => DecodingRequest.None,
        },
    };

    private static SearchOptions? Search(int number) => (number % 12) switch
    {
        0 => new GreedySearchOptions(),
        1 => new BeamSearchOptions { BeamSize = 4 },
        2 => new BeamSearchOptions { BeamSize = 5, NBest = 3, LengthPenalty = 0.6f },
        3 => new SamplingSearchOptions { NBest = 3, TopP = 0.9f, Seed = (ulong)number },
        4 => new GreedySearchOptions { RecordAttention = true },
        5 => new BeamSearchOptions { BeamSize = 2, RecordAttention = true, CoveragePenalty = 0.2f },
        6 => new BeamSearchOptions { BeamSize = 3, RepetitionPenalty = 1.3f, NoRepeatNgram = 2 },
        7 => new GreedySearchOptions { Length = new LengthLimits { Minimum = 4 } },
        8 => new BeamSearchOptions { BeamSize = 4, Groups = 2, NBest = 2 },
        9 => new MinimumBayesRiskOptions { Samples = 5, NBest = 2 },
        10 => new GreedySearchOptions { RepetitionPenalty = 1.5f, BannedIds = [5, 6, 7], Length = new LengthLimits { Maximum = 3 } },
        _ => null,
    };
}
