using FsCheck;
using FsCheck.Fluent;
using Sequor.Extensions.Translation;

namespace Sequor.Extensions.Tests;

public class PassagePlanTests
{
    [Fact]
    public void Sentences_and_joints_laid_end_to_end_are_the_text() => Prop.ForAll<string?>(given =>
    {
        string text = given ?? "";
        return Joined(PassagePlan.Cut(text, "en", null, 50)) == text && Joined(PassagePlan.Whole(text)) == text;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("en", "de", "A dog. A cat.\nA cow.", "A dog.| |A cat.|\n|A cow.")]
    [InlineData("zh", "en", "你好。再见。\n再见。", "你好。| |再见。|\n|再见。")]
    [InlineData("zh", null, "你好。再见。", "你好。||再见。")]
    [InlineData("zh", "ja", "你好。再见。", "你好。||再见。")]
    [InlineData("en", "zh-Hans", "A dog. A cat.\nA  cow. No.", "A dog.||A cat.|\n|A  cow.||No.")]
    [InlineData("en", "zh", "A dog.  A cat.", "A dog.|  |A cat.")]
    public void Sentences_of_a_line_are_parted_as_the_target_language_parts_them(string source, string? target, string text, string parts) =>
        Assert.Equal(parts, Told(PassagePlan.Cut(text, source, target, 0)));

    [Fact]
    public async Task Parts_come_in_order_whoever_is_first()
    {
        var parts = new OrderedParts(["<", "|", "", ">"]);
        parts.Add(2, "f");
        parts.Finish(2);
        parts.Add(1, "c");
        parts.Add(0, "a");
        parts.Add(1, "d");
        parts.Add(0, "b");
        parts.Finish(0);
        parts.Add(1, "e");
        parts.Finish(1);
        parts.Complete(null);
        Assert.Equal(["<", "a", "b", "|", "c", "d", "e", "f", ">"], await parts.Reader.ReadAllAsync(TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken));
    }

    private static string Joined(PassagePlan plan) => string.Concat(plan.Joints.Zip([.. plan.Sentences.Select(span => span.Of(plan.Source)), ""], string.Concat));

    private static string Told(PassagePlan plan) => string.Join('|', plan.Sentences.Zip(plan.Joints.Skip(1), (span, joint) => $"{span.Of(plan.Source)}|{joint}"))[..^1];
}
