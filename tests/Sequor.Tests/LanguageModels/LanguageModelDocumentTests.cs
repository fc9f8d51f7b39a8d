using Sequor.LanguageModels;
using Sequor.Tests.Checkpoints;
using Sequor.Text;

namespace Sequor.Tests.LanguageModels;

/// <summary>The blocks of <c>docs/language-models.md</c>.</summary>
public class LanguageModelDocumentTests
{
    [Fact]
    public void The_document_trains_saves_and_asks()
    {
        using TemporaryFolder folder = new();
        string path = folder["model.arpa"];
        CancellationToken stop = TestContext.Current.CancellationToken;
        string[] lines = ["der hund sieht die katze", "die katze sieht den hund"];
        Tokenizer tokenizer = WordTokenizer.Build(lines, 100);

        // sample: train
        NgramModel model = NgramTrainer.Train(lines, tokenizer, new NgramTrainingOptions { Order = 3 }, out NgramTrainingReport report, stop);
        model.Save(path);
        // end of sample

        // sample: fusion
        ILanguageModel language = NgramModel.Load(path).Over(tokenizer.Vocabulary);
        float[] row = new float[language.VocabularySize];
        NgramState state = language.Start;
        foreach (int id in tokenizer.Encode("der hund"))
            state = language.Advance(state, id);
        language.ScoreAll(state, row);
        // end of sample

        Assert.Equal(10, report.Words);
        Assert.Equal(tokenizer.Vocabulary.IdOf("sieht"), Array.IndexOf(row, row.Max()));
    }
}
