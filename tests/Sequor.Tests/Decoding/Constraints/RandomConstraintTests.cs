using FsCheck;
using FsCheck.Fluent;
using Sequor.Decoding;
using Sequor.Decoding.Constraints;
using Sequor.Models.Transformer;

namespace Sequor.Tests.Decoding.Constraints;

/// <summary>Whatever is asked of whatever model: an output keeps to it or says that it does not.</summary>
public sealed class RandomConstraintTests
{
    private const int Vocabulary = 9;

    [Fact]
    public void Outcomes_say_what_the_output_holds_and_what_has_room_is_met()
    {
        Gen<int[]> run = Gen.Choose(2, Vocabulary - 1).ArrayOf().Where(ids => ids.Length is >= 1 and <= 3).Resize(3);
        var cases =
            from required in run.ArrayOf().Resize(3)
            from banned in run.ArrayOf().Resize(2)
            from beam in Gen.Choose(1, 6)
            from longest in Gen.Choose(1, 14)
            from seed in Gen.Choose(1, 1000)
            select (Required: required, Banned: banned, Beam: beam, Longest: longest, Seed: seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(7, 3), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            using TransformerModel model = TinyModels.Make(Vocabulary, (ulong)one.Seed);
            OutputConstraint[] constraints = [.. one.Required.Select(ids => new RequiredPieces([ids])), .. one.Banned.Select(ids => new BannedPieces([ids]))];
            Hypothesis found = TinyModels.Search(
                model, new BeamSearchOptions { BeamSize = one.Beam, Length = new LengthLimits { Maximum = one.Longest } }, [[3, 2, 5, 1]], constraints: [constraints])[0][0];
            Assert.Equal(constraints.Length, found.Constraints.Count);
            for (int i = 0; i < one.Required.Length; i++)
            {
                int[] phrase = one.Required[i];
                bool isThere = RequiredPiecesTests.Occurrences(found.Ids, phrase) > 0;
                Assert.True(isThere || !found.Constraints[i].IsMet);
                bool isAlone = one.Required.Count(other => other.AsSpan().SequenceEqual(phrase)) == 1;
                Assert.True(!isThere || !isAlone || found.Constraints[i].IsMet);
                Assert.True(found.Constraints[i].IsMet || one.Banned.Length > 0 || one.Required.Sum(ids => ids.Length) > one.Longest);
            }

            for (int i = 0; i < one.Banned.Length; i++)
            {
                Assert.Equal(0, RequiredPiecesTests.Occurrences(found.Ids, one.Banned[i]));
                Assert.True(found.Constraints[one.Required.Length + i].IsMet);
            }
        }));
    }
}
