using System.Runtime.InteropServices;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>
/// The memory and the tape of one training or decoding step. One object per session serves step after step:
/// <code>using (step.Begin(options)) { … }</code>
/// Every tensor made inside ends with the step. Not thread-safe, and never to be held across an <c>await</c>.
/// </summary>
public sealed class Step : TensorOwner, IDisposable
{
    private readonly Arena _arena;
    private readonly StepTensors _tensors;
    private readonly Tape _tape;
    private readonly List<KeptBlock> _borrowed = [];
    private int _generation;
    private bool _open;
    private bool _disposed;
    private uint _dropoutSites;
    private GCHandle _whileOpen;

    /// <summary>Makes a session's step; memory is taken as it is needed and kept until <see cref="Dispose"/>.</summary>
    /// <param name="device">Where tensors are made; the default device when left out.</param>
    public Step(Device? device = null)
        : base(device ?? Device.Default)
    {
        _arena = new Arena(Device);
        _tensors = new StepTensors(_arena);
        _tape = new Tape(_arena, _tensors);
    }

    /// <summary>What the running step is for.</summary>
    public StepOptions Options { get; private set; }

    /// <summary>Bytes of memory that this session holds for its steps.</summary>
    public long ReservedBytes => _arena.ReservedBytes;

    /// <summary>The most bytes that one step of this session has used so far.</summary>
    public long PeakBytes => _arena.PeakBytes;

    internal override Step? AsStep => this;

    /// <summary>Opens a step; disposing the result ends it.</summary>
    /// <param name="options">What the step is for.</param>
    /// <exception cref="InvalidOperationException">A step of this session is open already.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public Scope Begin(StepOptions options = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_open)
        {
            LifetimeErrors.StepIsOpen();
        }

