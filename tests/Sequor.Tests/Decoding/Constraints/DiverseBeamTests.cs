using Sequor.Decoding;
using Sequor.Models.Transformer;

namespace Sequor.Tests.Decoding.Constraints;

/// <summary>Beams in groups (Vijayakumar et al. 2016).</summary>
public sealed class DiverseBeamTests
{
    [Fact]
    public void One_group_is_an_ordinary_beam()
    {
        using TransformerModel model = TinyModels.Make(20, 4);
        int[][] sources = TinyModels.Sentences(5, 20, 8, 3);
        var options = new BeamSearchOptions { BeamSize = 4, NBest = 4 };
        AssertEqual(TinyModels.Search(model, options, sources), TinyModels.Search(model, options with { Groups = 1, Diversity = 7 }, sources));
    }

    [Fact]
    public void Without_diversity_every_group_finds_what_a_beam_of_its_size_finds()
    {
        using TransformerModel model = TinyModels.Make(20, 5);
        int[][] sources = TinyModels.Sentences(5, 20, 8, 3);
        var small = TinyModels.Search(model, new BeamSearchOptions { BeamSize = 2, NBest = 1 }, sources);
        var groups = TinyModels.Search(model, new BeamSearchOptions { BeamSize = 6, Groups = 3, Diversity = 0, NBest = 6 }, sources);
        for (int i = 0; i < sources.Length; i++)
        {
            Assert.Equal(3, groups[i].Count(one => one.Ids.AsSpan().SequenceEqual(small[i][0].Ids)));
        }
    }

    [Fact]
    public void A_group_is_charged_for_what_the_groups_before_it_have_written()
    {
        // The first group writes 2. For the second 2 is worth log 0.5 - 1 = -1.69 and 3 log 0.3 = -1.20; for the third 2 is worth -1.69, 3 -2.20 and 4 log 0.2 = -1.61.
        var model = new ScriptedModel(5, (_, written) => written.Length == 1 ? ScriptedModel.Logits(0, 0, 0.5, 0.3, 0.2) : ScriptedModel.Logits(0, 1, 0, 0, 0));
        var options = new BeamSearchOptions { BeamSize = 3, Groups = 3, Diversity = 1, NBest = 3, Normalization = LengthNormalization.None };
        IReadOnlyList<Hypothesis> found = TinyModels.Search(model, options, [[2, 1]])[0];
        Assert.Equal([[2], [3], [4]], found.Select(one => one.Ids));
        Assert.Equal(Math.Log(0.3), found[1].Score, 6);

        // With a charge of 0.6 the third group's 2 is worth -1.29, more than 4.
        Assert.Equal([[2], [2], [3]], TinyModels.Search(model, options with { Diversity = 0.6f }, [[2, 1]])[0].Select(one => one.Ids));
    }

    [Fact]
    public void The_best_of_every_group_are_given_before_second_ones()
    {
        using TransformerModel model = TinyModels.Make(25, 6);
        int[][] sources = TinyModels.Sentences(6, 25, 8, 5);
        var options = new BeamSearchOptions { BeamSize = 6, Groups = 3, Diversity = 3 };
        var three = TinyModels.Search(model, options with { NBest = 3 }, sources);
        Assert.All(three, outputs => Assert.Equal(3, outputs.Select(one => string.Join(' ', one.Ids)).Distinct().Count()));
        Assert.All(three, outputs => Assert.Equal(outputs.OrderByDescending(one => one.Score), outputs));

        // The groups' first pieces differ: a charge of 3 nats is more than what parts them.
        Assert.Contains(three, outputs => outputs.Select(one => one.Ids.FirstOrDefault()).Distinct().Count() == 3);
    }

    [Fact]
    public void Groups_that_do_not_part_the_beam_are_refused()
    {
        Assert.Contains("into 2 groups", Assert.Single(new BeamSearchOptions { BeamSize = 5, Groups = 2 }.Validate()), StringComparison.Ordinal);
        Assert.Single(new BeamSearchOptions { Diversity = -1 }.Validate());
        Assert.Single(new BeamSearchOptions { Groups = 0 }.Validate());
    }

    private static void AssertEqual(IReadOnlyList<IReadOnlyList<Hypothesis>> expected, IReadOnlyList<IReadOnlyList<Hypothesis>> found)
    {
        Assert.Equal(expected.SelectMany(one => one).Select(one => string.Join(' ', one.Ids)), found.SelectMany(one => one).Select(one => string.Join(' ', one.Ids)));
        Assert.Equal(expected.SelectMany(one => one).Select(one => one.Score), found.SelectMany(one => one).Select(one => one.Score));
    }
}
