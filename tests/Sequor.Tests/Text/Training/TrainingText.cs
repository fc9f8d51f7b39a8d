using System.Globalization;
using System.Runtime.CompilerServices;
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

    public static TrainedPieces Train(SubwordTrainingOptions options) => PieceTraining.Train(Lines, options, Identity);

    /// <summary>Pieces and scores as spm_train writes them.</summary>
    public static IEnumerable<string> VocabularyLines(TrainedPieces trained) =>
        trained.Pieces.Select(piece => $"{piece.Piece}\t{piece.Score.ToString("G6", CultureInfo.InvariantCulture)}");
}
