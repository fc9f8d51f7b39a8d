namespace Sequor.Tensors.Autograd;

/// <summary>The tensors of a <see cref="TapeEntry"/>.</summary>
[Flags]
internal enum TapeValues
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The first input.</summary>
    A = 1,

    /// <summary>The second input.</summary>
    B = 2,

    /// <summary>The third input.</summary>
    C = 4,

    /// <summary>The result.</summary>
    Output = 8,

    /// <summary>The fourth input.</summary>
    D = 16,

    /// <summary>All of them: the way back needs gradients and sizes alone.</summary>
    All = A | B | C | D | Output,
}
