using Sequor.Decoding;
using Sequor.Decoding.Engine;

namespace Sequor.Serving;

/// <summary>A sentence that a caller waits for.</summary>
internal sealed class PendingSentence : PendingWork, ISentenceWatcher
{
    private readonly TaskCompletionSource<IReadOnlyList<Hypothesis>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamedText? _stream;

    /// <summary>Makes it.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="request">The sentence.</param>
    /// <param name="stream">Tells the output while it grows; null where only the whole is wanted.</param>
    internal PendingSentence(string client, SentenceRequest request, StreamedText? stream)
        : base(client, request.Source.Length)
    {
        Request = request with { Watcher = this };
        _stream = stream;
    }

    /// <summary>The sentence.</summary>
    internal SentenceRequest Request { get; }

    /// <summary>The outputs, best first.</summary>
    internal Task<IReadOnlyList<Hypothesis>> Answer => _answer.Task;

    /// <inheritdoc/>
    public bool HasGone => IsAnswered;

    /// <inheritdoc/>
    internal override bool IsAnswered => _answer.Task.IsCompleted;

    /// <summary>The sentence that a request came from.</summary>
    internal static PendingSentence Of(SentenceRequest request) => (PendingSentence)request.Watcher!;

    /// <inheritdoc/>
    public void Stepped(SentenceSearch search) => _stream?.Stepped(search);

    /// <inheritdoc/>
    public bool Failed(Exception fault)
    {
        Fail(fault);
        return true;
    }

    /// <summary>Answers with the outputs.</summary>
    internal void Finish(IReadOnlyList<Hypothesis> outputs)
    {
        _stream?.Finish(outputs[0]);
        _answer.TrySetResult(outputs);
    }

    /// <inheritdoc/>
    internal override void Fail(Exception fault) => _answer.TrySetException(fault);

    /// <inheritdoc/>
    internal override void Cancel(CancellationToken cancellation) => _answer.TrySetCanceled(cancellation);
}
