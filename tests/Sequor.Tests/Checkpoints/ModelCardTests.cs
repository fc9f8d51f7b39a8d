using System.Text;
using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class ModelCardTests
{
    [Fact]
    public void A_card_comes_back_as_it_was_written()
    {
        string json = Card().ToJson();
        ModelCard read = ModelCard.Parse(Encoding.UTF8.GetBytes(json), "card.json");

        Assert.Equal(json, read.ToJson());
        Assert.Equal(Card().Metrics, read.Metrics);
        Assert.Equal(Card().TrainingData, read.TrainingData);
        Assert.Equal(Card().Curve, read.Curve);
        Assert.Equal(Card().Training, read.Training);
        Assert.Equal(Card().Files, read.Files);
        Assert.Contains("\"weights_sha256\": \"abc\"", json, StringComparison.Ordinal);
        Assert.Contains("\"license\": \"CC BY 2.0 FR\"", json, StringComparison.Ordinal);
        Assert.Contains("Sätze über Züge", json, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_card_leaves_out_is_empty_and_not_null()
    {
        ModelCard read = ModelCard.Parse("{\"unknown\": 1}"u8, "card.json");

        Assert.Equal((1, "", ""), (read.FormatVersion, read.Name, read.IntendedUse));
        Assert.Equal(new ModelCard().ToJson(), read.ToJson());
        Assert.Empty(read.KnownFailures);
        Assert.Empty(read.Metrics);
        Assert.Empty(read.Files);
        Assert.Equal(new CardTraining(), read.Training);
    }

    [Theory]
    [InlineData("", "card.json is damaged: ")]
    [InlineData("null", "card.json is damaged: it is null")]
    [InlineData("{\"name\": 5}", "card.json is damaged: ")]
    [InlineData("{\"name\": null}", "card.json is damaged: ")]
    [InlineData("{\"metrics\": [{\"name\": \"bleu\"}]}", "card.json is damaged: ")]
    [InlineData("{\"format_version\": 2}", "card.json has format 2, and this version of Sequor reads formats up to 1")]
    public void A_card_that_cannot_be_read_is_refused_with_its_name(string json, string sentence) =>
        Assert.StartsWith(sentence,
            Assert.Throws<ModelFormatException>(() => ModelCard.Parse(Encoding.UTF8.GetBytes(json), "card.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_card_for_people_reads_so() => Assert.Equal("""
        # Tatoeba en-de

        Translates short everyday sentences.

        - Languages: en → de
        - Parameters: 2,350,000
        - Licence: CC BY 2.0 FR
        - Tuned from: models/parent
        - Seed: 7
        - Weights (SHA-256): `abc`

        ## Intended use

        Sätze über Züge.

        ## Known failures

        - Names of people.
        - Numbers.

        ## Training data

        - **Tatoeba**, licence: CC BY 2.0 FR, 250,000 pairs. tatoeba.org (SHA-256 `def`)

        ## Scores

        | metric | test set | score | 95 % interval | signature |
        | --- | --- | --- | --- | --- |
        | bleu | test | 40.26 | 39.00 to 41.50 | `nrefs:1\|case:mixed` |
        | accuracy | dev | 71.50 |  |  |

        ## Training

        5,000 updates over 4.5 epochs in 16.2 minutes, 25,600 target tokens per second.
        2 cores
        Sequor 0.1.0

        | update | validation loss | BLEU |
        | --- | --- | --- |
        | 1000 | 2.5000 |  |
        | 2000 | 2.0000 | 30.10 |

        """, Card().ToMarkdown());

    private static ModelCard Card() => new()
    {
        Name = "Tatoeba en-de",
        Description = "Translates short everyday sentences.",
        SourceLanguage = "en",
        TargetLanguage = "de",
        License = "CC BY 2.0 FR",
        IntendedUse = "Sätze über Züge.",
        KnownFailures = ["Names of people.", "Numbers."],
        TrainingData = [new("Tatoeba", "CC BY 2.0 FR", "def", 250_000, "tatoeba.org")],
        Parent = "models/parent",
        Seed = 7,
        Parameters = 2_350_000,
        WeightsSha256 = "abc",
        Metrics = [new("bleu", "test", 40.256, "nrefs:1|case:mixed", 39, 41.5), new("accuracy", "dev", 71.5)],
        Curve = [new(1000, 2.5), new(2000, 2, 30.1)],
        Training = new(5000, 4.5, 16.2, 25_600),
        Machine = "2 cores",
        Software = "Sequor 0.1.0",
        Files = new Dictionary<string, string> { ["vocabulary.model"] = "123" },
    };
}
