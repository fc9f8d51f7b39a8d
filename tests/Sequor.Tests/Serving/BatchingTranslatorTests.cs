using Sequor.Decoding;
using Sequor.Decoding.Constraints;

namespace Sequor.Tests.Serving;

/// <summary>Many callers: who joins, who leaves, and what becomes of faults.</summary>
public sealed class BatchingTranslatorTests : IDisposable
{
    private static readonly SearchOptions _endless = new GreedySearchOptions
    {
        Length = new LengthLimits { Minimum = 900, Maximum = 900, MaximumExtra = 900 },
    };

    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("sequor-serving-").FullName, "model");

    public BatchingTranslatorTests() => ServedModels.Write(_directory, ServedModels.Transformer);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_that_comes_later_ends_before_a_long_one_that_is_being_written()
    {
        using var translator = BatchingTranslator.Load(_directory);
        var begun = new TaskCompletionSource();
        Task<GeneratedText> longOne = translator.GenerateAsync(new GenerationJob("a b c") { Search = _endless, Part = _ => begun.TrySetResult() }, Stop);
        await begun.Task;

        Task first = await Task.WhenAny(longOne, translator.GenerateAsync(new GenerationJob("c b"), Stop));

        Assert.NotSame(longOne, first);
        await longOne;
    }

    [Fact]
    public async Task A_cancelled_text_leaves_at_the_next_step_and_makes_room()
    {
        using var translator = BatchingTranslator.Load(_directory, new BatchingOptions { BatchSentences = 1 });
        using var cancel = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        int parts = 0;
        Task<GeneratedText> endless = translator.GenerateAsync(
            new GenerationJob("a b c")
            {
                Search = _endless,
                Part = _ =>
                {
                    // Told on the decoding thread: no step may follow.
                    if (++parts == 3)
                    {
                        cancel.Cancel();
                        begun.TrySetResult();
                    }
                },
            },
            cancel.Token);
        Task<GeneratedText> next = translator.GenerateAsync(new GenerationJob("c b"), Stop);
        await begun.Task;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Equal(3, parts);
        Assert.NotEqual("", (await next).Text);
    }

    [Fact]
    public async Task A_text_that_waits_can_be_cancelled_and_waits_no_more()
    {
        using var translator = BatchingTranslator.Load(_directory, new BatchingOptions { BatchSentences = 1 });
        using var cancel = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        Task<GeneratedText> endless = translator.GenerateAsync(new GenerationJob("a") { Search = _endless, Part = _ => begun.TrySetResult() }, Stop);
        await begun.Task;
        Task<GeneratedText> waiting = translator.GenerateAsync(new GenerationJob("b"), cancel.Token);
        Assert.Equal(1, translator.QueueLength);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, translator.QueueLength);
        Assert.False(endless.IsCompleted);
        await endless;
    }

    [Fact]
    public async Task A_flood_of_one_client_does_not_keep_another_waiting()
    {
        using var translator = BatchingTranslator.Load(_directory, new BatchingOptions { BatchSentences = 2 });
        List<string> order = [];
        async Task Ask(string client, string text)
        {
            await translator.GenerateAsync(new GenerationJob(text) { Client = client }, Stop);
            lock (order)
            {
                order.Add(client);
            }
        }

        Task[] flood = [.. Enumerable.Range(0, 200).Select(i => Ask("flood", ServedModels.Text(i)))];
        Task[] others = [Ask("other", "a b"), Ask("third", "b c"), Ask("other", "c d")];
        await Task.WhenAll(others);
        int served = order.Count;
        await Task.WhenAll(flood);

        Assert.True(served < 100, $"{served} texts were served before three of other clients");
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_at_once()
    {
        using var translator = BatchingTranslator.Load(_directory, new BatchingOptions { BatchSentences = 1, QueueLimit = 2 });
        var begun = new TaskCompletionSource();
        Task<GeneratedText> endless = translator.GenerateAsync(new GenerationJob("a") { Search = _endless, Part = _ => begun.TrySetResult() }, Stop);
        await begun.Task;
        Task[] waiting = [translator.GenerateAsync(new GenerationJob("b"), Stop), translator.GenerateAsync(new GenerationJob("c"), Stop)];

        QueueFullException fault = await Assert.ThrowsAsync<QueueFullException>(() => translator.GenerateAsync(new GenerationJob("d"), Stop));

        Assert.Contains("no more than 2 may wait", fault.Message, StringComparison.Ordinal);
        await Task.WhenAll([endless, .. waiting]);
    }

    [Fact]
    public async Task A_fault_is_the_translators_and_fails_its_text_alone()
    {
        using var translator = BatchingTranslator.Load(_directory);
        using Translator alone = Translator.Load(_directory);
        GenerationJob[] wrong =
        [
            new("a b") { Search = new BeamSearchOptions { BeamSize = 0 } },
            new("a b") { Search = new GreedySearchOptions { BannedIds = [4711] } },
            new("a b") { Search = new GreedySearchOptions(), Request = new DecodingRequest { Constraints = [new RequiredPhrase("b c")] } },
            new("") { Search = new GreedySearchOptions { NBest = 2 } },
        ];
        Task<GeneratedText>[] right = [.. Enumerable.Range(0, 8).Select(i => translator.GenerateAsync(new GenerationJob(ServedModels.Text(i)), Stop))];

        foreach (GenerationJob job in wrong)
        {
            ArgumentException expected = Assert.ThrowsAny<ArgumentException>(() => alone.Generate([job.Text], job.Search, [job.Request], cancellation: Stop));
            ArgumentException fault = await Assert.ThrowsAnyAsync<ArgumentException>(() => translator.GenerateAsync(job, Stop));
            Assert.Equal(expected.Message, fault.Message);
        }

        ArgumentException stream = await Assert.ThrowsAsync<ArgumentException>(
            () => translator.GenerateAsync(new GenerationJob("a") { Search = new BeamSearchOptions { NBest = 2 }, Part = _ => { } }, Stop));
        Assert.Contains("A stream is one output", stream.Message, StringComparison.Ordinal);
        var thrown = new InvalidOperationException("mine");
        Assert.Same(thrown, await Assert.ThrowsAsync<InvalidOperationException>(() => translator.GenerateAsync(new GenerationJob("a b c") { Part = _ => throw thrown }, Stop)));
        for (int i = 0; i < right.Length; i++)
        {
            Assert.Equal(alone.Translate(ServedModels.Text(i)), (await right[i]).Text);
        }
    }

    [Fact]
    public async Task Damaged_weights_are_told_to_everyone_and_nobody_waits_for_ever()
    {
        ServedModels.Write(_directory + "-nan", ServedModels.Transformer, float.NaN);
        using var translator = BatchingTranslator.Load(_directory + "-nan");
        foreach (Task<GeneratedText> answer in Enumerable.Range(0, 5).Select(i => translator.GenerateAsync(new GenerationJob(ServedModels.Text(i)), Stop)).ToArray())
        {
            ModelFormatException fault = await Assert.ThrowsAsync<ModelFormatException>(() => answer);
            Assert.Contains("not numbers (NaN)", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Disposal_answers_everyone_and_ends_what_is_being_decoded()
    {
        var translator = BatchingTranslator.Load(_directory, new BatchingOptions { BatchSentences = 2 });
        var begun = new TaskCompletionSource();
        Task<GeneratedText>[] asked = [.. Enumerable.Range(0, 9).Select(
            _ => translator.GenerateAsync(new GenerationJob("a b") { Search = _endless, Part = _ => begun.TrySetResult() }, Stop))];
        await begun.Task;

        translator.Dispose();
        translator.Dispose();

        foreach (Task<GeneratedText> answer in asked)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => answer.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => translator.GenerateAsync(new GenerationJob("a"), Stop));
    }

    [Fact]
    public async Task It_may_be_disposed_on_its_own_thread()
    {
        var translator = BatchingTranslator.Load(_directory);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => translator.GenerateAsync(new GenerationJob("a b") { Search = _endless, Part = _ => translator.Dispose() }, Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop));
    }

    [Fact]
    public async Task Without_work_the_memory_of_a_batch_is_given_back_and_taken_anew()
    {
        using var translator = BatchingTranslator.Load(_directory, new BatchingOptions { TrimAfter = TimeSpan.FromMilliseconds(20) });
        Assert.False(translator.IsWarm);
        string first = (await translator.GenerateAsync(new GenerationJob("a b c"), Stop)).Text;

        Assert.True(SpinWait.SpinUntil(() => !translator.IsWarm, TimeSpan.FromSeconds(30)));
        Assert.Equal(first, (await translator.GenerateAsync(new GenerationJob("a b c"), Stop)).Text);
    }

    [Fact]
    public void Options_out_of_their_ranges_are_all_told()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => BatchingTranslator.Load(_directory, new BatchingOptions
        {
            BatchSentences = 0,
            BatchTokens = 0,
            QueueLimit = 0,
            Workers = 0,
            MaximumWait = TimeSpan.FromMinutes(2),
            TrimAfter = TimeSpan.Zero,
        }));

        Assert.Equal(6, fault.Message.Split(';').Length - 1);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);
}
