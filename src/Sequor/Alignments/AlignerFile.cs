namespace Sequor.Alignments;

/// <summary>Files of aligners; <c>docs/formats.md</c> has the bytes.</summary>
internal static class AlignerFile
{
    private const string FirstLine = "sequor-aligner 1";

    internal static void Write(string path, WordAligner aligner) => CheckedFile.Write(path, FirstLine, writer =>
    {
        writer.Write(aligner.IsOfPieces);
        CheckedFile.Write(writer, aligner.SourceWords.Words);
        CheckedFile.Write(writer, aligner.TargetWords.Words);
        Write(writer, aligner.Forward);
        Write(writer, aligner.Reverse);
    });

    internal static WordAligner Read(string path) => CheckedFile.Read(path, FirstLine, "aligner of 'sequor align --model'", reader =>
    {
        bool isOfPieces = reader.ReadBoolean();
        var sources = new WordNumbers(CheckedFile.ReadWords(reader));
        var targets = new WordNumbers(CheckedFile.ReadWords(reader));
        return new WordAligner(sources, targets, isOfPieces, ReadDirection(reader), ReadDirection(reader));
    });

    private static void Write(BinaryWriter writer, DirectedAligner? direction)
    {
        writer.Write(direction is not null);
        if (direction is null)
            return;
        writer.Write((int)direction.Prior.Kind);
        writer.Write(direction.Prior.NullProbability ?? -1);
        writer.Write(direction.Prior.Tension);
        writer.Write(direction.Rows.Count);
        for (int row = 0; row < direction.Rows.Count; row++)
        {
            writer.Write(direction.Rows.SizeOf(row));
            foreach (TranslationEntry entry in direction.Rows[row].Where(entry => entry.Key != 0).OrderBy(entry => entry.Key))
            {
                writer.Write(entry.Key - 1);
                writer.Write(entry.Probability);
            }
        }
    }

    private static DirectedAligner? ReadDirection(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
            return null;
        var kind = (AlignmentPrior)reader.ReadInt32();
        double none = reader.ReadDouble();
        LinkPrior prior = new(kind, none < 0 ? null : none, reader.ReadDouble());
        var rows = new TranslationRows(reader.ReadInt32() - 1);
        for (int row = 0; row < rows.Count; row++)
        {
            for (int left = reader.ReadInt32(); left > 0; left--)
            {
                int written = reader.ReadInt32();
                rows.Add(row, written).Probability = reader.ReadSingle();
            }
        }

        return DirectedAligner.Of(rows, prior);
    }
}
