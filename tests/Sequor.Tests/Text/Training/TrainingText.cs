using System.Globalization;
using System.Runtime.CompilerServices;
using Sequor.Text;
using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

/// <summary>The small corpus beside this file, and the piece lists that spm_train makes of it.</summary>
internal static class TrainingText
{
    public static string[] Lines { get; } = Read("text.txt");

    public static string[] Read(string name, [CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "golden", name));

    /// <summary>The identity rule: no character changes; spaces are collapsed and written as U+2581.</summary>
    public static string Identity(string line) =>
        string.Concat(line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => "\u2581" + word));

    public static IReadOnlyList<ModelPiece> Train(SubwordTrainingOptions options) => Train(Lines, options);

    public static IReadOnlyList<ModelPiece> Train(IEnumerable<string> lines, SubwordTrainingOptions options) =>
        PieceTraining.Train(lines, options, Identity, TestContext.Current.CancellationToken);

    public static SentencePieceModel Model(SubwordTrainingOptions options) =>
        SentencePieceTrainer.Train(Lines, options, TestContext.Current.CancellationToken);

    public static TrainingCorpus Corpus(IEnumerable<string> lines, SubwordTrainingOptions options, params string[] symbols)
    {
        TrainingCorpus corpus = new(options, Identity, symbols);
        corpus.Read(lines, TestContext.Current.CancellationToken);
        return corpus;
    }

    /// <summary>Pieces and scores as spm_train writes them.</summary>
    public static IEnumerable<string> VocabularyLines(IReadOnlyList<ModelPiece> trained) =>
        trained.Select(piece => $"{piece.Text}\t{piece.Score.ToString("G6", CultureInfo.InvariantCulture)}");
}