        // Kernels name the arena's memory by address alone: while a step is open, its session must not be collected.
        _whileOpen = GCHandle.Alloc(this);
        _open = true;
        Options = options;
        _dropoutSites = 0;
        return new Scope(this);
    }

    /// <summary>A tensor of this step with the given numbers.</summary>
    /// <param name="values">As many as the shape has elements, row after row.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ShapeException">The number of values is not that of the shape.</exception>
    public Tensor From(ReadOnlySpan<float> values, Shape shape)
    {
        if (values.Length != shape.Count)
        {
            ShapeErrors.CannotReshape([values.Length], shape);
        }

        Tensor result = Allocate(shape, recorded: false);
        Device.Upload(values, result.Storage);
        return result;
    }

    /// <summary>A tensor of this step that is one number throughout.</summary>
    /// <param name="value">The number.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="InvalidOperationException">No step is open.</exception>
    public Tensor Filled(float value, Shape shape)
    {
        Tensor result = Allocate(shape, recorded: false);
        result.Kernels.Fill(result.Storage, value);
        return result;
    }

    /// <summary>Brings a parameter or a kept tensor into this step without copying it, so that ops on it alone belong to the step and are recorded.</summary>
    /// <param name="tensor">[...]; any sizes.</param>
    /// <returns>The same numbers in the same shape; a parameter's gradient flows through.</returns>
    /// <exception cref="InvalidOperationException">No step is open, or the tensor belongs to another session's step.</exception>
    public Tensor Use(Tensor tensor)
    {
        CheckOpen();
        tensor.Owner.CheckAlive(tensor.Generation, tensor.Place);
        if (ReferenceEquals(tensor.Owner, this))
        {
            return tensor;
        }

        if (tensor.Owner.AsStep is not null)
        {
            LifetimeErrors.DifferentSteps();
        }

        Borrow(tensor);
        bool recorded = Options.RecordGradients && Gradients.Wants(tensor);
        var result = new Tensor(this, _generation, tensor.Storage, tensor.Shape, recorded ? _tape.Gradients.AddNode(tensor.Storage) : Tensor.NoNode);
        if (recorded)
        {
            Remember(new TapeEntry { Backward = Tensor.UseBackward, Unread = TapeValues.All, Output = result, A = tensor });
        }

        return result;
    }

    /// <summary>Sentences laid end to end, for the ops that must know where each begins.</summary>
    /// <param name="lengths">The rows of each sentence, each 1 or more.</param>
    /// <param name="sentenceNumbers">The number of each sentence in its corpus; random choices are keyed by it. Left out: 0, 1, 2…</param>
    /// <param name="firstPosition">The position of each sentence's first row, 0 unless earlier rows lie in a cache.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1, or the first position is negative.</exception>
    /// <exception cref="ArgumentException">There are not as many numbers as lengths.</exception>
    public SequenceLayout Layout(ReadOnlySpan<int> lengths, ReadOnlySpan<long> sentenceNumbers = default, int firstPosition = 0) =>
        SequenceLayout.Create(this, lengths, sentenceNumbers, firstPosition);

    /// <summary>Rows that are each one position of a sentence of their own, as in a step of decoding.</summary>
    /// <param name="positions">The position of each row, 0 or more, [N].</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is negative.</exception>
    public SequenceLayout LayoutOfRows(ReadOnlySpan<int> positions) => SequenceLayout.CreateOfRows(this, positions);

    /// <summary>
    /// Works out d loss / d parameter for every parameter that took part, and adds it to the parameter's gradient. Tensors that were discarded give their
    /// memory back on the way, so that a second loss of the same step that depends on them cannot be differentiated any more.
    /// </summary>
    /// <param name="loss">[1], made in this step by recorded ops.</param>
    /// <exception cref="InvalidOperationException">The step records no gradients, the loss depends on no parameter or on another session's step, or
    /// what it depends on was differentiated and discarded before.</exception>
    /// <exception cref="ObjectDisposedException">The step that made the loss has ended.</exception>
    public void Backward(Tensor loss)
    {
        loss.Owner.CheckAlive(loss.Generation, loss.Place);
        if (loss.Owner.AsStep is { } owner && !ReferenceEquals(owner, this))
        {
            LifetimeErrors.DifferentSteps();
        }

        if (!Options.RecordGradients || loss.Node == Tensor.NoNode)
        {
            LifetimeErrors.NothingToDifferentiate(Options.RecordGradients);
        }

        if (loss.Shape.Count != 1)
        {
            ShapeErrors.CannotReshape(loss.Shape, []);
        }

        _tape.RunBackwards(loss);
    }

    /// <summary>Gives the memory back that is kept from step to step; the next step takes it anew.</summary>
    /// <exception cref="InvalidOperationException">A step of this session is open.</exception>
    public void Trim()
    {
        if (_open)
        {
            LifetimeErrors.StepIsOpen();
        }

        _arena.Trim();
    }

    /// <summary>Gives all memory back.</summary>
    public void Dispose()
    {
        _disposed = true;
        Close();
        _arena.Dispose();
    }

    internal override void CheckAlive(int generation, int place = StepTensors.None)
    {
        if (generation != _generation)
        {
            LifetimeErrors.StepHasEnded();
        }

        if (_tensors.IsGone(place))
        {
            LifetimeErrors.WasDiscarded();
        }
    }

    /// <summary>Nobody will read these numbers again but the way back.</summary>
    internal void Discard(int place, Storage<float> storage) => _tensors.Discard(place, storage);

    /// <summary>Discards every tensor but the loss: gradients are then right only when each op kept what its way back reads.</summary>
    internal void DiscardAllBut(Tensor loss) => _tensors.DiscardAll(loss.Place);

    /// <summary>An op that names its inputs in no field of its tape entry will read these numbers on its way back.</summary>
    internal void KeepForBackward(Tensor tensor)
    {
        if (!tensor.IsNone)
        {
            _tensors.KeepForBackward(tensor.Place);
        }
    }

    /// <summary>Keeps a tensor's own block until the step ends: kernels and results name its memory by address alone.</summary>
    internal void Borrow(Tensor tensor)
    {
        if (!tensor.IsNone && tensor.Owner is KeptBlock block)
        {
            _borrowed.Add(block);
        }
    }

    internal Storage<T> Take<T>(long length)
        where T : unmanaged
    {
        CheckOpen();
        return _arena.Take<T>(length);
    }

    internal Storage<T> Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Storage<T> storage = Take<T>(values.Length);
        Device.Upload(values, storage);
        return storage;
    }

    internal int Generation => _generation;

    /// <summary>Gives memory back that was taken for an op's own use and is read by nobody after it.</summary>
    internal void Release<T>(Storage<T> storage)
        where T : unmanaged => _arena.Release(storage);

    /// <summary>Managed arrays for the span of a step.</summary>
    internal LentArrays Lent { get; } = new();

    internal Tensor Allocate(Shape shape, bool recorded)
    {
        Storage<float> storage = Take<float>(shape.Count);
        return new Tensor(this, _generation, storage, shape, recorded ? _tape.Gradients.AddNode(storage) : Tensor.NoNode, _tensors.Add(storage));
    }

    internal void Remember(in TapeEntry entry) => _tape.Remember(in entry);

    /// <summary>The key of the next place that drops elements: the same at every run with this seed, update and order of layers.</summary>
    internal uint NextDropoutSite() => RandomKeys.Site(Options.Seed, Options.Update, _dropoutSites++);

    private void End()
    {
        Close();
        _arena.Reset();
    }

    private void Close()
    {
        if (_open)
        {
            _whileOpen.Free();
        }

        _open = false;
        _generation++;
        _borrowed.Clear();
        Lent.TakeBack();
        _tape.Reset();
        _tensors.Reset();
    }

    private void CheckOpen()
    {
        if (!_open)
        {
            LifetimeErrors.NoStepIsOpen();
        }
    }

    /// <summary>An open step; disposing it ends the step and all its tensors.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly Step _step;
        private readonly int _generation;

        internal Scope(Step step) => (_step, _generation) = (step, step._generation);

        /// <summary>Ends the step, if it is still open.</summary>
        public void Dispose()
        {
            if (_step._generation == _generation)
            {
                _step.End();
            }
        }
    }
}
