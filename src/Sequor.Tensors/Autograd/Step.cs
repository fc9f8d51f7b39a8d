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
    private readonly Tape _tape;
    private int _generation;
    private bool _open;
    private bool _disposed;
    private uint _dropoutSites;

    /// <summary>Makes a session's step; memory is taken as it is needed and kept until <see cref="Dispose"/>.</summary>
    /// <param name="device">Where tensors are made; the default device when left out.</param>
    public Step(Device? device = null)
        : base(device ?? Device.Default)
    {
        _arena = new Arena(Device);
        _tape = new Tape(_arena);
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
    public Scope Begin(StepOptions options = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_open)
        {
            LifetimeErrors.StepIsOpen();
        }

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

    /// <summary>Brings a parameter or a kept tensor into this step without copying it, so that ops on it alone belong to the step and are recorded.</summary>
    /// <param name="tensor">[...]; any sizes.</param>
    /// <returns>The same numbers in the same shape; a parameter's gradient flows through.</returns>
    public Tensor Use(Tensor tensor)
    {
        if (ReferenceEquals(tensor.Owner, this))
        {
            return tensor;
        }

        bool recorded = Options.RecordGradients && Gradients.Wants(tensor);
        var result = new Tensor(this, _generation, tensor.Storage, tensor.Shape, recorded ? _tape.Gradients.AddNode() : Tensor.NoNode);
        if (recorded)
        {
            Remember(new TapeEntry { Backward = Tensor.UseBackward, Output = result, A = tensor });
        }

        return result;
    }

    /// <summary>Sentences laid end to end, for the ops that must know where each begins.</summary>
    /// <param name="lengths">The rows of each sentence, each 1 or more.</param>
    /// <param name="sentenceNumbers">The number of each sentence in its corpus; random choices are keyed by it. Left out: 0, 1, 2…</param>
    /// <param name="firstPosition">The position of each sentence's first row, 0 unless earlier rows lie in a cache.</param>
    public SequenceLayout Layout(ReadOnlySpan<int> lengths, ReadOnlySpan<long> sentenceNumbers = default, int firstPosition = 0) =>
        SequenceLayout.Create(this, lengths, sentenceNumbers, firstPosition);

    /// <summary>Works out d loss / d parameter for every parameter that took part, and adds it to the parameter's gradient.</summary>
    /// <param name="loss">[1], made in this step by recorded ops.</param>
    /// <exception cref="InvalidOperationException">The step records no gradients, or the loss depends on no parameter.</exception>
    public void Backward(Tensor loss)
    {
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

    /// <summary>Gives all memory back.</summary>
    public void Dispose()
    {
        _disposed = true;
        _generation++;
        _arena.Dispose();
    }

    internal override void CheckAlive(int generation)
    {
        if (generation != _generation)
        {
            LifetimeErrors.StepHasEnded();
        }
    }

    internal Storage<T> Take<T>(long length)
        where T : unmanaged
    {
        if (!_open)
        {
            LifetimeErrors.NoStepIsOpen();
        }

        return _arena.Take<T>(length);
    }

    internal Storage<T> Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Storage<T> storage = Take<T>(values.Length);
        Device.Upload(values, storage);
        return storage;
    }

    internal Tensor Allocate(Shape shape, bool recorded) =>
        new(this, _generation, Take<float>(shape.Count), shape, recorded ? _tape.Gradients.AddNode() : Tensor.NoNode);

    internal void Remember(in TapeEntry entry) => _tape.Remember(in entry);

    /// <summary>The key of the next place that drops elements: the same at every run with this seed, update and order of layers.</summary>
    internal uint NextDropoutSite() => RandomKeys.Site(Options.Seed, Options.Update, _dropoutSites++);

    private void End()
    {
        _open = false;
        _generation++;
        _tape.Reset();
        _arena.Reset();
    }

    /// <summary>An open step; disposing it ends the step and all its tensors.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly Step _step;

        internal Scope(Step step) => _step = step;

        /// <summary>Ends the step.</summary>
        public void Dispose() => _step.End();
    }
}
