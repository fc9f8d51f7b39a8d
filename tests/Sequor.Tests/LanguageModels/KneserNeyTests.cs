using System.Globalization;
using Sequor.LanguageModels;
using Sequor.Tests.House;

namespace Sequor.Tests.LanguageModels;

/// <summary>Smoothing against the formulas: worked by hand, and by an implementation of its own in Python.</summary>
public class KneserNeyTests
{
    private static readonly string[][] _golden =
        [.. File.ReadAllLines(Path.Combine(SourceTree.Root, "tests/Sequor.Tests/LanguageModels/golden/kneser_ney.txt")).Select(line => line.Split('\t'))];

    private static readonly string[] _text = [.. _golden.Where(line => line[0] == "text").Select(line => line[1])];

    [Fact]
    public void Two_sentences_worked_by_hand()
    {
        NgramModel model = Train(["a b", "a c"], 2, out NgramTrainingReport report);

        Assert.Equal([KneserNeyDiscounts.Fallback, KneserNeyDiscounts.Fallback], report.Discounts);
        Assert.Equal((2, 4, 0), (report.Sentences, report.Words, report.UnknownWords));
        // One word stands before each of a, b and c, two before the end: 5. Of these 3·0.5 + 1 are taken and shared by 5 words.
        Close(0.2, model, [], "a");
        Close(0.3, model, [], "</s>");
        Close(0.1, model, [], "<unk>");
        // <s> a twice: 1 of 2 is taken. a b and a c once: 0.5 of each.
        Close(0.5 + (0.5 * 0.2), model, ["<s>"], "a");
        Close(0.25 + (0.5 * 0.2), model, ["a"], "b");
        Close(0.5 * 0.3, model, ["a"], "</s>");
        Close(0.5 + (0.5 * 0.3), model, ["b"], "</s>");
        Assert.Equal([6, 5], model.Counts);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "")]
    [InlineData(3, "")]
    [InlineData(4, "")]
    [InlineData(5, "")]
    [InlineData(6, "")]
    [InlineData(4, "0 1 1 2")]
    public void Probabilities_agree_with_the_formulas_in_Python(int order, string thresholds)
    {
        NgramModel model = Train(_text, order, out NgramTrainingReport report, thresholds);
        string[][] lines = [.. _golden.Where(line => line.Length > 2 && line[1] == Text(order) && line[2] == thresholds)];

        Assert.Equal(150 + order, lines.Length);
        foreach (string[] line in lines)
        {
            if (line[0] == "discounts")
            {
                KneserNeyDiscounts discounts = report.Discounts[int.Parse(line[3], CultureInfo.InvariantCulture) - 1];
                double[] expected = [.. line[4].Split(' ').Select(Number)];
                Assert.Equal(expected[0], discounts.One, 1e-12);
                Assert.Equal(expected[1], discounts.Two, 1e-12);
                Assert.Equal(expected[2], discounts.ThreeOrMore, 1e-12);
            }
            else
            {
                string[] history = line[3].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                double logProb = model.Score(StateAfter(model, history), model.Words.IdOf(line[4]), out _);
                Assert.True(Math.Abs(logProb - Number(line[5])) < 2e-6, $"p({line[4]} | {line[3]}): {logProb}, by the formulas {line[5]}");
            }
        }
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(3, "")]
    [InlineData(6, "")]
    [InlineData(4, "0 1")]
    [InlineData(5, "0 0 2 3 9")]
    public void The_probabilities_of_all_words_sum_to_one_after_every_context(int order, string thresholds)
    {
        NgramModel model = Train(_text, order, out _, thresholds);
        float[] logProbs = new float[model.Words.Size];
        for (int context = 0; context < model.Trie.First(order); context++)
        {
            model.ScoreAll(new NgramState(context), logProbs);
            Assert.Equal(1, logProbs.Sum(logProb => Math.Exp(logProb)), 1e-5);
        }
    }

    [Fact]
    public void Thresholds_leave_rare_n_grams_out()
    {
        NgramModel full = Train(_text, 3, out _);
        NgramModel pruned = Train(_text, 3, out _, "0 1 2");

        Assert.Equal(full.Counts[0], pruned.Counts[0]);
        Assert.True(pruned.Counts[1] < full.Counts[1] && pruned.Counts[2] < full.Counts[2] / 2);
    }

    [Fact]
    public void Rare_words_become_unknown_and_the_unknown_word_is_then_learnt()
    {
        NgramModel model = NgramTrainer.Train(["x a x b", "x c"], new NgramTrainingOptions { Order = 2, MinimumCount = 2 }, out NgramTrainingReport report, TestContext.Current.CancellationToken);

        Assert.Equal(["<unk>", "<s>", "</s>", "x"], model.Words.Pieces);
        Assert.Equal(3, report.UnknownWords);
        Assert.True(model.Score(StateAfter(model, ["x"]), model.Words.UnknownId, out _) > Math.Log(0.5));
    }

    [Fact]
    public void Names_of_special_words_in_a_text_mean_nothing_special()
    {
        NgramModel model = NgramTrainer.Train(["a <s> b", "</s> a\tb", "  "], new NgramTrainingOptions { Order = 3 }, out NgramTrainingReport report, TestContext.Current.CancellationToken);

        Assert.Equal((2, 6, 2), (report.Sentences, report.Words, report.UnknownWords));
        Assert.Equal(["<unk>", "<s>", "</s>", "a", "b"], model.Words.Pieces);
    }

    [Fact]
    public void A_stop_ends_training() => Assert.Throws<OperationCanceledException>(
        () => NgramTrainer.Train(_text, null, out _, new CancellationToken(canceled: true)));

    [Fact]
    public void Every_fault_of_the_options_is_named()
    {
        Assert.Equal(3, new NgramTrainingOptions { Order = 7, MinimumCount = 0, PruneThresholds = [1] }.Validate().Count);
        Assert.Contains("as high as the one before", Assert.Single(new NgramTrainingOptions { PruneThresholds = [0, 2, 1] }.Validate()), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NgramTrainer.Train(["", " "], null, out _, TestContext.Current.CancellationToken));
    }

    private static NgramModel Train(string[] text, int order, out NgramTrainingReport report, string thresholds = "") => NgramTrainer.Train(
        text,
        new NgramTrainingOptions { Order = order, PruneThresholds = [.. thresholds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)] },
        out report, TestContext.Current.CancellationToken);

    private static NgramState StateAfter(NgramModel model, string[] history)
    {
        NgramState state = model.Empty;
        foreach (string word in history)
            model.Score(state, model.Words.IdOf(word), out state);
        return state;
    }

    private static void Close(double expected, NgramModel model, string[] history, string word) =>
        Assert.Equal(Math.Log(expected), model.Score(StateAfter(model, history), model.Words.IdOf(word), out _), 1e-6);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
