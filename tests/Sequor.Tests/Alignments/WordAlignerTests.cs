using Sequor.Alignments;
using Sequor.Tensors.Cpu;
using Sequor.Tests.Decoding;
using static Sequor.Tests.Alignments.AlignmentSamples;

namespace Sequor.Tests.Alignments;

[Collection(nameof(ThreadCounts))]
public class WordAlignerTests
{
    // Without the empty word all of "das Haus" = "the house" begins at 1/4; the first pass counts the | das half a time in two of two sentences.
    [Fact]
    public void The_first_passes_of_model_1_over_the_house_are_those_of_a_pencil()
    {
        AlignmentCorpus corpus = Corpus(("das Haus", "the house"), ("das Buch", "the book"), ("ein Buch", "a book"));
        AlignerOptions options = AlignerOptions.Model1 with { NullProbability = 0 };

        WordAligner first = WordAligner.Train(corpus, options with { Iterations = 1 }, AlignmentDirections.Forward, stop: TestContext.Current.CancellationToken);
        WordAligner second = WordAligner.Train(corpus, options with { Iterations = 2 }, AlignmentDirections.Forward, stop: TestContext.Current.CancellationToken);

        Assert.Equal(0.5, first.Probability("das", "the"), 1e-6);
        Assert.Equal(0.25, first.Probability("das", "house"), 1e-6);
        Assert.Equal(0.5, first.Probability("Haus", "house"), 1e-6);
        Assert.Equal(0.5, first.Probability("Buch", "book"), 1e-6);
        // Second pass: "the" in pair 1 goes to das with 0.5 / (0.5 + 0.5), in pair 2 with 0.5 / (0.5 + 0.25); house to das with 0.25 / 0.75, book alike.
        Assert.Equal((0.5 + (2.0 / 3)) / (0.5 + (2.0 / 3) + (1.0 / 3) + (1.0 / 3)), second.Probability("das", "the"), 1e-6);
        // Haus gets half of "the" and two thirds of "house".
        Assert.Equal((2.0 / 3) / (0.5 + (2.0 / 3)), second.Probability("Haus", "house"), 1e-6);
    }

    [Fact]
    public void Many_passes_over_the_house_find_every_word()
    {
        WordAligner aligner = WordAligner.Train(
            Corpus(HousePairs), AlignerOptions.Model1 with { Iterations = 60, NullProbability = 0 }, AlignmentDirections.Forward, stop: TestContext.Current.CancellationToken);

        Assert.All([("das", "the"), ("Haus", "house"), ("ein", "a"), ("Buch", "book")], pair => Assert.InRange(aligner.Probability(pair.Item1, pair.Item2), 0.99, 1));
    }

    [Fact]
    public void Each_pass_of_model_1_makes_the_text_likelier()
    {
        List<double> likelihoods = [];

        WordAligner.Train(
            Made(300, 60, 3).Corpus, AlignerOptions.Model1 with { Iterations = 12 }, AlignmentDirections.Forward, pass => likelihoods.Add(pass.LogLikelihood),
            TestContext.Current.CancellationToken);

        Assert.Equal(12, likelihoods.Count);
        Assert.Equal(likelihoods.Order(), likelihoods);
    }

    [Fact]
    public void Known_links_of_made_text_are_found_and_the_diagonal_halves_the_errors()
    {
        (AlignmentCorpus corpus, string[] correct) = Made(3000, 400, 11);
        CancellationToken stop = TestContext.Current.CancellationToken;
        WordAligner model1 = WordAligner.Train(corpus, AlignerOptions.Model1, stop: stop);
        WordAligner diagonal = WordAligner.Train(corpus, stop: stop);

        double Error(WordAligner aligner, SymmetrizationMethod method) => ErrorRate(Lines(aligner.AlignAll(corpus, method, stop)), correct);
        double plain = Error(model1, SymmetrizationMethod.Forward);
        double forward = Error(diagonal, SymmetrizationMethod.Forward);
        double joined = Error(diagonal, SymmetrizationMethod.GrowDiagonalFinalAnd);
        TestContext.Current.TestOutputHelper?.WriteLine($"AER: model 1 {plain:F1}, diagonal {forward:F1}, grow-diag-final-and {joined:F1}");

        Assert.InRange(plain, 0, 12);
        Assert.InRange(forward, 0, plain / 2);
        Assert.InRange(joined, 0, 6);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        (AlignmentCorpus corpus, _) = Made(4000, 300, 5);
        int threads = WorkerPool.Shared.Threads;
        try
        {
            List<(double, double)> one = Passes(corpus, 1, out PairAlignment[] alone);
            List<(double, double)> three = Passes(corpus, 3, out PairAlignment[] together);

            Assert.Equal(one, three);
            Assert.Equal(alone.Select(pair => (pair.Forward, pair.Reverse)), together.Select(pair => (pair.Forward, pair.Reverse)));
            Assert.Equal(Lines(alone), Lines(together));
        }
        finally
        {
            WorkerPool.Shared.Threads = threads;
        }
    }

