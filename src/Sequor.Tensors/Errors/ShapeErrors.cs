using System.Diagnostics.CodeAnalysis;

namespace Sequor.Tensors.Errors;

/// <summary>Every sentence about sizes that the engine can fail with, written once.</summary>
internal static class ShapeErrors
{
    [DoesNotReturn]
    internal static void TooManyTerms(string type, int rows, int columns, int most) => throw new ArgumentOutOfRangeException(
        nameof(columns), columns,
        $"A weight of {rows} rows of {columns} numbers cannot be packed as {type}: 32-bit sums hold products of at most {most} numbers. Use bfloat16.");

    internal static void CheckSizes(ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > 4)
        {
            TooManySizes(sizes.Length);
        }

        foreach (int size in sizes)
        {
            if (size < 0)
            {
                NegativeSize(size);
            }
        }
    }

    internal static void CheckSame(string operation, Shape left, Shape right)
    {
        if (left != right)
        {
            Differ(operation, left, right);
        }
    }

    /// <summary>As the other, of a part of an operation: its name is put together only when it is needed, because that allocates.</summary>
    internal static void CheckSame(string operation, string part, Shape left, Shape right)
    {
        if (left != right)
        {
            Differ($"{operation}'s {part}", left, right);
        }
    }

    internal static void CheckWidth(string operation, string role, Shape shape, int width)
    {
        if (shape.Width != width)
        {
            WrongWidth(operation, role, shape, width);
        }
    }

    internal static void CheckRows(string operation, string role, Shape shape, int rows)
    {
        if (shape.Rows != rows)
        {
            WrongRows(operation, role, shape, rows);
        }
    }

    internal static void CheckRank(string operation, string role, Shape shape, int rank)
    {
        if (shape.Rank != rank)
        {
            WrongRank(operation, role, shape, rank);
        }
    }

    [DoesNotReturn]
    internal static void InnerSizesDiffer(Shape left, Shape right) => throw new ShapeException(
        $"MatMul of {left} by {right}: the last size on the left ({left.Width}) must equal the second to last on the right. " +
        "Did one of them need to be transposed?");

    [DoesNotReturn]
    internal static void CannotReshape(Shape from, Shape to) => throw new ShapeException(
        $"Reshape of {from} ({from.Count} elements) to {to} ({to.Count} elements): the number of elements must stay the same.");

    [DoesNotReturn]
    internal static void HeadsDoNotDivide(int width, int heads) => throw new ShapeException(
        $"Attention over width {width} with {heads} heads: the width must be a multiple of the number of heads.");

    [DoesNotReturn]
    internal static void OutOfRange(string operation, string role, int start, int length, int size) => throw new ShapeException(
        $"{operation}: {role} from {start} with length {length} does not lie within 0 to {size}.");

    [DoesNotReturn]
    private static void TooManySizes(int count) => throw new ShapeException(
        $"A shape has at most 4 sizes, but {count} were given. Fold the outer ones into one.");

    [DoesNotReturn]
    private static void NegativeSize(int size) => throw new ShapeException($"A size must be 0 or more, but {size} was given.");

    [DoesNotReturn]
    private static void Differ(string operation, Shape left, Shape right) => throw new ShapeException(
        $"{operation} of {left} and {right}: both must have the same shape.");

    [DoesNotReturn]
    private static void WrongWidth(string operation, string role, Shape shape, int width) => throw new ShapeException(
        $"{operation}: {role} has shape {shape}, whose last size must be {width}.");

    [DoesNotReturn]
    private static void WrongRows(string operation, string role, Shape shape, int rows) => throw new ShapeException(
        $"{operation}: {role} has shape {shape}, that is {shape.Rows} rows, where {rows} are needed.");

    [DoesNotReturn]
    private static void WrongRank(string operation, string role, Shape shape, int rank) => throw new ShapeException(
        $"{operation}: {role} has shape {shape}, but {rank} sizes are needed.");
}
