namespace Sequor.Tensors;

/// <summary>Sizes that do not fit together; the message names the operation, the shapes it was given and what it wanted.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Makes the exception with a whole sentence.</summary>
    /// <param name="message">Operation, shapes given, shapes wanted, what to try.</param>
    public ShapeException(string message)
        : base(message)
    {
    }
}
