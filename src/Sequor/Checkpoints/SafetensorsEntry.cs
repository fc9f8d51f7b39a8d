using Sequor.Configuration;

namespace Sequor.Checkpoints;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its elements are stored.</param>
/// <param name="Shape">Its lengths, outermost first; empty for a scalar.</param>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="ByteCount">How many bytes it has.</param>
public sealed record SafetensorsEntry(string Name, StoredType Type, ValueList<int> Shape, long Offset, long ByteCount)
{
    /// <summary>How many elements it has.</summary>
    public long ElementCount => ByteCount / Type.ElementBytes;
}
