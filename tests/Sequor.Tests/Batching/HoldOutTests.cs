using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Sequor.Batching;

namespace Sequor.Tests.Batching;

public class HoldOutTests
{
    [Fact]
    public void Pairs_that_share_no_sentence_are_held_out_first()
    {
        // Every tenth pair stands alone; the others share their target with nine more.
        NumberedPair[] pairs = [.. Enumerable.Range(0, 1000).Select(i => new NumberedPair(i, $"s{i}", i % 10 == 0 ? $"t{i}" : $"t{i / 100}"))];
        HeldOutPairs held = HoldOut.Choose(pairs, new HoldOutOptions { Pairs = 60 });

        Assert.Equal(60, held.Dev.Count);
        Assert.All(held.Dev, number => Assert.Equal(0, number % 10));
        Assert.Empty(held.Removed);
        Assert.Null(held.Notice);
        Assert.NotEqual([.. Enumerable.Range(0, 60).Select(i => i * 10L)], held.Dev.Order());
    }

    [Fact]
    public void Case_punctuation_and_the_side_do_not_hide_a_shared_sentence()
    {
        NumberedPair[] pairs =
        [
            new(0, "Hello, world!", "a"), new(1, "hello world", "b\u00FC"), new(2, "c", "HELLO... world?"), new(5, "BU\u0308!", "h"), new(3, "d", "e"), new(4, "f", "g"),
        ];
        HeldOutPairs held = HoldOut.Choose(pairs, new HoldOutOptions { Pairs = 2, LargestShare = 0.5 });
        Assert.Equal([3L, 4], held.Dev.Order());
    }

    [Fact]
    public void The_choice_follows_from_the_seed()
    {
        NumberedPair[] pairs = [.. Enumerable.Range(0, 500).Select(i => new NumberedPair(i, $"s{i}", $"t{i}"))];
        long[] Choose(ulong seed) => [.. HoldOut.Choose(pairs, new HoldOutOptions { Pairs = 20, Seed = seed }).Dev.Order()];

        Assert.Equal(Choose(1), Choose(1));
        Assert.NotEqual(Choose(1), Choose(2));
    }

    [Fact]
    public void Where_all_pairs_hang_together_some_are_removed_and_it_says_so()
    {
        // A chain: pair i shares a sentence with the pairs before and after it.
        NumberedPair[] pairs = [.. Enumerable.Range(0, 300).Select(i => new NumberedPair(i, $"s{i / 2}", $"t{(i + 1) / 2}"))];
        HeldOutPairs held = HoldOut.Choose(pairs, new HoldOutOptions { Pairs = 10 });

        Assert.Equal(10, held.Dev.Count);
        Assert.InRange(held.Removed.Count, 2, 20);
        Assert.Equal($"{held.Removed.Count} more pairs are not learnt from because they share a sentence with a pair held out.", held.Notice);
        AssertNoLeak(pairs, held);
    }

    [Fact]
    public void Where_every_choice_costs_too_much_nothing_is_held_out_and_it_says_so()
    {
        NumberedPair[] pairs = [.. Enumerable.Range(0, 300).Select(i => new NumberedPair(i, $"s{i}", "yes"))];
        HeldOutPairs held = HoldOut.Choose(pairs, new HoldOutOptions { Pairs = 10 });

        Assert.Empty(held.NotForTraining);
        Assert.StartsWith("No pair could be held out: the 300 pairs share so many sentences", held.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_corpus_gives_its_share_only()
    {
        NumberedPair[] pairs = [.. Enumerable.Range(0, 50).Select(i => new NumberedPair(i, $"s{i}", $"t{i}"))];
        HeldOutPairs held = HoldOut.Choose(pairs);
        Assert.Equal(5, held.Dev.Count);
        Assert.Equal("5 pairs are held out instead of 500: more would cost more than 10 % of the 50 pairs.", held.Notice);
    }

    [Fact]
    public void No_dev_sentence_occurs_in_training_on_either_side_whatever_the_corpus() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(PositiveInt, byte, byte)[]>(),
            entries =>
            {
                // Few different sentences, so that they meet often and in all ways.
                NumberedPair[] pairs = [.. entries.Select((entry, i) => new NumberedPair(
                    i, Sentence(entry.Item2 % (2 + (entry.Item1.Get % 60))), Sentence(entry.Item3 % 40)))];
                if (pairs.Length < 2)
                    return;
                HeldOutPairs held = HoldOut.Choose(pairs, new HoldOutOptions { Pairs = 1 + (pairs.Length / 5), LargestShare = 0.4 });
                AssertNoLeak(pairs, held);
                Assert.Empty(held.Dev.Intersect(held.Removed));
                Assert.True(held.NotForTraining.Count <= Math.Max(1, 0.4 * pairs.Length));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120));

    [Fact]
    public void Duplicates_of_held_out_pairs_do_not_slip_into_training()
    {
        SentencePair[] all = [.. Enumerable.Range(0, 100).Select(i => new SentencePair($"s{i % 50}", $"t{i % 50}"))];
        CorpusOptions options = new() { Filters = new CorpusFilters { DropDuplicates = true } };
        Corpus corpus = new PairsInMemory(all);
        HeldOutPairs held = HoldOut.Choose(new FilteredPairs([corpus], options), new HoldOutOptions { Pairs = 5 });

        FilteredPairs training = new([corpus], options with { HeldOut = held.NotForTraining });
        NumberedPair[] learnt = [.. training];

        Assert.Equal(45, learnt.Length);
        Assert.Equal(5, training.Report.Dropped(DropReason.HeldOut));
        Assert.DoesNotContain(learnt, pair => held.Dev.Any(number => all[number].Source == pair.Source));
    }

    private static string Sentence(int kind) => (kind % 3) switch
    {
        0 => $"Sentence {kind}",
        1 => string.Create(CultureInfo.InvariantCulture, $"SENTENCE, {kind - 1}!"),
        _ => $"a different one {kind}",
    };

    private static void AssertNoLeak(NumberedPair[] pairs, HeldOutPairs held)
    {
        static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        HashSet<string> dev = [.. pairs.Where(pair => held.Dev.Contains(pair.Number)).SelectMany(pair => new[] { Plain(pair.Source), Plain(pair.Target) })];
        foreach (NumberedPair pair in pairs.Where(pair => !held.NotForTraining.Contains(pair.Number)))
        {
            Assert.DoesNotContain(Plain(pair.Source), dev);
            Assert.DoesNotContain(Plain(pair.Target), dev);
        }
    }
}
