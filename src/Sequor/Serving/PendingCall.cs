using Sequor.Tensors.Autograd;

namespace Sequor.Serving;

/// <summary>Work that a decoding thread does between two steps.</summary>
internal abstract class PendingCall(string client) : PendingWork(client, 0)
{
    /// <summary>Does the work and answers.</summary>
    /// <param name="step">The session's step, not open.</param>
    internal abstract void Run(Step step);
}

/// <summary>Work with an answer.</summary>
/// <typeparam name="T">What is answered.</typeparam>
/// <param name="client">Who asks.</param>
/// <param name="work">The work; it reads the session's step, which is not open.</param>
internal sealed class PendingCall<T>(string client, Func<Step, T> work) : PendingCall(client)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the work gave.</summary>
    internal Task<T> Answer => _answer.Task;

    /// <inheritdoc/>
    internal override bool IsAnswered => _answer.Task.IsCompleted;

    /// <inheritdoc/>
    internal override void Run(Step step)
    {
        try
        {
            _answer.TrySetResult(work(step));
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    /// <inheritdoc/>
    internal override void Fail(Exception fault) => _answer.TrySetException(fault);

    /// <inheritdoc/>
    internal override void Cancel(CancellationToken cancellation) => _answer.TrySetCanceled(cancellation);
}