    [Fact]
    public void A_saved_aligner_aligns_as_before_also_text_with_unknown_words()
    {
        (AlignmentCorpus corpus, _) = Made(200, 50, 9);
        CancellationToken stop = TestContext.Current.CancellationToken;
        WordAligner aligner = WordAligner.Train(corpus, stop: stop);
        string path = Path.Combine(Directory.CreateTempSubdirectory("sequor-aligner-").FullName, "aligner");
        aligner.Save(path);

        WordAligner read = WordAligner.Load(path);

        Assert.Equal(aligner.SourceWords.Words, read.SourceWords.Words);
        Assert.Equal(aligner.Forward!.Tension, read.Forward!.Tension);
        PairAlignment[] before = [.. aligner.AlignAll(corpus, SymmetrizationMethod.Union, stop)];
        PairAlignment[] after = [.. read.AlignAll(corpus, SymmetrizationMethod.Union, stop)];
        Assert.Equal(before.Select(pair => (pair.Forward, pair.Reverse)), after.Select(pair => (pair.Forward, pair.Reverse)));
        Assert.Equal(Lines(before), Lines(after));
        Assert.Equal(aligner.Align([3, -1, 99], [3, -1, 4], SymmetrizationMethod.Forward).Forward, read.Align([3, -1, 99], [3, -1, 4], SymmetrizationMethod.Forward).Forward);

        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("is damaged", Assert.Throws<ModelFormatException>(() => WordAligner.Load(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "0-0\n");
        Assert.Contains("does not begin with the line 'sequor-aligner 1'", Assert.Throws<ModelFormatException>(() => WordAligner.Load(path)).Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Pairs_with_an_empty_side_teach_nothing_and_have_no_links()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        AlignmentCorpus with = Corpus([.. HousePairs, ("", "the"), ("das", "")]);

        WordAligner aligner = WordAligner.Train(with, stop: stop);

        WordAligner without = WordAligner.Train(Corpus(HousePairs), stop: stop);
        Assert.Equal(without.Probability("das", "the"), aligner.Probability("das", "the"));
        PairAlignment[] alignments = [.. aligner.AlignAll(with, SymmetrizationMethod.GrowDiagonalFinal, stop)];
        Assert.Equal(["", ""], Lines(alignments[^2..]));
        Assert.Equal(0, alignments[^1].Forward);
    }

    [Fact]
    public void What_cannot_be_learnt_from_is_said()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        AlignmentCorpus unnumbered = new(new WordNumbers(["a"]), new WordNumbers(["b"]));
        unnumbered.Add([0], [1]);

        Assert.Contains("nothing to learn from", Assert.Throws<ArgumentException>(() => WordAligner.Train(Corpus(("", "a")), stop: stop)).Message, StringComparison.Ordinal);
        Assert.Contains("Pair 0", Assert.Throws<ArgumentException>(() => WordAligner.Train(unnumbered, stop: stop)).Message, StringComparison.Ordinal);
        Assert.Contains("Tension is 20", Assert.Throws<ArgumentException>(() => WordAligner.Train(Corpus(HousePairs), new AlignerOptions { Tension = 20 }, stop: stop)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "reverse (target to source)",
            Assert.Throws<InvalidOperationException>(() => WordAligner.Train(Corpus(HousePairs), null, AlignmentDirections.Forward, stop: stop).Align([0], [0], SymmetrizationMethod.Union)).Message,
            StringComparison.Ordinal);
    }

    private static List<(double, double)> Passes(AlignmentCorpus corpus, int threads, out PairAlignment[] alignments)
    {
        WorkerPool.Shared.Threads = threads;
        List<(double, double)> passes = [];
        WordAligner aligner = WordAligner.Train(corpus, report: pass => passes.Add((pass.LogLikelihood, pass.Tension)), stop: TestContext.Current.CancellationToken);
        alignments = [.. aligner.AlignAll(corpus, SymmetrizationMethod.GrowDiagonalFinalAnd, TestContext.Current.CancellationToken)];
        return passes;
    }
}
