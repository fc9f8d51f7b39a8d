using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sequor.Tensors;

/// <summary>The sizes of a tensor, outermost first: none to four of them, kept in the value itself so that shapes never allocate.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>
{
    private readonly int _size0, _size1, _size2, _size3;

    /// <summary>Makes the shape with the given sizes.</summary>
    /// <param name="sizes">None to four sizes, each 0 or more.</param>
    /// <exception cref="ShapeException">There are more than four sizes, or one is negative.</exception>
    public Shape(ReadOnlySpan<int> sizes)
    {
        Errors.ShapeErrors.CheckSizes(sizes);
        Rank = sizes.Length;
        _size0 = Rank > 0 ? sizes[0] : 1;
        _size1 = Rank > 1 ? sizes[1] : 1;
        _size2 = Rank > 2 ? sizes[2] : 1;
        _size3 = Rank > 3 ? sizes[3] : 1;
    }

    /// <summary>The number of sizes, 0 (a single number) to 4.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of all sizes.</summary>
    /// <exception cref="OverflowException">There are more than 2⁶³ - 1.</exception>
    public long Count => checked((long)_size0 * _size1 * _size2 * _size3);

    /// <summary>The last size, or 1 for a single number.</summary>
    public int Width => Rank == 0 ? 1 : this[Rank - 1];

    /// <summary>The number of rows of the last size: the product of all sizes but the last.</summary>
    public int Rows => Width == 0 ? 0 : checked((int)(Count / Width));

    /// <summary>One size, counted from the outermost.</summary>
    /// <param name="index">0 to <see cref="Rank"/> - 1.</param>
    public int this[int index] => index switch
    {
        0 when Rank > 0 => _size0,
        1 when Rank > 1 => _size1,
        2 when Rank > 2 => _size2,
        3 when Rank > 3 => _size3,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, $"The shape {this} has {Rank} sizes."),
    };

    /// <summary>Makes a shape from a collection expression such as <c>[2, 3]</c>.</summary>
    /// <param name="sizes">None to four sizes, each 0 or more.</param>
    public static Shape Create(ReadOnlySpan<int> sizes) => new(sizes);

    /// <summary>Lists the sizes; lets a shape be spread and enumerated.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = 0; i < Rank; i++)
        {
            yield return this[i];
        }
    }

    /// <summary>This shape with its last size replaced.</summary>
    /// <param name="width">The new last size, 0 or more.</param>
    public Shape WithWidth(int width) => Rank switch
    {
        1 => [width],
        2 => [_size0, width],
        3 => [_size0, _size1, width],
        4 => [_size0, _size1, _size2, width],
        _ => throw new InvalidOperationException("A single number has no last size to replace."),
    };

    /// <inheritdoc/>
    public bool Equals(Shape other) => Rank == other.Rank && _size0 == other._size0 && _size1 == other._size1
        && _size2 == other._size2 && _size3 == other._size3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rank, _size0, _size1, _size2, _size3);

    /// <summary>Whether two shapes have the same sizes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The sizes in brackets, such as <c>[2, 3]</c>.</summary>
    public override string ToString()
    {
        var sizes = new string[Rank];
        for (int i = 0; i < Rank; i++)
        {
            sizes[i] = this[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"[{string.Join(", ", sizes)}]";
    }
}
