namespace Sequor.Batching;

/// <summary>Lays pairs out as the model reads them.</summary>
internal static class TrainingBatches
{
    internal static TrainingBatch Build(EncodedPairs pairs, int[] members, PairEncoder encoder, DataPosition next, long epoch)
    {
        int count = members.Length;
        long[] numbers = new long[count];
        int[] sourceLengths = new int[count];
        int[] targetLengths = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = pairs.Number(members[i]);
            sourceLengths[i] = pairs.SourceLength(members[i]) + 1;
            targetLengths[i] = pairs.TargetLength(members[i]) + 1;
        }

        int[] source = new int[sourceLengths.Sum()];
        int[] input = new int[targetLengths.Sum()];
        int[] output = new int[input.Length];
        Span<int> sourceRoom = source;
        Span<int> inputRoom = input;
        Span<int> outputRoom = output;
        for (int i = 0; i < count; i++)
        {
            int sourceTokens = sourceLengths[i] - 1;
            int targetTokens = targetLengths[i] - 1;
            pairs.CopySource(members[i], sourceRoom);
            sourceRoom[sourceTokens] = encoder.SourceEndId;
            inputRoom[0] = encoder.TargetBeginId;
            pairs.CopyTarget(members[i], inputRoom[1..]);
            pairs.CopyTarget(members[i], outputRoom);
            outputRoom[targetTokens] = encoder.TargetEndId;
            sourceRoom = sourceRoom[(sourceTokens + 1)..];
            inputRoom = inputRoom[(targetTokens + 1)..];
            outputRoom = outputRoom[(targetTokens + 1)..];
        }

        return new TrainingBatch(
            new SequenceBatch(source, sourceLengths, numbers), new SequenceBatch(input, targetLengths, numbers), output, next, epoch,
            pairs.HasLinks ? Guide(pairs, members, targetLengths) : null);
    }

    private static AttentionGuide? Guide(EncodedPairs pairs, int[] members, int[] targetLengths)
    {
        int[] starts = new int[targetLengths.Sum() + 1];
        List<int> sources = [];
        int first = 0;
        for (int i = 0; i < members.Length; i++)
        {
            foreach (PieceLink link in pairs.Links(members[i]))
            {
                starts[first + link.Target + 1]++;
                sources.Add(link.Source);
            }

            first += targetLengths[i];
        }

        for (int row = 1; row < starts.Length; row++)
            starts[row] += starts[row - 1];
        return sources.Count == 0 ? null : new AttentionGuide(starts, [.. sources]);
    }
}
