using Sequor.Batching;
using Sequor.Text;

namespace Sequor.Tests.Batching;

public class PairEncoderTests
{
    [Fact]
    public void Tokenizers_give_the_ids_and_the_special_tokens()
    {
        WordTokenizer english = WordTokenizer.Build(["the house", "the dog"], maximumSize: 100);
        WordTokenizer german = WordTokenizer.Build(["das Haus", "der Hund"], maximumSize: 100);
        TrainingCorpus corpus = TrainingCorpus.Load(
            [new PairsInMemory([new("the cat", "das Haus")])], PairEncoder.From(english, german));
        using BatchSequence batches = corpus.Batches();

        TrainingBatch batch = batches.Next();

        Assert.Equal([english.Vocabulary.IdOf("the"), english.Vocabulary.UnknownId, english.Vocabulary.EndId], batch.Source.Ids);
        Assert.Equal([german.Vocabulary.BeginId, german.Vocabulary.IdOf("das"), german.Vocabulary.IdOf("Haus")], batch.TargetInput.Ids);
        Assert.Equal([german.Vocabulary.IdOf("das"), german.Vocabulary.IdOf("Haus"), german.Vocabulary.EndId], batch.TargetOutput);
        Assert.Equal((1, 0), (corpus.Report.Source.UnknownTokens, corpus.Report.Target.UnknownTokens));
    }

    [Fact]
    public void A_vocabulary_without_an_end_token_is_refused()
    {
        WordTokenizer bare = new(new Vocabulary(["<unk>", "<s>", "a"]));
        ArgumentException fault = Assert.Throws<ArgumentException>(() => PairEncoder.From(bare, bare));
        Assert.StartsWith("The source vocabulary has no </s>", fault.Message, StringComparison.Ordinal);
    }
}
