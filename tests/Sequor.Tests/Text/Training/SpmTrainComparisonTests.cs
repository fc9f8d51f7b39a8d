using System.Diagnostics;
using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

/// <summary>Our trainer beside spm_train on a whole corpus; run by tools/golden/subword-training.sh, skipped otherwise.</summary>
public sealed class SpmTrainComparisonTests(ITestOutputHelper output)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SEQUOR_SPM_COMPARISON");

    [Fact]
    public void Byte_pairs_are_nearly_all_those_of_spm_train()
    {
        (SentencePieceModel ours, SentencePieceModel theirs) = Train(SubwordAlgorithm.Bpe, "bpe.model");
        foreach (int first in new[] { 1000, 8000 })
        {
            int samePlace = ours.Pieces.Zip(theirs.Pieces).Take(first).Count(pair => pair.First.Text == pair.Second.Text);
            output.WriteLine($"Byte pairs: {samePlace} of the first {first} pieces stand in the same place.");
            Assert.InRange(samePlace, first * 95 / 100, first);
        }
    }

    [Fact]
    public void Unigram_pieces_cut_and_explain_the_corpus_within_one_per_cent()
    {
        (SentencePieceModel ours, SentencePieceModel theirs) = Train(SubwordAlgorithm.Unigram, "unigram.model");
        int common = ours.Pieces.Select(piece => piece.Text).Intersect(theirs.Pieces.Select(piece => piece.Text)).Count();
        (double ourTokens, double ourLogProbability) = PerLine(ours);
        (double theirTokens, double theirLogProbability) = PerLine(theirs);
        output.WriteLine($"Unigram: {common} pieces in common; tokens per line {ourTokens:F4}, theirs {theirTokens:F4}; " +
            $"log probability per line {ourLogProbability:F4}, theirs {theirLogProbability:F4}.");

        Assert.InRange(ourTokens, theirTokens * 0.95, theirTokens * 1.01);
        Assert.InRange(ourLogProbability, theirLogProbability * 1.01, theirLogProbability * 0.95);
    }

    private (SentencePieceModel Ours, SentencePieceModel Theirs) Train(SubwordAlgorithm algorithm, string file)
    {
        Assert.SkipWhen(Folder is null, "Run tools/golden/subword-training.sh.");
        Stopwatch watch = Stopwatch.StartNew();
        SubwordTrainingOptions options = new() { Algorithm = algorithm, VocabularySize = 8000 };
        SentencePieceModel ours = SentencePieceTrainer.Train(
            File.ReadLines(Path.Combine(Folder, "text")), options, TestContext.Current.CancellationToken);
        output.WriteLine($"{algorithm}: trained in {watch.Elapsed.TotalSeconds:F2} s.");
        return (ours, SentencePieceModel.Load(Path.Combine(Folder, file)));
    }

    private static (double Tokens, double LogProbability) PerLine(SentencePieceModel model)
    {
        SentencePieceTokenizer tokenizer = new(model);
        // An unknown character costs ten nats more than the rarest piece.
        double unknown = model.Pieces.Min(piece => piece.Score) - 10;
        double tokens = 0;
        double logProbability = 0;
        double lines = 0;
        foreach (string line in File.ReadLines(Path.Combine(Folder!, "text")))
        {
            int[] ids = tokenizer.Encode(line);
            tokens += ids.Length;
            logProbability += ids.Sum(id => model.Pieces[id].Type == PieceType.Unknown ? unknown : model.Pieces[id].Score);
            lines++;
        }
        return (tokens / lines, logProbability / lines);
    }
}
