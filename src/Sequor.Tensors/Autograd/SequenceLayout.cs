using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>Where each sentence begins when a batch's sentences are laid end to end without padding: row r of sentence i is Starts[i] + r.</summary>
public sealed class SequenceLayout
{
    private readonly int[] _lengths;

    private SequenceLayout(Step step, int[] lengths) => (Step, _lengths) = (step, lengths);

    /// <summary>The number of sentences, B.</summary>
    public int Count => _lengths.Length;

    /// <summary>The number of rows of all sentences together, N.</summary>
    public int Rows { get; private init; }

    /// <summary>The rows of each sentence, [B].</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    internal Step Step { get; }

    /// <summary>The first row of each sentence, [B].</summary>
    internal Storage<int> StartStorage { get; private init; }

    /// <summary>The rows of each sentence, [B].</summary>
    internal Storage<int> LengthStorage { get; private init; }

    /// <summary>The position of each row in its sentence, [N].</summary>
    internal Storage<int> Positions { get; private init; }

    /// <summary>The random key of each row, from the sentence's number and the position, [N].</summary>
    internal Storage<uint> RowKeys { get; private init; }

    internal static SequenceLayout Create(Step step, ReadOnlySpan<int> lengths, ReadOnlySpan<long> numbers, int firstPosition)
    {
        int rows = 0;
        var starts = new int[lengths.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengths[i], nameof(lengths));
            starts[i] = rows;
            rows += lengths[i];
        }

        var positions = new int[rows];
        var keys = new uint[rows];
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int r = 0; r < lengths[i]; r++)
            {
                positions[starts[i] + r] = firstPosition + r;
                keys[starts[i] + r] = RandomKeys.Row(numbers.IsEmpty ? i : numbers[i], firstPosition + r);
            }
        }

        return new SequenceLayout(step, lengths.ToArray())
        {
            Rows = rows,
            StartStorage = step.Upload<int>(starts),
            LengthStorage = step.Upload(lengths),
            Positions = step.Upload<int>(positions),
            RowKeys = step.Upload<uint>(keys),
        };
    }
}
