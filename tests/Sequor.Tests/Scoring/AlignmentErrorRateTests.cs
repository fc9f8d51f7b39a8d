using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class AlignmentErrorRateTests
{
    // Worked by hand: S = {0-0, 1-1, 2-2}, P = S + {1-2, 3-3}, A = {0-0, 1-2, 2-2, 3-1}.
    // |A ∩ S| = 2, |A ∩ P| = 3, |A| = 4, |S| = 3: 1 - 5 / 7; precision 3 / 4, recall 2 / 3.
    [Fact]
    public void Sure_and_possible_links_count_as_Och_and_Ney_have_it()
    {
        var result = (AlignmentErrorRateResult)Aer(["0-0 1-2 2-2 3-1"], ["0-0 1-1 1?2 2-2 3?3"]);

        Close(100.0 * 2 / 7, result.Score, 1e-9);
        Close(75, result.Precision, 1e-9);
        Close(100.0 * 2 / 3, result.Recall, 1e-9);
        Assert.Equal((4, 3), (result.Links, result.SureLinks));
        Assert.StartsWith("AER|nrefs:1|version:sequor-", result.ToLine(), StringComparison.Ordinal);
        Assert.EndsWith(" = 28.6 (precision = 75.0 recall = 66.7 links = 4 sure = 3)", result.ToLine(), StringComparison.Ordinal);
    }

    // Sums, not means of sentences: (1 + 1 + 1 + 2) / (1 + 1 + 2 + 1) would be above 1 for the first alone.
    // First: A = {0-0}, S = {0-0}. Second: A = {0-0, 1-1}, S = {0-0}, P = {0-0, 0-1}: |A ∩ S| = 1, |A ∩ P| = 1.
    // 1 - (2 + 2) / (3 + 2) = 0.2.
    [Fact]
    public void A_corpus_is_scored_by_its_sums() => Close(20, Aer(["0-0", "0-0 1-1"], ["0-0", "0-0 0?1"]).Score, 1e-9);

    [Fact]
    public void Nothing_to_find_and_nothing_found_is_no_error()
    {
        Close(0, Aer([""], [""]).Score, 1e-9);
        Close(100, Aer(["0-0"], [""]).Score, 1e-9);
        Close(100, Aer([""], ["0-0"]).Score, 1e-9);
        Close(0, Aer(["1-1"], ["1?1"]).Score, 1e-9);
    }

    [Fact]
    public void A_link_given_twice_counts_once_and_possible_links_of_the_system_count_too() =>
        Close(0, Aer(["0-0 0-0 1?1"], ["0-0 1-1 0-0"]).Score, 1e-9);

    [Fact]
    public void Of_several_references_the_kindest_counts() => Close(0, MetricSet.Parse("aer").Score(["0-1"], [["0-0"], ["0-1"]])[0].Score, 1e-9);

    [Fact]
    public void A_line_that_is_no_alignment_is_named()
    {
        Assert.Equal(
            "Line 2 cannot be scored with aer: in the hypothesis, item 2, '1:2', is not a link such as 0-0 (sure) or 0?0 (possible): the places of a source and a target word, from 0.",
            Assert.Throws<InvalidDataException>(() => Aer(["0-0", "0-0 1:2"], ["", ""])).Message);
        Assert.Contains("in the reference, item 1, 'x'", Assert.Throws<InvalidDataException>(() => Aer([""], ["x"])).Message, StringComparison.Ordinal);
    }

    private static MetricResult Aer(string[] hypotheses, string[] references) => MetricSet.Parse("aer").Score(hypotheses, [references])[0];
}
