namespace Sequor.Tensors.Memory;

/// <summary>Rows that outlive the steps that make them, such as the states of a decoder. They may become more and fewer, wider and narrower: memory is taken
/// only when there is more to keep than ever before.</summary>
public sealed class KeptRows : IDisposable
{
    private KeptBlock? _block;
    private Shape _shape;

    /// <summary>Whether there is nothing kept: the sign for what a model does not have.</summary>
    public bool IsNone { get; private set; } = true;

    /// <summary>The rows, valid until they are replaced; none where nothing is kept.</summary>
    public Tensor Value => IsNone ? default : new Tensor(_block!, 0, _block!.View<float>(_shape.Count), _shape);

    /// <summary>Replaces the rows.</summary>
    /// <param name="rows">[R, D], of any sizes; none to keep nothing.</param>
    public void Set(Tensor rows)
    {
        IsNone = rows.IsNone;
        if (IsNone)
        {
            return;
        }

        _shape = rows.Shape;
        long bytes = _shape.Count * sizeof(float);
        if (_block is null || _block.Bytes < bytes)
        {
            _block?.Release();
            _block = new KeptBlock(rows.Device, bytes);
        }

        // What is kept already may come back as it is.
        if (rows.Address != _block.View<float>(1).Address)
        {
            Value.CopyFrom(rows);
        }
    }

    /// <summary>Gives the memory back; nothing is kept afterwards.</summary>
    public void Dispose()
    {
        _block?.Release();
        (_block, IsNone) = (null, true);
    }
}
