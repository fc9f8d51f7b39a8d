namespace Sequor.Tensors.Cpu;

/// <summary>Work that falls into numbered items. Items are cut by the shape of the work, never by the number of threads.</summary>
internal interface IWork
{
    /// <summary>Does one item.</summary>
    /// <param name="item">0 to items - 1.</param>
    void Run(int item);
}
