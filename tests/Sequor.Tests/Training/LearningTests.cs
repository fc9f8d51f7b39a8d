using Sequor.Decoding;
using Sequor.Losses;
using Sequor.Models.Transformer;
using Sequor.Optimizers;
using Sequor.Tests.Decoding;
using Sequor.Training;

namespace Sequor.Tests.Training;

/// <summary>A small Transformer learns what small Transformers can learn, and writes it for sequences that it has never seen.</summary>
public sealed class LearningTests
{
    public static TheoryData<string, int> Tasks => new() { { "copy", 250 }, { "reverse", 500 }, { "sort", 400 } };

    [Theory, MemberData(nameof(Tasks))]
    public void A_task_is_learnt_to_95_percent(string name, int updates)
    {
        int[] Answer(int[] source) => name switch
        {
            "copy" => source,
            "reverse" => [.. source.Reverse()],
            _ => [.. source.Order()],
        };
        using TransformerModel model = TinyTask.Model();
        using var batches = new TinyTask(Answer);
        using var trainer = new Trainer(
            model, new CrossEntropy(), new Adam(model.Parameters), new InverseSquareRootSchedule(peak: 0.01f, warmupUpdates: 60),
            new TrainerOptions { MaxUpdates = updates });
        trainer.Run(batches, stop: TestContext.Current.CancellationToken);

        int[][] unseen = [.. Enumerable.Range(1_000_000, 200).Select(number => TinyTask.Sequence(number))];
        var outputs = TinyModels.Search(model, new GreedySearchOptions(), [.. unseen.Select(source => (int[])[.. source, TinyTask.End])]);
        int right = outputs.Zip(unseen).Count(pair => pair.First[0].Ids.SequenceEqual(Answer(pair.Second)));
        Assert.True(right >= 190, $"{right} of 200 unseen sequences are right.");
    }
}
