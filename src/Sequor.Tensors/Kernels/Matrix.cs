using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>A view of numbers as rows and columns with free strides: transposes and column ranges are other views of the same numbers.</summary>
/// <param name="Storage">The numbers; element (row, column) lies at row × RowStride + column × ColumnStride.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
/// <param name="RowStride">Numbers from one row to the next.</param>
/// <param name="ColumnStride">Numbers from one column to the next.</param>
public readonly record struct Matrix(Storage<float> Storage, int Rows, int Columns, long RowStride, long ColumnStride = 1)
{
    /// <summary>Views numbers that lie row after row without gaps.</summary>
    /// <param name="storage">The numbers.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    public Matrix(Storage<float> storage, int rows, int columns)
        : this(storage, rows, columns, columns)
    {
    }

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    public Matrix Transposed => new(Storage, Columns, Rows, ColumnStride, RowStride);

    /// <summary>Some of the columns.</summary>
    /// <param name="start">The first column.</param>
    /// <param name="count">How many columns.</param>
    public Matrix ColumnRange(int start, int count) =>
        this with { Storage = Storage.Slice(start * ColumnStride, Storage.Length - (start * ColumnStride)), Columns = count };

    /// <summary>Some of the rows.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many rows.</param>
    public Matrix RowRange(int start, int count) =>
        this with { Storage = Storage.Slice(start * RowStride, Storage.Length - (start * RowStride)), Rows = count };
}
