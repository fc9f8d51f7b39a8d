namespace Sequor.Cli.Tests.Verbs;

public sealed class DetectVerbTests
{
    [Fact]
    public void Each_line_gets_the_code_of_its_language() => Assert.Equal(
        "de\nen\nund\nzh\n",
        Called.On("Wo ist denn hier der Bahnhof?\nWhere is the railway station?\n123\n火车站在哪里？\n", "detect").MustSucceed());

    [Fact]
    public void Only_languages_of_the_choice_are_told() => Assert.Equal(
        "fr\nund\n", Called.On("Wo ist denn hier der Bahnhof?\nГде вокзал?\n", "detect", "--among", "fr,xx").MustSucceed());

    [Fact]
    public void Languages_of_the_choice_that_are_not_known_are_named() => Assert.Equal(
        "--among: xx, ger are not known, and no line will be taken for them.\n", Called.On("Wo?\n", "detect", "--among", "xx,en,ger").Errors);

    [Fact]
    public void Json_tells_confidences() => Assert.Equal(
        """
        {"languages":[{"language":"el","confidence":1}]}
        {"languages":[]}

        """,
        Called.On("Πού είναι ο σταθμός;\n\n", "detect", "--json").MustSucceed());

    [Fact]
    public void The_whole_input_may_be_one_text() => Assert.Equal(
        "de\n", Called.On("Wo ist\ndenn hier\nder Bahnhof?\n", "detect", "--whole").MustSucceed());

    [Fact]
    public void A_choice_of_unknown_languages_only_is_wrong_usage() =>
        Assert.Contains("none of these languages is known", Called.With("detect", "--among", "xx,yy").MustFail(2), StringComparison.Ordinal);
}
