namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>
/// A vector of floats. Kernels are written once against this and compiled for each width; every operation rounds once per lane, so a lane's bits
/// do not depend on its place. A vector that ends beyond the data is read and written by <see cref="LoadFirst"/> and <see cref="StoreFirst"/>.
/// </summary>
/// <typeparam name="TSelf">The vector itself.</typeparam>
internal unsafe interface IFloats<TSelf>
    where TSelf : struct, IFloats<TSelf>
{
    /// <summary>Lanes.</summary>
    static abstract int Count { get; }

    /// <summary>One number in every lane.</summary>
    static abstract TSelf Of(float value);

    /// <summary>Reads all lanes.</summary>
    static abstract TSelf Load(float* from);

    /// <summary>from[i] - less[i] · 2^bits, whole numbers, as floats.</summary>
    static abstract TSelf OfDifference(int* from, int* less, int bits);

    /// <summary>Reads the first lanes and nothing behind them, which may not be there; the others come from <paramref name="rest"/>.</summary>
    static abstract TSelf LoadFirst(float* from, int count, TSelf rest);

    /// <summary>The first lanes of one vector, the others of another.</summary>
    static abstract TSelf First(int count, TSelf first, TSelf rest);

    /// <summary>Writes all lanes.</summary>
    void Store(float* to);

    /// <summary>Writes the first lanes and nothing behind them.</summary>
    void StoreFirst(float* to, int count);

    /// <summary>The sum of all lanes: halves are added until one is left.</summary>
    float Sum();

    /// <summary>The greatest lane; unspecified when one is NaN.</summary>
    float Greatest();

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>a · b + c with one rounding.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>c - a · b with one rounding.</summary>
    static abstract TSelf SubtractProduct(TSelf a, TSelf b, TSelf c);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>The absolute value.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>x with the sign of another vector.</summary>
    static abstract TSelf WithSign(TSelf x, TSelf sign);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>x within two bounds; NaN stays NaN.</summary>
    static abstract TSelf Clamp(TSelf x, TSelf low, TSelf high);

    /// <summary>The greater one; unspecified when one is NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>x · 2^exponent for whole exponents from -150 to 130, gradual underflow included.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf exponent);

    /// <summary>A bit for each lane, the first lowest: whether a ≥ b; not where one is NaN.</summary>
    static abstract uint AtLeast(TSelf a, TSelf b);

    /// <summary>Where a ≤ b: <paramref name="yes"/>, else, and where one is NaN, <paramref name="no"/>.</summary>
    static abstract TSelf WhereLessOrEqual(TSelf a, TSelf b, TSelf yes, TSelf no);

    /// <summary>Four neighbouring numbers of as many rows as there are lanes, turned: each result has one number of every row.</summary>
    /// <param name="rows">Where each row begins.</param>
    /// <param name="column">The first of the four.</param>
    /// <param name="first">Column, of all rows.</param>
    /// <param name="second">Column + 1.</param>
    /// <param name="third">Column + 2.</param>
    /// <param name="fourth">Column + 3.</param>
    static abstract void LoadColumns(float** rows, int column, out TSelf first, out TSelf second, out TSelf third, out TSelf fourth);

    /// <summary>The places of the columns 0, 1, 2 … on a hash's walk, as bits.</summary>
    static abstract TSelf Places(uint start, uint step);

    /// <summary>All places further by so much.</summary>
    static abstract TSelf Advance(TSelf places, uint by);

    /// <summary>The factors of dropout at these places: the scale where the hash reaches the threshold, else 0.</summary>
    static abstract TSelf Kept(TSelf places, uint threshold, float scale);
}
