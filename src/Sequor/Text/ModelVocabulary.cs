using Sequor.Text.Protobuf;

namespace Sequor.Text;

/// <summary>The vocabulary that a SentencePiece model implies.</summary>
internal static class ModelVocabulary
{
    /// <summary>All pieces; a reserved name goes before text of the same spelling, and the special ones are those the model names.</summary>
    public static Vocabulary Of(SentencePieceModel model)
    {
        string[] pieces = [.. model.Pieces.Select(piece => piece.Text)];
        var ids = new Dictionary<string, int>(pieces.Length, StringComparer.Ordinal);
        for (int id = 0; id < pieces.Length; id++)
        {
            if (!ids.TryAdd(pieces[id], id) && model.Pieces[id].Type is PieceType.Control or PieceType.Unknown or PieceType.Byte)
            {
                ids[pieces[id]] = id;
            }
        }

        TrainerSpec trainer = model.Proto.TrainerOrDefault;
        int unknown = Array.FindIndex(pieces, 0, piece => model.Pieces[ids[piece]].Type == PieceType.Unknown);
        return new Vocabulary(
            pieces, ids, unknown, Control(trainer.BosPiece), Control(trainer.EosPiece), Control(trainer.PadPiece));

        int Control(string name) =>
            ids.TryGetValue(name, out int id) && model.Pieces[id].Type == PieceType.Control ? id : -1;
    }
}
