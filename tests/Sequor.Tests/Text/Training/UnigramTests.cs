using System.Globalization;
using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

public sealed class UnigramTests
{
    // scipy.special.digamma([0.5, 1, 2.5, 10, 1000])
    [Theory]
    [InlineData(0.5, -1.9635100260214235)]
    [InlineData(1, -0.5772156649015329)]
    [InlineData(2.5, 0.7031566406452432)]
    [InlineData(10, 2.251752589066721)]
    [InlineData(1000, 6.907255195648812)]
    public void The_digamma_function_matches_scipy(double argument, double expected) =>
        Assert.Equal(expected, UnigramExpectation.Digamma(argument), 1e-9);

    [Fact]
    public void A_lattice_sums_over_all_spellings_and_finds_the_best()
    {
        UnigramPieces pieces = new([("a", Math.Log(0.4)), ("b", Math.Log(0.3)), ("ab", Math.Log(0.2)), ("ba", Math.Log(0.1))]);
        UnigramLattice lattice = new(pieces);
        double[] expected = new double[4];
        List<int> best = [];

        lattice.SetText("aba".EnumerateRunes().Select(rune => rune.Value).ToArray());
        double logProbability = lattice.AddExpected(10, expected);
        double logBest = lattice.BestPath(best);

        // a+b+a 0.048, ab+a 0.08, a+ba 0.04
        Assert.Equal(Math.Log(0.168), logProbability, 1e-12);
        Assert.Equal(Math.Log(0.08), logBest, 1e-12);
        Assert.Equal([0, 2], best);
        double[] byHand = [10 * (2 * 0.048 + 0.08 + 0.04) / 0.168, 10 * 0.048 / 0.168, 10 * 0.08 / 0.168, 10 * 0.04 / 0.168];
        Assert.All(byHand.Zip(expected), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void A_lattice_of_a_very_long_text_does_not_vanish()
    {
        UnigramLattice lattice = new(new UnigramPieces([("a", Math.Log(1e-5))]));
        lattice.SetText(Enumerable.Repeat((int)'a', 1000).ToArray());
        double[] expected = new double[1];

        Assert.Equal(1000 * Math.Log(1e-5), lattice.AddExpected(1, expected), 1e-6);
        Assert.Equal(1000, expected[0], 1e-6);
    }

    [Fact]
    public void A_character_without_a_piece_is_unknown()
    {
        UnigramLattice lattice = new(new UnigramPieces([("a", -1), ("b", -3)]));
        List<int> best = [];
        lattice.SetText([(int)'a', 'x', 'b']);

        Assert.Equal(-1 - 13 - 3, lattice.BestPath(best), 1e-12);
        Assert.Equal([1, PieceTrie.None, 0], best);
    }

    [Fact]
    public void Seeds_are_the_characters_and_every_repeated_substring_that_cannot_grow()
    {
        CountedText[] words = [new("▁banana", 2), new("▁band", 3), new("▁na", 1)];
        (int, long)[] characters = [('a', 1), ('b', 1), ('n', 1), ('d', 1), ('▁', 1)];
        PieceRules rules = new(new SubwordTrainingOptions());

        UnigramPieces seeds = SeedPieces.Find(new SegmentedText(words), characters, rules, new SubwordTrainingOptions());

        HashSet<string> found = [.. Enumerable.Range(0, seeds.Count).Select(seed => seeds[seed].Piece)];
        Assert.Equal(RepeatedByHand(words).Concat(["a", "b", "n", "d", "▁"]).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        // "▁ban" covers 5 × 4 characters, "ana" 4 × 3 of banana twice over.
        double gap = LogProbability(seeds, "▁ban") - LogProbability(seeds, "ana");
        Assert.Equal(Math.Log(20.0 / 12), gap, 1e-12);
    }

    [Fact]
    public void A_substring_that_one_character_always_follows_is_no_seed()
    {
        (int, long)[] characters = [('天', 1), ('气', 1), ('好', 1)];
        PieceRules rules = new(new SubwordTrainingOptions());

        Assert.Equal(["天", "气", "好"], Seeds([new("天气", 5, '。'), new("天气好", 1, '。')]).Where(seed => seed != "天气"));
        Assert.DoesNotContain("天气好", Seeds([new("天气好", 5, '。')]));
        Assert.Contains("天气好", Seeds([new("天气好", 5, '。'), new("好天气好", 5, '！')]));
        Assert.Contains("天气好", Seeds([new("天气好", 5)]));

        IEnumerable<string> Seeds(CountedText[] segments)
        {
            UnigramPieces seeds = SeedPieces.Find(new SegmentedText(segments), characters, rules, new SubwordTrainingOptions());
            return Enumerable.Range(0, seeds.Count).Select(seed => seeds[seed].Piece);
        }
    }

    [Fact]
    public void Segments_know_what_follows_them()
    {
        SubwordTrainingOptions options = new() { CharacterCoverage = 1f };
        TrainingCorpus corpus = TrainingText.Corpus(["no. no, yes. yes. end 天气。天气。"], options);
        IReadOnlyList<CountedText> segments = Segments.Of(corpus.Words, Alphabet.Of(corpus.Words, options, []), new PieceRules(options));

        Assert.Contains(new CountedText("▁no", 2, CountedText.AnyFollower), segments);
        Assert.Contains(new CountedText("▁yes", 2, '.'), segments);
        Assert.Contains(new CountedText("▁end", 1, CountedText.AnyFollower), segments);
        Assert.Contains(new CountedText("▁天气", 1, '。'), segments);
        Assert.Contains(new CountedText("天气", 1, '。'), segments);
    }

    [Fact]
    public void Pruning_keeps_the_piece_whose_loss_hurts_most()
    {
        // Two texts that only their whole pieces or their letters spell. By hand, with 100 + 60 + 10 uses of "ab", "cd" and "a":
        // loss of "ab" 100 × (ln 100/170 − ln 110/270 − ln 100/270), loss of "cd" 60 × (ln 60/170 − 2 ln 60/230).
        SegmentedText text = new([new("ab", 100), new("cd", 60), new("a", 10)]);
        (string, double)[] pieces =
            [("a", Math.Log(0.05)), ("b", Math.Log(0.05)), ("c", Math.Log(0.05)), ("d", Math.Log(0.05)), ("cd", Math.Log(0.4)), ("ab", Math.Log(0.4))];
        UnigramPieces pruned = UnigramPruning.Prune(text, new UnigramPieces(pieces), keep: 2);

        // "a" is used and nothing else spells it; "b", "c" and "d" are not used at all.
        Assert.Equal(["a", "ab"], Enumerable.Range(0, pruned.Count).Select(piece => pruned[piece].Piece));
        double[] losses = [.. UnigramPruning.Losses(text, new UnigramPieces(pieces)).Select(entry => entry.Loss)];
        Assert.Equal(60 * (Math.Log(60.0 / 170) - (2 * Math.Log(60.0 / 230))), losses[1], 1e-9);
        Assert.Equal(100 * (Math.Log(100.0 / 170) - Math.Log(110.0 / 270) - Math.Log(100.0 / 270)), losses[2], 1e-9);
    }

    [Fact]
    public void A_piece_that_its_parts_spell_better_goes_first()
    {
        SegmentedText text = new([new("ab", 1000)]);
        UnigramPieces pieces = new([("a", Math.Log(0.5)), ("b", Math.Log(0.49)), ("ab", Math.Log(0.01))]);
        UnigramPieces pruned = UnigramPruning.Prune(text, pieces, keep: 3);

        Assert.Equal(["a", "b"], Enumerable.Range(0, pruned.Count).Select(piece => pruned[piece].Piece));
    }

    [Fact]
    public void Pieces_explain_the_corpus_as_well_as_those_of_spm_train()
    {
        SubwordTrainingOptions options = new() { Algorithm = SubwordAlgorithm.Unigram, VocabularySize = 300, CharacterCoverage = 1f };
        IReadOnlyList<ModelPiece> trained = TrainingText.Train(options);
        UnigramPieces ours = new([.. trained.Skip(3).Select(piece => (piece.Text, (double)piece.Score))]);
        UnigramPieces theirs = new(
        [
            .. TrainingText.Read("unigram.vocab").Skip(3).Select(line => line.Split('\t'))
                .Select(fields => (fields[0], double.Parse(fields[1], CultureInfo.InvariantCulture))),
        ]);
        TrainingCorpus corpus = TrainingText.Corpus(TrainingText.Lines, options, "<unk>", "<s>", "</s>");
        Alphabet alphabet = Alphabet.Of(corpus.Words, options, []);
        SegmentedText text = new(Segments.Of(corpus.Words, alphabet, new PieceRules(options)));

        double ourMean = UnigramExpectation.MeanLogProbability(text, ours);
        double theirMean = UnigramExpectation.MeanLogProbability(text, theirs);

        Assert.Equal(300, trained.Count);
        Assert.InRange(ourMean, theirMean * 1.01, theirMean * 0.9);
    }

    [Fact]
    public void Scores_are_logarithms_of_probabilities_and_fall()
    {
        IReadOnlyList<ModelPiece> trained = TrainingText.Train(new() { Algorithm = SubwordAlgorithm.Unigram, VocabularySize = 300, CharacterCoverage = 1f });
        float[] scores = [.. trained.Skip(3).Select(piece => piece.Score)];

        Assert.Equal(scores.OrderDescending(), scores);
        // Less than 1 by what the digamma function takes from rare pieces.
        Assert.InRange(scores.Sum(score => Math.Exp(score)), 0.8, 1.0);
    }

    private static double LogProbability(UnigramPieces pieces, string piece) =>
        Enumerable.Range(0, pieces.Count).Select(index => pieces[index]).Single(entry => entry.Piece == piece).LogProbability;

    // By counting every substring with what follows it: it can grow where one character, and no word's end, always follows.
    private static IEnumerable<string> RepeatedByHand(CountedText[] words)
    {
        Dictionary<string, (long Count, HashSet<string> After)> substrings = new(StringComparer.Ordinal);
        foreach (CountedText word in words)
        {
            for (int start = 0; start < word.Text.Length; start++)
            {
                for (int end = start + 2; end <= word.Text.Length; end++)
                {
                    string substring = word.Text[start..end];
                    (long count, HashSet<string> after) = substrings.GetValueOrDefault(substring, (0, []));
                    after.Add(end == word.Text.Length ? "" : word.Text[end..(end + 1)]);
                    substrings[substring] = (count + word.Count, after);
                }
            }
        }
        return substrings.Where(entry => entry.Value.Count > 1 && (entry.Value.After.Count > 1 || entry.Value.After.Contains("")))
            .Select(entry => entry.Key);
    }
}
