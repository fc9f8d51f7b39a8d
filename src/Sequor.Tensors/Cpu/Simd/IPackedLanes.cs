namespace Sequor.Tensors.Cpu.Simd;

/// <summary>What a product of whole numbers needs from an instruction set. Kernels are written once against it and compiled for each implementation.</summary>
/// <typeparam name="TSums">The sums of <see cref="Outputs"/> outputs for one row of inputs, in parts or not.</typeparam>
/// <typeparam name="TWeights">The weights of these outputs for one step along k.</typeparam>
/// <typeparam name="TInputs">The inputs of one row for one step.</typeparam>
internal unsafe interface IPackedLanes<TSums, TWeights, TInputs>
    where TSums : struct
    where TWeights : struct
    where TInputs : struct
{
    /// <summary>Outputs that go at once: 16, or a part of a panel.</summary>
    static abstract int Outputs { get; }

    /// <summary>Groups of four terms in a step, 1 or 2.</summary>
    static abstract int Groups { get; }

    /// <summary>Bytes of the inputs of one row in a step.</summary>
    static abstract int InputBytes { get; }

    /// <summary>Whether there are 32 registers instead of 16.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>Reads the weights of a step; groups lie <see cref="PackedTile.GroupBytes"/> apart.</summary>
    static abstract TWeights Load(byte* address);

    /// <summary>Reads the weights of the first group of a step, and nothing beyond; the others are 0.</summary>
    static abstract TWeights LoadOneGroup(byte* address);

    /// <summary>Reads the inputs of a step, for every output.</summary>
    static abstract TInputs Broadcast(byte* address);

    /// <summary>sums + the products of a step, exact.</summary>
    static abstract TSums Dot(TSums sums, TInputs inputs, TWeights weights);

    /// <summary>left + right.</summary>
    static abstract TSums Add(TSums left, TSums right);

    /// <summary>Writes the sums of the outputs.</summary>
    static abstract void Store(int* address, TSums sums);
}

/// <summary>One call of a micro-kernel: some rows by the outputs of some panels, or a part of each. Steps are in bytes.</summary>
internal unsafe struct PackedTile
{
    /// <summary>The bytes of a group of four terms of a panel: one cache line.</summary>
    internal const int GroupBytes = 64;

    /// <summary>The sums of a panel for one row.</summary>
    internal const int PanelSums = 16;

    /// <summary>How many panels are computed, one after the other.</summary>
    internal int Panels;

    /// <summary>Groups of four terms.</summary>
    internal long Groups;

    /// <summary>The first row's inputs; what follows them up to a whole step is read too and counts for nothing.</summary>
    internal byte* A;

    /// <summary>From one row of inputs to the next.</summary>
    internal long ARow;

    /// <summary>The first output's first weight.</summary>
    internal byte* B;

    /// <summary>From one panel to the next.</summary>
    internal long BPanel;

    /// <summary>The weights that are asked for with the first line of weights that is read.</summary>
    internal byte* Ahead;

    /// <summary>From there to what is asked for with the next line, in bytes: the lines of a share are asked for more than once when it is less than a line.</summary>
    internal long AheadLine;

    /// <summary>Where the sums go.</summary>
    internal int* C;

    /// <summary>From one row of sums to the next, in numbers.</summary>
    internal long CRow;
}
