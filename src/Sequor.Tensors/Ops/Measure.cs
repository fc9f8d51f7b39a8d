namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>The root of the sum of all squares, in an order fixed by the size. It takes no part in gradients.</summary>
    public double Norm()
    {
        double squares = Kernels.SumOfSquares(Storage);
        GC.KeepAlive(_owner);
        return Math.Sqrt(squares);
    }

    /// <summary>The sum of all elements in double precision, in an order fixed by the size. It takes no part in gradients; see <see cref="Sum"/>.</summary>
    public double Total()
    {
        double total = Kernels.Sum(Storage);
        GC.KeepAlive(_owner);
        return total;
    }

    /// <summary>Whether every element is a finite number.</summary>
    public bool IsFinite()
    {
        bool finite = Kernels.CountNonFinite(Storage) == 0;
        GC.KeepAlive(_owner);
        return finite;
    }
}
