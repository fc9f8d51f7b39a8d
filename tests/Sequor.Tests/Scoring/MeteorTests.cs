using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public sealed class MeteorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sequor-wordnet-").FullName;

    // A dictionary of our own in the format of wndb(5), with an indented head line as the real files have.
    public MeteorTests()
    {
        Write("data.noun", "  1 head of the file\n00000010 06 n 03 car 0 auto 0 motor_vehicle 0 000 | vehicle\n00000020 06 n 02 mouse 0 Rodent 1 000 | animal\n");
        Write("noun.exc", "mice mouse\nwheels motor_vehicle\n");
        Write("data.verb", "00000030 30 v 02 begin 0 start 0 001 @ 00000040 v 0000 01 + 01 00 | set out\n");
        Write("verb.exc", "began begin\nbegun begin\n");
        Write("data.adj", "00000050 00 s 02 abundant 0 galore(ip) 0 000 | plenty\n");
        Write("adj.exc", "");
        Write("data.adv", "");
        Write("adv.exc", "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Expected score: the example in NLTK 3.8's nltk/translate/meteor_score.py, single_meteor_score: 0.6944 (its synonym stage adds no match there).
    [Fact]
    public void The_textbook_sentence_scores_as_in_nltk() => Close(
        69.44,
        new Meteor().ScoreSentence(
            "It is a guide to action which ensures that the military always obeys the commands of the party",
            "It is a guide to action that ensures that the military will forever heed Party commands").Score,
        0.005);

    // By hand: all three words match, "dogs" by its stem; one chunk. 1 - 0.5 * (1/3)^3.
    [Fact]
    public void Stems_match_words_that_differ()
    {
        Close(100 * (1 - (0.5 / 27)), new Meteor().ScoreSentence("the dog sat", "the dogs sat").Score, 1e-9);

        // By hand, without stems: 2 of 3 on both sides, two chunks: (1 - 0.5 * 1) * 2/3.
        Close(100 * 0.5 * (2.0 / 3), new Meteor(new MeteorOptions { Stem = false }).ScoreSentence("the dog sat", "the dogs sat").Score, 1e-9);
    }

    [Theory]
    [InlineData("cars", "auto")]
    [InlineData("autos", "car")]
    [InlineData("mice", "rodent")]
    [InlineData("wheels", "auto")]
    [InlineData("began", "start")]
    [InlineData("starting", "begin")]
    [InlineData("abundant", "galore")]
    public void Synonyms_match_through_irregular_and_cut_forms(string hypothesis, string reference)
    {
        MeteorOptions options = new() { Stem = false, Synonyms = WordNet.Load(_folder) };

        Close(50, new Meteor(options).ScoreSentence(hypothesis, reference).Score, 1e-9);
        Close(0, new Meteor().ScoreSentence(hypothesis, reference).Score, 1e-9);
    }

    [Fact]
    public void Compounds_are_no_synonyms_of_single_words() =>
        Assert.Equal(["auto", "car"], WordNet.Load(_folder).Synonyms("car").Order());

    [Fact]
    public void The_signature_names_the_stages()
    {
        Assert.Equal(
            "nrefs:1|case:lc|tok:13a|stages:exact+porter|weights:0.9/3/0.5|version:sequor-0.1.0",
            new Meteor().ScoreSentence("a", "a").Signature);
        var withSynonyms = new Meteor(new MeteorOptions { Synonyms = WordNet.Load(_folder) });
        Assert.Contains("|stages:exact+porter+wordnet|", withSynonyms.ScoreSentence("a", "a").Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_dictionary_is_refused_by_file_and_line()
    {
        Write("data.verb", "00000030 30 v 02 begin 0 start 0 000 | set out\n00000040 30 v 09 begin 0\n");

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => WordNet.Load(_folder));

        Assert.Contains("data.verb, line 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_the_settings_are_reported_at_once() =>
        Assert.Equal(3, new MeteorOptions { Alpha = 2, Beta = 0, Gamma = double.NaN }.Validate().Count);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
